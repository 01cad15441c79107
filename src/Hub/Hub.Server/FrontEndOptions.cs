using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;

namespace Hub.Server;

/// <summary>The toolkit's <c>general.front_end</c> of the type <c>fastapi</c>, as far as it concerns this server.</summary>
/// <remarks>Keys without meaning here (workers, Dask) are accepted and have no effect.</remarks>
public sealed class FrontEndOptions
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>Address to listen on; null where the file does not say.</summary>
    public string? Host { get; set; }

    /// <summary>Port to listen on; null where the file does not say.</summary>
    public int? Port { get; set; }

    /// <summary>Prefix of all paths.</summary>
    public string RootPath { get; set; } = "";

    /// <summary>Whether the routes without a version (<c>/generate</c>, <c>/chat</c>) are missing.</summary>
    public bool DisableLegacyRoutes { get; set; }

    /// <summary>Whether a run that waits for a person answers with 202 and goes on when the person answers.</summary>
    public bool EnableInteractiveExtensions { get; set; }

    /// <summary>Routes of the workflow.</summary>
    public ServedEndpoint Workflow { get; set; } = new()
    {
        Path = "/v1/workflow",
        OpenaiApiPath = "/v1/chat",
        OpenaiApiV1Path = "/v1/chat/completions",
        WebsocketPath = "/websocket",
        LegacyPath = "/generate",
        LegacyOpenaiApiPath = "/chat",
    };

    /// <summary>Further routes, each for a function of the file.</summary>
    public IReadOnlyList<ServedEndpoint> Endpoints { get; set; } = [];

    /// <summary>Which pages of other origins may call.</summary>
    public CrossOriginOptions Cors { get; set; } = new();

    /// <summary>Which steps a stream shows.</summary>
    public StepAdaptorOptions StepAdaptor { get; set; } = new();

    /// <summary>Reads the section of a workflow file.</summary>
    /// <param name="configuration">The whole file as JSON.</param>
    /// <exception cref="HubException">A key has a value of the wrong kind.</exception>
    public static FrontEndOptions From(JsonElement configuration)
    {
        if (!configuration.TryGetProperty("general", out var general) || general.ValueKind != JsonValueKind.Object
            || !general.TryGetProperty("front_end", out var section) || section.ValueKind != JsonValueKind.Object)
            return new FrontEndOptions();
        try
        {
            return section.Deserialize<FrontEndOptions>(s_json)!;
        }
        catch (JsonException wrong)
        {
            throw new HubException($"general.front_end{wrong.Path?.TrimStart('$')}: the value is of the wrong kind. {wrong.Message}", wrong);
        }
    }
}
