using System.CommandLine;
using Hub.Abstractions;
using Hub.Core;
using Hub.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Cli.Commands;

/// <summary>Options that all commands share which run something.</summary>
internal sealed class RunOptionsSet
{
    public Option<string> RunLog { get; } = new("--run-log")
    {
        Description = "SQLite file of the run log, or 'none'. [default: runs.db in $HUB_HOME or ~/.hub]",
    };

    public Option<RunDurability> Durability { get; } = new("--durability")
    {
        Description = "What a committed step survives: process (kill -9) or power (a power cut; fsync for each step).",
        DefaultValueFactory = _ => RunDurability.Process,
    };

    public Option<string> Llm { get; } = new("--llm")
    {
        Description = "Replaces every model of the file: hub-nano, openai:NAME, nim:NAME, or the name of one in the file.",
    };

    public Option<string[]> Override { get; } = new("--override")
    {
        Description = "KEY VALUE: sets one key of the file, e.g. --override workflow.max_tool_calls 5. Repeatable.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string> Plugins { get; } = PluginsCommand.Folder();

    public Option<bool> Json { get; } = new("--json") { Description = "Prints events and the result as JSON, one object a line." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Prints the answer alone." };

    public Option<LogLevel> LogLevel { get; } = new("--log-level")
    {
        Description = "Least level of what is logged to standard error.",
        DefaultValueFactory = _ => Microsoft.Extensions.Logging.LogLevel.Warning,
    };

    public Option<int?> MaxSteps { get; } = new("--max-steps") { Description = "Ends the run after this many model and tool calls." };

    public Option<long?> MaxTokens { get; } = new("--max-tokens") { Description = "Ends the run after this many tokens." };

    public Option<double?> MaxSeconds { get; } = new("--max-seconds") { Description = "Ends the run after this many seconds." };

    public Option<string> ConversationId { get; } = new("--conversation_id") { Description = "Conversation that the run belongs to." };

    public Option<string> UserId { get; } = new("--user_id") { Description = "User who asks.", DefaultValueFactory = _ => "hub_run_user_id" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Llm, Override, Plugins, RunLog, Durability, MaxSteps, MaxTokens, MaxSeconds, ConversationId, UserId, Json, Quiet, LogLevel])
            command.Options.Add(option);
    }

    public WorkflowHubOptions HubOptions(ParseResult parsed) => new()
    {
        Llm = parsed.GetValue(Llm),
        Plugins = PluginsCommand.Host(parsed.GetValue(Plugins)),
        Overrides = Pairs(parsed.GetValue(Override) ?? []),
        RunLog = RunLogPath(parsed),
        Durability = parsed.GetValue(Durability),
        LogLevel = parsed.GetValue(LogLevel),
        Person = Console.IsInputRedirected || Console.IsOutputRedirected ? null : new Rendering.TerminalPerson(),
        Budget = new RunBudget
        {
            MaxSteps = parsed.GetValue(MaxSteps),
            MaxTokens = parsed.GetValue(MaxTokens),
            MaxWallTime = parsed.GetValue(MaxSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        },
    };

    public RunOptions RunOptions(ParseResult parsed) => new()
    {
        ConversationId = parsed.GetValue(ConversationId),
        UserId = parsed.GetValue(UserId),
    };

    /// <summary>File of the run log, or null for none.</summary>
    public string? RunLogPath(ParseResult parsed) => parsed.GetValue(RunLog) switch
    {
        "none" => null,
        { } path => path,
        null => HubHome.RunLog,
    };

    /// <summary>The option of commands that are about one workflow file.</summary>
    public static Option<string> File() => new("--config_file", "--config-file", "-c") { Description = "The workflow file (YAML).", Required = true };

    /// <summary>Keys and values of repeated <c>--override KEY VALUE</c>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Pairs(string[] tokens) => tokens.Length % 2 == 0
        ? [.. tokens.Chunk(2).Select(p => KeyValuePair.Create(p[0], p[1]))]
        : throw new UsageException($"--override needs a key and a value; found '{string.Join(' ', tokens)}'. Write --override workflow.max_tool_calls 5.");
}
