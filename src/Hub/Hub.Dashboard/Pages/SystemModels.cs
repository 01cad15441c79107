using Hub.Abstractions;
using Hub.Core.Plugins;
using Hub.Dashboard.Runs;
using Hub.Workflows.Catalog;

namespace Hub.Dashboard.Pages;

/// <summary>Component types, as they are asked for and shown.</summary>
public sealed record ComponentsModel(IReadOnlyList<ComponentDescription> All, IReadOnlyList<ComponentDescription> Shown, string Kind, string Words);

/// <summary>Plugins, and what became of the last reload.</summary>
public sealed record PluginsModel(IReadOnlyList<PluginStatus> Plugins, bool HasFolder, bool HasAdminKey, string? Reloaded);

/// <summary>Models, what they did in recent runs, and a prompt that was tried.</summary>
public sealed record ModelsModel(IReadOnlyList<ModelRow> Models, IReadOnlyList<string> Embedders, int Looked, RunModel? Tried);

/// <summary>A model and what it did.</summary>
public sealed record ModelRow(string Name, string Provider, ModelTotals Totals);

/// <summary>How the server is.</summary>
public sealed record HealthModel
{
    /// <summary>What was looked at.</summary>
    public required IReadOnlyList<HealthCheck> Checks { get; init; }

    /// <summary>Facts about the server, by name.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; }

    /// <summary>How many runs stand where.</summary>
    public required IReadOnlyDictionary<RunStatus, int> Runs { get; init; }

    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="IsWell">Whether it is as it should be.</param>
/// <param name="Words">What was found.</param>
public sealed record HealthCheck(string Name, bool IsWell, string Words);
