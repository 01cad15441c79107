using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Remote.A2A;
using Hub.Remote.Auth;

namespace Hub.Cli.Commands;

/// <summary><c>hub a2a client</c>: asks an agent of the Agent2Agent protocol, as the toolkit's command of that name does.</summary>
internal static class A2AClientCommand
{
    private static readonly JsonSerializerOptions s_pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Option<string> s_url = new("--url") { Description = "Address of the agent.", Required = true };
    private static readonly ClientOptionsSet s_shared = new("agent", "HUB_A2A_TOKEN", defaultSeconds: 30);
    private static readonly Option<string> s_variable = new("--bearer-token-env") { Description = "The variable that holds the token." };

    public static Command Create()
    {
        var client = new Command("client", "Asks an agent of the Agent2Agent protocol.");
        foreach (var command in (Command[])[Discover(), Info(), Skills(), Call()])
            client.Subcommands.Add(command);
        return client;
    }

    private static Command Discover()
    {
        var verbose = new Option<bool>("--verbose") { Description = "Shows the whole card." };
        var save = new Option<string>("--save") { Description = "File to write the card to." };
        var command = With("discover", """
            Reads an agent's card.

            Examples:
              hub a2a client discover --url http://localhost:10000
              hub a2a client discover --url http://localhost:10000 --json --save agent-card.json
            """, verbose, save);
        command.SetAction((parsed, cancelled) => AskAsync(parsed, async (_, card, _) =>
        {
            if (parsed.GetValue(save) is { } file)
                await File.WriteAllTextAsync(file, card.ToJsonString(s_pretty) + "\n", cancelled);
            Console.Out.WriteLine(parsed.GetValue(s_shared.Json) || parsed.GetValue(verbose) ? card.ToJsonString(s_pretty) : Summary(card));
        }, cancelled));
        return command;
    }

    private static Command Info()
    {
        var command = With("get_info", "Says what an agent is called and what it can do. Example: hub a2a client get_info --url http://localhost:10000 --json");
        command.Aliases.Add("get-info");
        command.SetAction((parsed, cancelled) => AskAsync(parsed, (_, card, _) =>
        {
            Console.Out.WriteLine(parsed.GetValue(s_shared.Json) ? InfoOf(card).ToJsonString(s_pretty) : Summary(card));
            return Task.CompletedTask;
        }, cancelled));
        return command;
    }

    private static Command Skills()
    {
        var command = With("get_skills", "Lists an agent's skills. Example: hub a2a client get_skills --url http://localhost:10000 --json");
        command.Aliases.Add("get-skills");
        command.SetAction((parsed, cancelled) => AskAsync(parsed, (_, card, _) =>
        {
            var skills = SkillsOf(card);
            Console.Out.WriteLine(parsed.GetValue(s_shared.Json)
                ? new JsonObject { ["agent"] = (string?)card["name"], ["skills"] = new JsonArray([.. skills]) }.ToJsonString(s_pretty)
                : string.Join(Environment.NewLine, skills.Select(s => $"{(string?)s["id"]}: {(string?)s["description"]}")));
            return Task.CompletedTask;
        }, cancelled));
        return command;
    }

    private static Command Call()
    {
        var message = new Option<string>("--message") { Description = "What to say.", Required = true };
        var task = new Option<string>("--task-id") { Description = "The task that waits for it; none for a new one." };
        var context = new Option<string>("--context-id") { Description = "The conversation that it belongs to; none for a new one." };
        var command = With("call", """
            Says something to an agent and prints its answer.

            Examples:
              hub a2a client call --url http://localhost:10000 --message "What is 14 times 27?"
              hub a2a client call --url http://localhost:10000 --message "yes" --task-id 9f0c --context-id 51aa --json
            """, message, task, context);
        command.SetAction((parsed, cancelled) => AskAsync(parsed, async (client, _, limit) =>
        {
            var began = TimeProvider.System.GetTimestamp();
            var said = parsed.GetRequiredValue(message);
            var answer = await client.SendAsync(said, parsed.GetValue(task), parsed.GetValue(context), limit);
            var text = AgentClient.TextOf(answer);
            if (!parsed.GetValue(s_shared.Json))
            {
                Console.Out.WriteLine(text);
                return;
            }

            var ids = answer["task"] as JsonObject ?? answer["message"] as JsonObject;
            Console.Out.WriteLine(new JsonObject
            {
                ["message"] = said,
                ["response"] = text,
                ["elapsed"] = Math.Round(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 3),
                ["task_id"] = (string?)answer["task"]?["id"] ?? parsed.GetValue(task),
                ["context_id"] = (string?)ids?["contextId"] ?? parsed.GetValue(context),
                ["state"] = (string?)answer["task"]?["status"]?["state"],
            }.ToJsonString(s_pretty));
        }, cancelled));
        return command;
    }

    private static Command With(string name, string description, params Option[] own)
    {
        var command = new Command(name, description);
        foreach (var option in own.Prepend(s_url).Concat([s_shared.Timeout, s_shared.BearerToken, s_variable, s_shared.Json]))
            command.Options.Add(option);
        return command;
    }

    private static async Task<int> AskAsync(ParseResult parsed, Func<AgentClient, JsonObject, CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        var seconds = s_shared.SecondsOf(parsed);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        var url = parsed.GetRequiredValue(s_url);
        using var client = new AgentClient(new A2AClientOptions { Url = url }, Authentication(parsed), TimeProvider.System);
        try
        {
            await use(client, await client.CardAsync(limit.Token), limit.Token);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubException(FormattableString.Invariant($"The agent at {url} did not answer within {seconds:0.###} seconds. A longer --timeout waits longer."));
        }
    }

    private static IAuthentication? Authentication(ParseResult parsed)
    {
        var named = parsed.GetValue(s_variable);
        if (named is not null && parsed.GetValue(s_shared.BearerToken) is not null)
            throw new UsageException("Both --bearer-token and --bearer-token-env are there; one of them is needed.");
        if (named is not null && EnvironmentVariable.Of(named) is null)
            throw new UsageException($"--bearer-token-env names ${named}, which is not set.");
        return (named is null ? s_shared.TokenOf(parsed) : EnvironmentVariable.Of(named)) is { } token ? RemoteAuthentication.Bearer(token) : null;
    }

    /// <summary>What the toolkit's <c>get_info</c> gives.</summary>
    private static JsonObject InfoOf(JsonObject card) => new()
    {
        ["name"] = card["name"]?.DeepClone(),
        ["description"] = card["description"]?.DeepClone(),
        ["version"] = card["version"]?.DeepClone(),
        ["url"] = AddressOf(card),
        ["provider"] = card["provider"]?.DeepClone(),
        ["capabilities"] = new JsonObject { ["streaming"] = card["capabilities"]?["streaming"]?.DeepClone() ?? false },
        ["num_skills"] = SkillsOf(card).Count,
    };

    /// <summary>What the toolkit's <c>get_skills</c> gives.</summary>
    private static List<JsonObject> SkillsOf(JsonObject card) => [.. (card["skills"] as JsonArray ?? []).OfType<JsonObject>().Select(s => new JsonObject
    {
        ["id"] = s["id"]?.DeepClone(), ["name"] = s["name"]?.DeepClone(), ["description"] = s["description"]?.DeepClone(), ["examples"] = s["examples"]?.DeepClone() ?? new JsonArray(),
        ["tags"] = s["tags"]?.DeepClone() ?? new JsonArray(),
    })];

    private static string? AddressOf(JsonObject card) => (string?)card["url"] ?? (string?)(card["supportedInterfaces"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault()?["url"];

    private static string Summary(JsonObject card) => $"""
        {(string?)card["name"]} {(string?)card["version"]} at {AddressOf(card)}
        {(string?)card["description"]}
        streaming: {((bool?)card["capabilities"]?["streaming"] == true ? "yes" : "no")}; credentials: {(card["securitySchemes"] is JsonObject { Count: > 0 } schemes ? string.Join(", ", schemes.Select(s => s.Key)) : "none")}
        skills: {string.Join(", ", SkillsOf(card).Select(s => (string?)s["name"]))}
        """;
}
