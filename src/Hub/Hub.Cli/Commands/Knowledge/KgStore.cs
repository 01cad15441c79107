using System.CommandLine;
using System.Globalization;
using Hub.Abstractions;
using Hub.Cli.Rendering;
using global::Knowledge.Rdf;
using global::Knowledge.Rules;
using global::Knowledge.Sparql;
using global::Knowledge.Store;

namespace Hub.Cli.Commands.Knowledge;

/// <summary>What the commands over a store share: its folder, the two times, and its failures in the command line's form.</summary>
internal static class KgStore
{
    /// <summary>The option that names the folder.</summary>
    public static Option<string> Folder() => new("--store", "-s") { Description = "Folder of the store.", Required = true };

    /// <summary>The option for the time in the world.</summary>
    public static Option<string?> Valid() => new("--valid") { Description = "Asks what was so then, as 2024-05-01 or 2024-05-01T12:00:00Z. [default: now]" };

    /// <summary>The option for the time of knowing.</summary>
    public static Option<string?> Known() => new("--known") { Description = "Asks what was known then. [default: now]" };

    /// <summary>The times of two options.</summary>
    public static AsOf AsOf(string? valid, string? known) => new(Time(valid, "--valid"), Time(known, "--known"));

    /// <summary>Opens a store that is there.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="maker">The command that makes one.</param>
    public static QuadStore Open(string folder, string maker = "hub kg load FILE") => Directory.Exists(folder)
        ? QuadStore.Open(folder)
        : throw new UsageException($"There is no store in '{folder}'. '{maker} --store {folder}' makes one.");

    /// <summary>Runs a command over a store; what files, queries and folders do wrong is said in a line, without a stack.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception wrong) when (wrong is RdfSyntaxException or RuleSyntaxException)
        {
            throw new UsageException(wrong.Message);
        }
        catch (Exception failure) when (failure is StoreException or QueryLimitException or FederationException or PropertyFunctionException or UpdateException or RuleException
            or NotSupportedException)
        {
            throw new HubException(failure.Message, failure);
        }
    }

    /// <summary>A query or update: the argument, or a file's text.</summary>
    public static string Text(string? argument, string? file)
    {
        if (argument is null == file is null)
            throw new UsageException("Give the text as an argument or with --file, one of the two.");
        if (file is null)
            return argument!;
        return File.Exists(file) ? File.ReadAllText(file) : throw new UsageException($"There is no file '{file}'.");
    }

    /// <summary>A format of RDF by its name.</summary>
    public static RdfFormat Format(string name) => RdfFormat.TryByName(name, out var format)
        ? format
        : throw new UsageException($"'{name}' is no format of triples. There are: {string.Join(", ", RdfFormat.All.Select(f => f.Extensions[0]))}.");

    /// <summary>Writes quads to standard output.</summary>
    public static void Write(IEnumerable<Quad> quads, RdfFormat format, IReadOnlyDictionary<string, string> prefixes)
    {
        using var output = new OutputStream();
        using var writer = format.CreateWriter(output);
        foreach (var (prefix, iri) in prefixes)
            writer.Prefix(prefix, iri);
        foreach (var quad in quads)
            writer.Write(quad);
    }

    /// <summary>Loads files into a data set.</summary>
    public static async Task LoadAsync(QuadDataset data, IEnumerable<string> paths, CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            try
            {
                await data.LoadAsync(File.Exists(path) ? path : throw new UsageException($"There is no file '{path}'."), cancellation: cancellation);
            }
            catch (RdfSyntaxException wrong)
            {
                throw new UsageException($"{path}: {wrong.Message}");
            }
        }
    }

    private static DateTimeOffset? Time(string? text, string option)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new UsageException($"{option} is '{text}'; a time like 2024-05-01 or 2024-05-01T12:00:00Z is needed.");
    }
}
