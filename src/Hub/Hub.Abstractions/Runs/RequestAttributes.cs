namespace Hub.Abstractions;

/// <summary>The HTTP request that a run answers, as far as functions may see it.</summary>
/// <remarks>It stands in the run's log: whoever fills it leaves credentials out.</remarks>
public sealed record RequestAttributes
{
    /// <summary>Method, e.g. <c>POST</c>.</summary>
    public string? Method { get; init; }

    /// <summary>Path, e.g. <c>/v1/workflow</c>.</summary>
    public string? UrlPath { get; init; }

    /// <summary>Scheme, <c>http</c> or <c>https</c>.</summary>
    public string? UrlScheme { get; init; }

    /// <summary>Headers without credentials; null where there are none.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Query parameters.</summary>
    public IReadOnlyDictionary<string, string>? QueryParams { get; init; }

    /// <summary>Parts of the path that a route names.</summary>
    public IReadOnlyDictionary<string, string>? PathParams { get; init; }

    /// <summary>Address of the client.</summary>
    public string? ClientHost { get; init; }

    /// <summary>The port that the client speaks from.</summary>
    public int? ClientPort { get; init; }

    /// <summary>Cookies other than the session's.</summary>
    public IReadOnlyDictionary<string, string>? Cookies { get; init; }
}
