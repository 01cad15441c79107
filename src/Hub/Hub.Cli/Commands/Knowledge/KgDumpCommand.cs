using System.CommandLine;
using System.Globalization;
using Hub.Cli.Rendering;
using global::Knowledge.Rdf;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg dump</c>: a store's quads as a document.</summary>
internal static class KgDumpCommand
{
    public static Command Create()
    {
        var folder = KgStore.Folder();
        var output = new Option<string?>("--output", "-o") { Description = "File to write; its name tells the format. [default: standard output, as N-Quads]" };
        var format = new Option<string?>("--format") { Description = $"One of {string.Join(", ", RdfFormat.All.Select(f => f.Extensions[0]))}. [default: by --output's name, or nq]" };
        var times = new Option<bool>("--times") { Description = "Writes valid times too, as reifiers of RDF 1.2." };
        var (valid, known) = (KgStore.Valid(), KgStore.Known());
        var command = new Command("dump", "Writes a store's quads. Example: hub kg dump --store family.db --output family.trig");
        foreach (var option in (Option[])[folder, output, format, times, valid, known])
            command.Options.Add(option);
        command.SetAction((parsed, _) => KgStore.RunAsync(() =>
        {
            var path = parsed.GetValue(output);
            var chosen = Format(parsed.GetValue(format), path);
            using var store = KgStore.Open(parsed.GetRequiredValue(folder));
            var asOf = KgStore.AsOf(parsed.GetValue(valid), parsed.GetValue(known));
            if (parsed.GetValue(times) && asOf != default)
                throw new UsageException("--times writes all times; --valid and --known choose one. Give one or the other.");
            long Write(Stream stream)
            {
                using var writer = chosen.CreateWriter(stream);
                return parsed.GetValue(times) ? store.DumpWithTimes(writer) : store.Dump(writer, asOf);
            }

            if (path is null)
            {
                using var standard = new OutputStream();
                Write(standard);
                return Task.FromResult(ExitCode.Ok);
            }

            // Beside the target first: a dump that fails leaves what was there as it was.
            var temporary = path + ".tmp";
            long count;
            try
            {
                using (var file = File.Create(temporary))
                    count = Write(file);
                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }

            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} quads written to {path}."));
            return Task.FromResult(ExitCode.Ok);
        }));
        return command;
    }

    private static RdfFormat Format(string? name, string? path)
    {
        if (name is not null)
            return KgStore.Format(name);
        if (path is null)
            return RdfFormat.NQuads;
        return RdfFormat.TryByFileName(path, out var found) ? found : throw new UsageException($"The name of '{path}' tells no format. Add --format, one of {string.Join(", ", RdfFormat.All.Select(f => f.Extensions[0]))}.");
    }
}
