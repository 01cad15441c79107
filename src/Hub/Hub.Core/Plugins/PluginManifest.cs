using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Hub.Abstractions;

namespace Hub.Core.Plugins;

/// <summary>What a plugin's folder says about it in <c>hub-plugin.json</c>.</summary>
public sealed partial record PluginManifest
{
    /// <summary>Name of the manifest in a plugin's folder.</summary>
    public const string FileName = "hub-plugin.json";

    private const int MaxBytes = 64 * 1024;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Lower-case letters, digits, dots and dashes; one plugin of an id is current at a time.</summary>
    public required string Id { get; init; }

    /// <summary>The plugin's own version, such as <c>1.2.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Versions of the contract that the plugin runs with.</summary>
    public required PluginContractRange Contract { get; init; }

    /// <summary>File name of the assembly that has the entry point.</summary>
    public required string Assembly { get; init; }

    /// <summary>Full name of the class that implements <see cref="IHubPlugin"/>; needed where the assembly has more than one.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>Kinds of components it registers: <c>model</c>, <c>tool</c>, <c>tool_group</c>, <c>reasoner</c> and the others of a workflow file. Nothing else may be registered.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>SHA-256 of the assembly, in hexadecimal; checked where it is there.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Reads and checks the manifest of a folder.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <exception cref="PluginException">There is none, or it does not say what it must.</exception>
    public static PluginManifest Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new PluginException(folder, $"the folder has no {FileName}. Name a folder with a built plugin; 'hub plugins new NAME' makes one.");
        if (new FileInfo(path).Length > MaxBytes)
            throw new PluginException(path, $"the manifest is larger than {MaxBytes / 1024} KiB.");
        try
        {
            var manifest = JsonSerializer.Deserialize<PluginManifest>(File.ReadAllBytes(path), s_json) ?? throw new JsonException("It is null; an object is needed.");
            manifest.Check(path);
            return manifest;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PluginException(path, $"the manifest cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The manifest as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern { get; }

    private void Check(string path)
    {
        if (!IdPattern.IsMatch(Id))
            throw new PluginException(path, $"id '{Id}' is no plugin id: 1 to 64 lower-case letters, digits, dots and dashes are needed, such as 'weather'.");
        if (!System.Version.TryParse(Version, out _))
            throw new PluginException(path, $"version '{Version}' is no version: two to four numbers with dots are needed, such as '1.0.0'.");
        if (Assembly != Path.GetFileName(Assembly) || !Assembly.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            throw new PluginException(path, $"assembly '{Assembly}' is no file name of a .dll beside the manifest.");
        Contract.Check(path);
    }
}
