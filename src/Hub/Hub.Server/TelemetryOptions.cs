using System.Globalization;
using System.Text;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Server;

/// <summary>Where traces, metrics and logs of runs go: <c>general.telemetry</c> of the workflow file.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Where spans go, by their names in the file.</summary>
    public IReadOnlyDictionary<string, TraceExporterOptions> Tracing { get; set; } = new Dictionary<string, TraceExporterOptions>();

    /// <summary>Whether there is anywhere for spans to go.</summary>
    public bool IsTracing => Tracing.Count > 0;

    /// <summary>Exporters that the file names and this hub does not have: name and type.</summary>
    public IReadOnlyDictionary<string, string> Missing { get; set; } = new Dictionary<string, string>();

    /// <summary>Reads the section of a workflow file.</summary>
    /// <param name="configuration">The whole file as JSON.</param>
    /// <exception cref="HubException">A key has a value of the wrong kind, or refers to a variable that is not set.</exception>
    public static TelemetryOptions From(JsonElement configuration)
    {
        Dictionary<string, TraceExporterOptions> tracing = [];
        Dictionary<string, string> missing = [];
        foreach (var entry in Find(configuration, "general", "telemetry", "tracing") is { ValueKind: JsonValueKind.Object } section ? section.EnumerateObject() : default)
        {
            var type = Text(entry.Value, "_type", entry.Name) ?? Text(entry.Value, "type", entry.Name) ?? "";
            if (type is "file" or "otelcollector" or "phoenix" or "langfuse")
                tracing[entry.Name] = Exporter(entry.Value, type, entry.Name);
            else
                missing[entry.Name] = type;
        }

        return new TelemetryOptions { Tracing = tracing, Missing = missing };
    }

    private static TraceExporterOptions Exporter(JsonElement entry, string type, string name)
    {
        Dictionary<string, string> headers = [];
        if (type == "langfuse")
        {
            var (id, secret) = (Key(entry, "public_key", "LANGFUSE_PUBLIC_KEY", name), Key(entry, "secret_key", "LANGFUSE_SECRET_KEY", name));
            headers["Authorization"] = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"))}";
        }
        else if (type == "phoenix" && (Find(entry, "api_key") is not null || Environment.GetEnvironmentVariable("PHOENIX_API_KEY") is { Length: > 0 }))
        {
            headers["Authorization"] = $"Bearer {Key(entry, "api_key", "PHOENIX_API_KEY", name)}";
        }

        return new TraceExporterOptions
        {
            Type = type,
            Endpoint = Text(entry, "endpoint", name),
            Project = Text(entry, "project", name),
            ResourceAttributes = Find(entry, "resource_attributes") is { ValueKind: JsonValueKind.Object } attributes ? attributes.EnumerateObject().ToDictionary(a => a.Name, a => a.Value.ToString()) : [],
            Headers = headers,
            OutputPath = Text(entry, "output_path", name) ?? (type == "file" ? throw new HubException($"general.telemetry.tracing.{name}.output_path is missing.") : null),
            Overwrites = Text(entry, "mode", name) == "overwrite",
            MaxFileBytes = Find(entry, "enable_rolling") is { ValueKind: JsonValueKind.True } ? Number(entry, "max_file_size", name) ?? 10 << 20 : 0,
            MaxFiles = (int)(Number(entry, "max_files", name) ?? 5),
        };
    }

    private static JsonElement? Find(JsonElement from, params string[] keys)
    {
        foreach (var key in keys)
        {
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(key, out from))
                return null;
        }

        return from.ValueKind == JsonValueKind.Null ? null : from;
    }

    private static string? Text(JsonElement entry, string key, string name) =>
        Find(entry, key) is { } value ? EnvironmentText.Resolve(value.ToString(), $"general.telemetry.tracing.{name}.{key}") : null;

    private static string Key(JsonElement entry, string key, string variable, string name) =>
        Text(entry, key, name) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value
            : throw new HubException($"general.telemetry.tracing.{name}.{key} is missing, and ${variable} is not set."));

    private static long? Number(JsonElement entry, string key, string name) => Text(entry, key, name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new HubException($"general.telemetry.tracing.{name}.{key} is '{text}'; a whole number above 0 is needed.");
}
