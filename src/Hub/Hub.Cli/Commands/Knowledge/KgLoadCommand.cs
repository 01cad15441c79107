using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hub.Cli.Rendering;
using global::Knowledge.Rdf;
using global::Knowledge.Store;
using Spectre.Console;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg load</c>: files into a store.</summary>
internal static class KgLoadCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Files to load; their names tell the format, and .gz is unpacked.", Arity = ArgumentArity.OneOrMore };
        var folder = KgStore.Folder();
        var times = new Option<bool>("--times") { Description = "Reads valid times too, as 'hub kg dump --times' writes them." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("load", "Loads files into a store, each in one transaction; a store that is not there is made. Example: hub kg load family.ttl --store family.db");
        command.Arguments.Add(files);
        command.Options.Add(folder);
        command.Options.Add(times);
        command.Options.Add(json);
        command.SetAction((parsed, cancellation) => KgStore.RunAsync(async () =>
        {
            var paths = parsed.GetRequiredValue(files);
            if (paths.FirstOrDefault(p => !File.Exists(p)) is { } missing)
                throw new UsageException($"There is no file '{missing}'.");
            using var store = QuadStore.Open(parsed.GetRequiredValue(folder));
            foreach (var path in paths)
            {
                var clock = Stopwatch.StartNew();
                try
                {
                    var loaded = parsed.GetValue(times) ? LoadWithTimes(store, path) : await LoadAsync(store, path, cancellation);
                    Say(path, loaded, store.Count, clock.Elapsed, parsed.GetValue(json));
                }
                catch (RdfSyntaxException wrong)
                {
                    throw new UsageException($"{path}: {wrong.Message} Nothing of this file was loaded.");
                }
            }

            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>Loads a file, with a bar where somebody looks.</summary>
    public static async Task<long> LoadAsync(QuadDataset store, string path, CancellationToken cancellation)
    {
        if (Console.IsErrorRedirected)
            return await store.LoadAsync(path, cancellation: cancellation);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(Path.GetFileName(path)));
            return await store.LoadAsync(path, new Bar(task), cancellation: cancellation);
        });
    }

    private static long LoadWithTimes(QuadStore store, string path)
    {
        var before = store.Count;
        store.LoadWithTimes(sink => RdfFormat.ReadFile(path, sink, RdfReaderOptions.Default with { BlankNodeScope = store.NewBlankNodeScope() }));
        return store.Count - before;
    }

    private static void Say(string path, long added, long total, TimeSpan time, bool json) => Console.Out.WriteLine(json
        ? JsonSerializer.Serialize(new { File = path, Added = added, Quads = total, Seconds = time.TotalSeconds }, JsonOutput.Options)
        : string.Create(CultureInfo.InvariantCulture, $"{path}: {added:N0} quads added in {time.TotalSeconds:0.0} s; the store has {total:N0}."));

    private sealed class Bar(ProgressTask task) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value)
        {
            task.MaxValue = Math.Max(1, value.TotalBytes);
            task.Value = value.Bytes;
        }
    }
}
