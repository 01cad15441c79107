using Hub.Abstractions;
using System.CommandLine;
using System.Text.Json;
using Hub.Cli.Rendering;
using Hub.Core.Plugins;
using Hub.Hosting;
using Hub.Workflows.Catalog;
using Spectre.Console;

namespace Hub.Cli.Commands;

/// <summary><c>hub info</c>: what a workflow file may name here.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("type") { Description = "A type to show in full: options, defaults, an example.", Arity = ArgumentArity.ZeroOrOne };
        var kind = new Option<string>("--kind") { Description = $"Only this kind: {string.Join(", ", Enum.GetNames<ComponentKind>().Select(Snake))}." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var plugins = PluginsCommand.Folder();
        var components = new Command("components", """
            Lists the component types that a workflow file may name after _type, plugins' types included.

            Examples:
              hub info components
              hub info components --kind reasoner --json
              hub info components react_agent
            """);
        components.Arguments.Add(name);
        foreach (var option in (Option[])[kind, plugins, json])
            components.Options.Add(option);
        components.SetAction(parsed =>
        {
            using var host = PluginsCommand.Host(parsed.GetValue(plugins));
            var found = Select(host, parsed.GetValue(name), parsed.GetValue(kind));
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(found.Select(c => new { Kind = Snake(c.Kind.ToString()), c.Type, c.Summary, c.Options, c.Example }), JsonOutput.Options));
            else if (parsed.GetValue(name) is null)
                List(found);
            else
                Array.ForEach(found, Show);
            return ExitCode.Ok;
        });
        var command = new Command("info", "Says what this hub has. Example: hub info components");
        command.Subcommands.Add(components);
        return command;
    }

    /// <summary>Every component type here, plugins' types included.</summary>
    public static IReadOnlyList<ComponentDescription> All(PluginHost? plugins) => Select(plugins, null, null);

    private static ComponentDescription[] Select(PluginHost? plugins, string? name, string? kind)
    {
        if (kind is not null && !Enum.GetNames<ComponentKind>().Any(k => Snake(k) == kind))
            throw new UsageException($"'{kind}' is no kind of component. Known: {string.Join(", ", Enum.GetNames<ComponentKind>().Select(Snake))}.");
        using var set = plugins?.Current(); // held while its types are read
        var registry = HubHost.Registry();
        set?.Configure(registry);
        var types = registry.Types.Where(t => (kind is null || Snake(t.Kind.ToString()) == kind) && (name is null || t.Name == name)).ToArray();
        return types.Length > 0 || name is null
            ? [.. types.Select(ComponentDescription.Of)]
            : throw new Hub.Abstractions.UnknownNameException("component type", name, registry.Types.Select(t => t.Name));
    }

    private static void List(IEnumerable<ComponentDescription> components)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Kind", "Type", "Keys", "What it is");
        foreach (var c in components)
            table.AddRow(Snake(c.Kind.ToString()), Markup.Escape(c.Type), Markup.Escape(string.Join(", ", c.Options.Where(o => o.IsRequired).Select(o => o.Key)) + (c.Options.Any(o => !o.IsRequired) ? $" +{c.Options.Count(o => !o.IsRequired)}" : "")), Markup.Escape(c.Summary));
        Terminal.Write(table);
        Console.Error.WriteLine("Keys: those that must be written, and how many more there are. 'hub info components TYPE' shows all of a type.");
    }

    private static void Show(ComponentDescription component)
    {
        Console.Out.WriteLine($"{component.Type} ({Snake(component.Kind.ToString())}): {component.Summary}\n");
        var table = new Table().Border(TableBorder.Simple).AddColumns("Key", "Takes", "Default", "What it does");
        foreach (var o in component.Options)
            table.AddRow(Markup.Escape(string.Join(", ", [o.Key, .. o.Aliases])), Markup.Escape(o.Type), o.IsRequired ? "(must be written)" : Markup.Escape(o.Default ?? "-"), Markup.Escape(o.Summary));
        Terminal.Write(table);
        Console.Out.WriteLine(component.Example);
    }

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
