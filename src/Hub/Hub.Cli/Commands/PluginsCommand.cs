using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;
using Hub.Cli.Rendering;
using Hub.Core.Plugins;
using Hub.Hosting;
using Spectre.Console;

namespace Hub.Cli.Commands;

/// <summary><c>hub plugins</c>: lists, adds, reloads, removes and begins plugins.</summary>
internal static class PluginsCommand
{
    private static readonly Option<string> s_folder = Folder();
    private static readonly Option<bool> s_json = new("--json") { Description = "Prints JSON." };
    private static readonly JsonSerializerOptions s_wire = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter() } };
    private static readonly Option<string> s_server = new("--server") { Description = "A running server, such as http://localhost:8000, in place of a folder; $HUB_ADMIN_KEY is its key." };
    private static readonly Argument<string> s_id = new("id") { Description = "The plugin's id; see 'hub plugins list'." };

    public static Command Create()
    {
        var command = new Command("plugins", """
            Lists, adds, reloads, removes and begins plugins.

            Examples:
              hub plugins new weather
              dotnet build weather
              hub plugins add weather/bin
              hub plugins list
              hub plugins reload weather --server http://localhost:8000
              hub plugins remove weather
            """);
        command.Subcommands.Add(New());
        command.Subcommands.Add(List());
        command.Subcommands.Add(Add());
        command.Subcommands.Add(Reload());
        command.Subcommands.Add(Remove());
        return command;
    }

    /// <summary>The option that names the plugins' folder.</summary>
    public static Option<string> Folder() => new("--plugins") { Description = "Folder with plugins. [default: plugins in $HUB_HOME or ~/.hub]" };

    /// <summary>A host with the plugins of a folder; null where the default folder is not there. A plugin that cannot be loaded is named on standard error.</summary>
    /// <exception cref="UsageException">The folder was named and is not there.</exception>
    public static PluginHost? Host(string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
            throw new UsageException($"There is no folder '{folder}' with plugins. Name another with --plugins, or leave it out.");
        if (!Directory.Exists(folder ?? HubHome.Plugins))
            return null;
        var host = new PluginHost(new PluginHostOptions { Folder = folder ?? HubHome.Plugins });
        foreach (var failure in host.LoadAll())
            Console.Error.WriteLine($"warning: {failure.Message}");
        return host;
    }

    private static Command New()
    {
        var name = new Argument<string>("name") { Description = "Name of the plugin: lower-case letters, digits and dashes." };
        var output = new Option<string>("--output", "-o") { Description = "Folder to write to. [default: the name]" };
        var command = new Command("new", "Writes a plugin project that builds: a tool, a reasoner, a manifest. Example: hub plugins new weather");
        command.Arguments.Add(name);
        command.Options.Add(output);
        command.SetAction(parsed =>
        {
            var id = parsed.GetRequiredValue(name);
            var folder = parsed.GetValue(output) ?? id;
            foreach (var file in PluginTemplate.Write(id, folder))
                Console.Out.WriteLine(file);
            Console.Error.WriteLine($"Next: dotnet build {folder} && hub plugins add {Path.Combine(folder, "bin")}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command List()
    {
        var command = With("list", "Lists plugins with version, state and what they bring. Example: hub plugins list --json");
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(s_server) is { } server)
            {
                var there = (await PluginChannel.SendAsync(server, HttpMethod.Get, "")).Deserialize<List<PluginStatus>>(s_wire)!;
                Print(there, parsed.GetValue(s_json));
                return ExitCode.Ok;
            }

            using var host = new PluginHost(new PluginHostOptions { Folder = FolderOf(parsed) });
            host.LoadAll();
            Print(host.Plugins, parsed.GetValue(s_json));
            return host.Plugins.Any(p => p.State == PluginState.Failed) ? ExitCode.Failed : ExitCode.Ok;
        });
        return command;
    }

    private static Command Add()
    {
        var from = new Argument<string>("path") { Description = "Folder with a built plugin: its assembly and hub-plugin.json." };
        var command = With("add", "Loads a plugin once, to see that it works, and copies it to the hub's plugins. Example: hub plugins add weather/bin");
        command.Arguments.Add(from);
        command.SetAction(async (parsed, _) => parsed.GetValue(s_server) is { } server
            ? There(parsed, "added", await PluginChannel.SendAsync(server, HttpMethod.Post, "", new { path = Path.GetFullPath(parsed.GetRequiredValue(from)) }))
            : Done(parsed, "added", new PluginFolder(FolderOf(parsed)).Add(parsed.GetRequiredValue(from))));
        return command;
    }

    private static Command Reload()
    {
        var command = With("reload", "Copies a plugin again from where it was added from. Runs under way keep their version. Example: hub plugins reload weather");
        command.Arguments.Add(s_id);
        command.SetAction(async (parsed, _) => parsed.GetValue(s_server) is { } server
            ? There(parsed, "reloaded", await PluginChannel.SendAsync(server, HttpMethod.Post, $"/{Uri.EscapeDataString(parsed.GetRequiredValue(s_id))}/reload"))
            : Done(parsed, "reloaded", new PluginFolder(FolderOf(parsed)).Reload(parsed.GetRequiredValue(s_id))));
        return command;
    }

    private static Command Remove()
    {
        var command = With("remove", "Takes a plugin out. Runs under way keep it. Example: hub plugins remove weather");
        command.Arguments.Add(s_id);
        command.SetAction(async (parsed, _) =>
        {
            var id = parsed.GetRequiredValue(s_id);
            if (parsed.GetValue(s_server) is { } server)
                await PluginChannel.SendAsync(server, HttpMethod.Delete, $"/{Uri.EscapeDataString(id)}");
            else
                new PluginFolder(FolderOf(parsed)).Remove(id);
            Console.Out.WriteLine(parsed.GetValue(s_json) ? JsonSerializer.Serialize(new { Done = "removed", Id = id }, JsonOutput.Options) : $"removed {id}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command With(string name, string description)
    {
        var command = new Command(name, description);
        command.Options.Add(s_folder);
        command.Options.Add(s_json);
        command.Options.Add(s_server);
        return command;
    }

    private static string FolderOf(ParseResult parsed) => parsed.GetValue(s_folder) ?? HubHome.Plugins;

    private static int Done(ParseResult parsed, string what, PluginPackage plugin)
    {
        Console.Out.WriteLine(parsed.GetValue(s_json)
            ? JsonSerializer.Serialize(new { Done = what, plugin.Manifest.Id, plugin.Version, plugin.Manifest.Capabilities }, JsonOutput.Options)
            : $"{what} {plugin.Manifest.Id} {plugin.Version} ({string.Join(", ", plugin.Manifest.Capabilities)})");
        return ExitCode.Ok;
    }

    /// <summary>What a server did, said as if it had been done here.</summary>
    private static int There(ParseResult parsed, string what, JsonElement plugins)
    {
        var plugin = plugins.Deserialize<List<PluginStatus>>(s_wire)!.First(p => p.State == PluginState.Current);
        Console.Out.WriteLine(parsed.GetValue(s_json)
            ? JsonSerializer.Serialize(new { Done = what, plugin.Id, plugin.Version, plugin.Capabilities }, JsonOutput.Options)
            : $"{what} {plugin.Id} {plugin.Version} ({string.Join(", ", plugin.Capabilities)})");
        return ExitCode.Ok;
    }

    private static void Print(IReadOnlyList<PluginStatus> plugins, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(plugins, JsonOutput.Options));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Plugin", "Version", "State", "Brings");
        foreach (var plugin in plugins)
            table.AddRow(Markup.Escape(plugin.Id), Markup.Escape(plugin.Version), plugin.State.ToString().ToLowerInvariant(), Markup.Escape(plugin.Error ?? string.Join(", ", plugin.Capabilities)));
        Terminal.Write(table);
    }
}
