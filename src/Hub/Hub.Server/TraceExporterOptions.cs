namespace Hub.Server;

/// <summary>One entry of <c>general.telemetry.tracing</c>.</summary>
public sealed class TraceExporterOptions
{
    /// <summary><c>file</c>, <c>otelcollector</c>, <c>phoenix</c> or <c>langfuse</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Address of the collector; the OTLP path included.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Project that the spans belong to: <c>service.name</c> of the resource.</summary>
    public string? Project { get; set; }

    /// <summary>Further attributes of the resource.</summary>
    public IReadOnlyDictionary<string, string> ResourceAttributes { get; set; } = new Dictionary<string, string>();

    /// <summary>Headers of each export: keys of the service.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    /// <summary>File of <c>file</c>, one step as JSON on each line.</summary>
    public string? OutputPath { get; set; }

    /// <summary>Whether <c>file</c> begins anew; otherwise it goes on.</summary>
    public bool Overwrites { get; set; }

    /// <summary>Bytes after which <c>file</c> begins another file; 0 for never.</summary>
    public long MaxFileBytes { get; set; }

    /// <summary>Files that <c>file</c> keeps.</summary>
    /// <value>The default is 5.</value>
    public int MaxFiles { get; set; } = 5;
}
