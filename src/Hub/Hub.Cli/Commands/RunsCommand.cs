using System.CommandLine;
using Hub.Abstractions;
using Hub.Cli.Rendering;
using Hub.Core;
using Hub.Hosting;

namespace Hub.Cli.Commands;

/// <summary><c>hub runs</c>: the run log from the command line.</summary>
internal static class RunsCommand
{
    private static readonly Option<string> s_log = new("--run-log") { Description = "SQLite file of the run log. [default: runs.db in $HUB_HOME or ~/.hub]" };
    private static readonly Option<bool> s_json = new("--json") { Description = "Prints JSON." };
    private static readonly Argument<string> s_run = new("run") { Description = "The run's id, or enough of its beginning to be the only one." };

    public static Command Create()
    {
        var command = new Command("runs", """
            Lists, shows, resumes, cancels, forks and prunes runs.

            Examples:
              hub runs list --limit 5
              hub runs show 7f3a --tree
              hub runs resume 7f3a --answer 2=yes
              hub runs fork 7f3a --at 6
            """);
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Resume());
        command.Subcommands.Add(Cancel());
        command.Subcommands.Add(Fork());
        command.Subcommands.Add(Prune());
        return command;
    }

    private static Command List()
    {
        var limit = new Option<int>("--limit") { Description = "The most runs to list.", DefaultValueFactory = _ => 20 };
        var command = With("list", "Lists runs, newest first. Example: hub runs list --json", limit);
        command.SetAction(async (parsed, _) =>
        {
            await using var store = Open(parsed);
            RunListing.Print(store.List(parsed.GetValue(limit)), parsed.GetValue(s_json));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Show()
    {
        var tree = new Option<bool>("--tree") { Description = "Shows scopes as a tree." };
        var verify = new Option<bool>("--verify") { Description = "Walks the hash chain; the exit code is 1 where it is broken." };
        var command = With("show", "Shows a run's events. Example: hub runs show 7f3a --tree", tree, verify);
        command.Arguments.Add(s_run);
        command.SetAction(async (parsed, _) =>
        {
            await using var store = Open(parsed);
            var record = store.Find(parsed.GetRequiredValue(s_run));
            var broken = parsed.GetValue(verify) ? store.Verify(record.Header.RunId) : null;
            RunListing.Show(record, store.Read(record.Header.RunId), parsed.GetValue(tree), parsed.GetValue(s_json));
            if (!parsed.GetValue(verify))
                return ExitCode.Ok;
            if (broken is not { } sequence)
            {
                await Console.Error.WriteLineAsync($"The chain of {record.Events} events is whole.");
                return ExitCode.Ok;
            }

            await Console.Error.WriteLineAsync($"The chain of run {record.Header.RunId} is broken at event {sequence}: that event or one before it was changed after it was written.");
            return ExitCode.Failed;
        });
        return command;
    }

    private static Command Resume()
    {
        var answer = new Option<string[]>("--answer") { Description = "EFFECT=TEXT: a person's answer. Repeatable." };
        var decide = new Option<string[]>("--decide") { Description = "EFFECT=redo, EFFECT=result:JSON or EFFECT=fail:MESSAGE: what becomes of an effect that was in flight. Repeatable." };
        var file = new Option<string>("--config_file", "--config-file", "-c") { Description = "The workflow file, where it is not the one that the run began with." };
        var options = new RunOptionsSet();
        var command = new Command("resume", "Goes on with a run that was interrupted or suspended. Example: hub runs resume 7f3a --answer 2=yes");
        command.Arguments.Add(s_run);
        command.Options.Add(answer);
        command.Options.Add(decide);
        command.Options.Add(file);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var hubOptions = options.HubOptions(parsed);
            var path = hubOptions.RunLog ?? throw new UsageException("--run-log none holds no run that could be resumed. Name the SQLite file of the run log.");
            RunRecord record;
            await using (var store = new SqliteRunStore(new SqliteRunStoreOptions { Path = Existing(path) }))
                record = store.Find(parsed.GetRequiredValue(s_run));

            var resume = new ResumeOptions
            {
                Answers = Pairs(parsed.GetValue(answer), static text => text),
                Decisions = Pairs(parsed.GetValue(decide), EffectDecision.Parse),
                Budget = hubOptions.Budget == new RunBudget() ? null : hubOptions.Budget,
            };
            await using var hub = await HubHost.ForRunAsync(record.Header, parsed.GetValue(file), hubOptions);
            var handle = await hub.ResumeAsync(record.Header.RunId, resume, cancellationToken);
            return await RunConsole.ShowAsync(handle, from: record.Events, Output.Of(parsed, options));
        });
        return command;
    }

    private static Command Cancel()
    {
        var command = With("cancel", "Ends a run for good: at its next step where a process works on it, at once where none does. Example: hub runs cancel 7f3a");
        command.Arguments.Add(s_run);
        command.SetAction(async (parsed, _) =>
        {
            await using var store = Open(parsed);
            var id = store.Find(parsed.GetRequiredValue(s_run)).Header.RunId;
            store.Cancel(id);
            RunListing.Done(parsed.GetValue(s_json), "cancelled", [id]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Fork()
    {
        var at = new Option<long>("--at") { Description = "Sequence of the last event to keep; see 'hub runs show'.", Required = true };
        var command = With("fork", "Makes a new run out of the beginning of an old one; resume it to go on from there. Example: hub runs fork 7f3a --at 6", at);
        command.Arguments.Add(s_run);
        command.SetAction(async (parsed, _) =>
        {
            await using var store = Open(parsed);
            string fork;
            try
            {
                fork = RunFork.Fork(store, parsed.GetRequiredValue(s_run), parsed.GetValue(at), TimeProvider.System);
            }
            catch (ArgumentOutOfRangeException wrong)
            {
                throw new UsageException(wrong.Message);
            }

            RunListing.Done(parsed.GetValue(s_json), "forked", [fork]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Prune()
    {
        var days = new Option<double>("--older-than-days") { Description = "Only runs that ended longer ago than this.", DefaultValueFactory = _ => 30 };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would go, and removes nothing." };
        var command = With("prune", "Removes ended runs and what only they used. Example: hub runs prune --older-than-days 7 --dry-run", days, dryRun);
        command.SetAction(async (parsed, _) =>
        {
            await using var store = Open(parsed);
            var gone = store.Prune(TimeProvider.System.GetUtcNow().AddDays(-parsed.GetValue(days)), parsed.GetValue(dryRun));
            RunListing.Done(parsed.GetValue(s_json), parsed.GetValue(dryRun) ? "would remove" : "removed", gone);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command With(string name, string description, params Option[] options)
    {
        var command = new Command(name, description);
        foreach (var option in (Option[])[.. options, s_log, s_json])
            command.Options.Add(option);
        return command;
    }

    private static SqliteRunStore Open(ParseResult parsed) => new(new SqliteRunStoreOptions { Path = Existing(parsed.GetValue(s_log) ?? HubHome.RunLog) });

    private static string Existing(string path) => File.Exists(path)
        ? path
        : throw new UsageException($"There is no run log at '{path}'. Runs are logged there once 'hub run' has run; another file is named with --run-log.");

    private static Dictionary<string, T> Pairs<T>(string[]? texts, Func<string, T> parse)
    {
        Dictionary<string, T> pairs = new(StringComparer.Ordinal);
        foreach (var text in texts ?? [])
        {
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            if (cut < 1)
                throw new UsageException($"'{text}' needs the form EFFECT=VALUE, e.g. 2=yes.");
            try
            {
                pairs[text[..cut]] = parse(text[(cut + 1)..]);
            }
            catch (FormatException wrong)
            {
                throw new UsageException(wrong.Message);
            }
        }

        return pairs;
    }
}
