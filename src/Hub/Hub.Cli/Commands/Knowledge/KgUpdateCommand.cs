using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hub.Cli.Rendering;
using global::Knowledge.Sparql;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg update</c>: SPARQL Update over a store.</summary>
internal static class KgUpdateCommand
{
    public static Command Create()
    {
        var update = new Argument<string?>("update") { Description = "One or more operations; the store's prefixes may be used without declaring them.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--file", "-f") { Description = "A file with the update." };
        var folder = KgStore.Folder();
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("update", "Changes a store with SPARQL Update: all operations, or none. Example: hub kg update --store family.db 'INSERT DATA { :ada :parent :dan }'");
        command.Arguments.Add(update);
        foreach (var option in (Option[])[file, folder, json])
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => KgStore.RunAsync(() =>
        {
            var text = KgStore.Text(parsed.GetValue(update), parsed.GetValue(file));
            using var store = KgStore.Open(parsed.GetRequiredValue(folder));
            var before = store.Count;
            var version = store.Update(text, new QueryOptions { CancellationToken = cancellation });
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { Version = version, Before = before, Quads = store.Count }, JsonOutput.Options)
                : string.Create(CultureInfo.InvariantCulture, $"{store.Count:N0} quads, {store.Count - before:+#,0;-#,0;0} by this update (version {version})."));
            return Task.FromResult(ExitCode.Ok);
        }));
        return command;
    }
}
