using System.CommandLine;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Remote.Auth;
using Hub.Remote.Mcp;
using Microsoft.Extensions.AI;

namespace Hub.Cli.Commands;

/// <summary><c>hub mcp client</c>: asks a server of the Model Context Protocol, as the toolkit's command of that name does.</summary>
internal static class McpClientCommand
{
    private static readonly Option<string> s_url = new("--url") { Description = "Address of the server. [default: http://localhost:9901/mcp]" };
    private static readonly Option<string> s_transport = new("--transport") { Description = "streamable-http, sse, or stdio with --command.", DefaultValueFactory = _ => "streamable-http" };
    private static readonly Option<string> s_command = new("--command") { Description = "The program to start; for stdio." };
    private static readonly Option<string> s_args = new("--args") { Description = "The program's arguments in one text." };
    private static readonly Option<string> s_env = new("--env") { Description = "Variables of its environment: 'A=1 B=2'." };
    private static readonly ClientOptionsSet s_shared = new("server", "HUB_MCP_TOKEN", defaultSeconds: 60);
    private static readonly Option<bool> s_auth = new("--auth") { Description = "Logs in with a browser where the server asks for it (OAuth 2.1)." };
    private static readonly Option<bool> s_own = new("--auth-client-credentials") { Description = "Logs in as a client of its own right, with --auth-client-id and a secret, or the private key in $HUB_MCP_PRIVATE_KEY (PEM)." };
    private static readonly Option<string> s_redirect = new("--auth-redirect-uri") { Description = "Where the browser comes back to.", DefaultValueFactory = _ => new OAuthOptions().RedirectUri };
    private static readonly Option<string> s_clientId = new("--auth-client-id") { Description = "The client's id there; none to register." };
    private static readonly Option<string> s_clientSecret = new("--auth-client-secret") { Description = "The secret to it; better in $HUB_MCP_CLIENT_SECRET." };
    private static readonly Option<string> s_metadata = new("--auth-client-metadata-url") { Description = "Address of the client's metadata, in place of an id." };
    private static readonly Option<string[]> s_scopes = new("--auth-scopes") { Description = "What to ask for.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> s_accept = new("--accept-defaults") { Description = "Answers the server's questions with the defaults of its forms." };
    private static readonly Option<string> s_version = new("--protocol-version") { Description = "Revision of the protocol, e.g. 2025-11-25. [default: the newest that both know]" };

    public static Command Create()
    {
        var tool = new Command("tool", "Tools of a server.");
        tool.Subcommands.Add(List());
        tool.Subcommands.Add(Call());
        var client = new Command("client", "Asks a server of the Model Context Protocol.");
        client.Subcommands.Add(tool);
        client.Subcommands.Add(Ping());
        return client;
    }

    private static Command List()
    {
        var only = new Option<string>("--tool") { Description = "Shows this tool alone, in full." };
        var detail = new Option<bool>("--detail") { Description = "Shows descriptions and schemas." };
        var command = With("list", """
            Lists a server's tools.

            Examples:
              hub mcp client tool list --url http://localhost:9901/mcp --detail
              hub mcp client tool list --transport stdio --command npx --args "-y @modelcontextprotocol/server-everything"
            """, only, detail);
        command.SetAction(async (parsed, cancelled) =>
        {
            await using var connection = Connect(parsed);
            var tools = await connection.ToolsAsync(cancelled);
            if (parsed.GetValue(only) is { } name)
                tools = [tools.FirstOrDefault(t => t.Name == name) ?? throw new UnknownNameException($"tool of {connection.Name}", name, tools.Select(t => t.Name))];
            var isFull = parsed.GetValue(detail) || parsed.GetValue(only) is not null;
            if (parsed.GetValue(s_shared.Json))
                Console.Out.WriteLine(JsonSerializer.Serialize(tools.Select(t => new { t.Name, t.Description, Schema = t.JsonSchema }), Rendering.JsonOutput.Options));
            else
                Console.Out.WriteLine(string.Join(Environment.NewLine, tools.Select(t => isFull ? $"{t.Name}{Environment.NewLine}  {t.Description}{Environment.NewLine}  {t.JsonSchema.GetRawText()}" : t.Name)));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Call()
    {
        var name = new Argument<string>("name") { Description = "The tool." };
        var arguments = new Option<string>("--json-args") { Description = "Its arguments, a JSON object.", DefaultValueFactory = _ => "{}" };
        var command = With("call", """
            Calls a tool and prints its result.

            Example: hub mcp client tool call calculator__multiply --url http://localhost:9901/mcp --json-args '{"numbers": [14, 27]}'
            """, arguments);
        command.Arguments.Add(name);
        command.SetAction(async (parsed, cancelled) =>
        {
            var values = Arguments(parsed.GetRequiredValue(arguments));
            await using var connection = Connect(parsed);
            var tools = await connection.ToolsAsync(cancelled);
            var wanted = parsed.GetRequiredValue(name);
            var tool = tools.FirstOrDefault(t => t.Name == wanted) ?? throw new UnknownNameException($"tool of {connection.Name}", wanted, tools.Select(t => t.Name));
            var result = await tool.InvokeAsync(values, cancelled);
            Console.Out.WriteLine(parsed.GetValue(s_shared.Json) ? JsonSerializer.Serialize(new { Result = result }, Rendering.JsonOutput.Options) : RunTools.ResultText(result));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Ping()
    {
        var command = With("ping", "Asks whether a server is there. Example: hub mcp client ping --url http://localhost:9901/mcp");
        command.SetAction(async (parsed, cancelled) =>
        {
            await using var connection = Connect(parsed);
            var began = TimeProvider.System.GetTimestamp();
            await connection.PingAsync(cancelled);
            var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
            Console.Out.WriteLine(parsed.GetValue(s_shared.Json)
                ? JsonSerializer.Serialize(new { Server = connection.Name, Milliseconds = Math.Round(took, 1) }, Rendering.JsonOutput.Options)
                : FormattableString.Invariant($"{connection.Name} answered after {took:0.0} ms, connecting included."));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command With(string name, string description, params Option[] own)
    {
        var command = new Command(name, description);
        Option[] server = [s_url, s_transport, s_command, s_args, s_env, s_version, s_shared.Timeout, s_accept, s_shared.Json];
        Option[] login = [s_shared.BearerToken, s_auth, s_own, s_redirect, s_clientId, s_clientSecret, s_metadata, s_scopes];
        foreach (var option in own.Concat(server).Concat(login))
            command.Options.Add(option);
        return command;
    }

    private static McpConnection Connect(ParseResult parsed)
    {
        var transport = parsed.GetRequiredValue(s_transport);
        var endpoint = new McpEndpointOptions
        {
            Transport = transport,
            Url = transport == "stdio" ? null : parsed.GetValue(s_url) ?? "http://localhost:9901/mcp",
            Command = parsed.GetValue(s_command),
            Args = parsed.GetValue(s_args)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Env = Pairs(parsed.GetValue(s_env)),
        };
        if (endpoint.Validate(new(endpoint)).FirstOrDefault() is { } wrong)
            throw new UsageException(wrong.ErrorMessage!);
        var options = new McpGroupOptions { Server = endpoint, ProtocolVersion = parsed.GetValue(s_version), ToolCallTimeout = s_shared.SecondsOf(parsed) };
        var authentication = Authentication(parsed);
        return parsed.GetValue(s_accept)
            ? McpConnection.AcceptingDefaults(options, authentication, TimeProvider.System)
            : new McpConnection(options, authentication, TimeProvider.System, null);
    }

    private static IAuthentication? Authentication(ParseResult parsed)
    {
        if (s_shared.TokenOf(parsed) is { } token)
            return RemoteAuthentication.Bearer(token);
        var secret = parsed.GetValue(s_clientSecret) ?? EnvironmentVariable.Of("HUB_MCP_CLIENT_SECRET");
        if (parsed.GetValue(s_own))
        {
            var scopes = JsonSerializer.SerializeToElement(parsed.GetValue(s_scopes) ?? []);
            return RemoteAuthentication.ServiceAccount(
                new ServiceAccountOptions { ClientId = parsed.GetValue(s_clientId) ?? "", ClientSecret = secret ?? "", PrivateKey = EnvironmentVariable.Of("HUB_MCP_PRIVATE_KEY"), Scopes = scopes }, TimeProvider.System);
        }

        return !parsed.GetValue(s_auth) ? null : RemoteAuthentication.Browser(
            new OAuthOptions
            {
                RedirectUri = parsed.GetRequiredValue(s_redirect),
                ClientId = parsed.GetValue(s_clientId),
                ClientSecret = secret,
                ClientMetadataUrl = parsed.GetValue(s_metadata),
                Scopes = parsed.GetValue(s_scopes) ?? [],
            },
            url => Console.Error.WriteLine($"Open this address in a browser of this machine to let the hub in: {url}"));
    }

    private static AIFunctionArguments Arguments(string json)
    {
        try
        {
            if (JsonElement.Parse(json) is { ValueKind: JsonValueKind.Object } written)
                return new AIFunctionArguments(written.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value));
        }
        catch (JsonException broken)
        {
            throw new UsageException($"--json-args is no JSON: {broken.Message}");
        }

        throw new UsageException("--json-args must be a JSON object, such as {\"a\": 1}.");
    }

    private static Dictionary<string, string> Pairs(string? text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                pairs[pair[..at]] = pair[(at + 1)..];
            else
                throw new UsageException($"--env has '{pair}'; NAME=VALUE is needed.");
        }

        return pairs;
    }
}
