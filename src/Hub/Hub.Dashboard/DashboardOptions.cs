using Hub.Abstractions;
using Hub.Core.Plugins;
using Hub.Workflows.Catalog;

namespace Hub.Dashboard;

/// <summary>What the pages show, and who may see them.</summary>
public sealed class DashboardOptions
{
    /// <summary>The hub; it stays its owner's. Null where <see cref="Panels"/>, of which there has to be one, are all there is: no runs, no chat, no components.</summary>
    public required IHub? Hub { get; set; }

    /// <summary>Whom a key of the server stands for, compared in constant time, or null where it is none; null where the server asks for none and everybody sees everything.</summary>
    public Func<string, DashboardViewer?>? ViewerOf { get; set; }

    /// <summary>Whether a text is the administrator's key, compared in constant time; null where there is none: then nobody may reload.</summary>
    public Func<string, bool>? IsAdminKey { get; set; }

    /// <summary>Plugins that are shown and reloaded; null for none.</summary>
    public PluginHost? Plugins { get; set; }

    /// <summary>Component types that a workflow file may name; null where the server does not say.</summary>
    public Func<IReadOnlyList<ComponentDescription>>? Components { get; set; }

    /// <summary>What the server says of itself on the page about health, by name. Nothing secret.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; set; } = [];

    /// <summary>Further pages.</summary>
    public IReadOnlyList<DashboardPanel> Panels { get; set; } = [];

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
