using Knowledge.Sparql;

namespace Knowledge.Endpoint;

/// <summary>What an endpoint allows.</summary>
public sealed record SparqlEndpointOptions
{
    /// <summary>Limits of queries and of the WHERE clauses of updates.</summary>
    /// <value>The default is 60 seconds, no limit of rows, and 4 GiB.</value>
    public QueryOptions Query { get; init; } = new() { MaxTime = TimeSpan.FromSeconds(60) };

    /// <summary>Whether updates and changes of graphs are refused.</summary>
    /// <value>The default is false.</value>
    public bool IsReadOnly { get; init; }

    /// <summary>Most characters of a query or an update.</summary>
    /// <value>The default is 1,048,576.</value>
    public int MaxTextLength { get; init; } = 1 << 20;

    /// <summary>Most bytes of a document that is put into a graph.</summary>
    /// <value>The default is 1 GiB.</value>
    public long MaxDocumentBytes { get; init; } = 1L << 30;
}
