using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>A parsed update request: SPARQL 1.2 Update, which takes all of SPARQL 1.1 Update.</summary>
public sealed class SparqlUpdate
{
    private readonly IReadOnlyList<UpdateOperation> _operations;

    private SparqlUpdate(string text, IReadOnlyList<UpdateOperation> operations) => (Text, _operations) = (text, operations);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Parses an update request.</summary>
    /// <param name="text">One or more operations.</param>
    /// <param name="options">Base IRI, prefixes and limits; null for none.</param>
    /// <exception cref="RdfSyntaxException">The text is not an update request; the message says where and why.</exception>
    public static SparqlUpdate Parse(string text, SparqlSyntaxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SparqlUpdate(text, SparqlParser.ParseUpdate(text, options ?? new SparqlSyntaxOptions()));
    }

    /// <summary>Executes all operations in one transaction: all of them happen, or none.</summary>
    /// <param name="store">The quads.</param>
    /// <param name="options">Limits and surroundings of the WHERE clauses; null for the defaults.</param>
    /// <param name="documents">Who fetches what LOAD names; null refuses.</param>
    /// <returns>The version after it.</returns>
    /// <exception cref="UpdateException">An operation without SILENT failed.</exception>
    public long Execute(IQuadStore store, QueryOptions? options = null, IDocumentSource? documents = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var chosen = options ?? QueryOptions.Default;
        using var transaction = store.BeginWrite(chosen.CancellationToken);
        var run = new UpdateRun(transaction, chosen, documents);
        foreach (var operation in _operations)
            run.Execute(operation);
        return transaction.Commit();
    }
}

/// <summary>Updates in one line.</summary>
public static class QuadStoreUpdates
{
    /// <summary>Executes an update request in one transaction.</summary>
    /// <param name="store">The quads.</param>
    /// <param name="update">One or more operations.</param>
    /// <param name="options">Limits and surroundings of the WHERE clauses; null for the defaults.</param>
    /// <param name="syntax">Base IRI and prefixes; null for those of <paramref name="store"/>.</param>
    /// <returns>The version after it.</returns>
    /// <exception cref="RdfSyntaxException">The text is not an update request.</exception>
    /// <exception cref="UpdateException">An operation without SILENT failed.</exception>
    public static long Update(this IQuadStore store, string update, QueryOptions? options = null, SparqlSyntaxOptions? syntax = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        return SparqlUpdate.Parse(update, syntax ?? new SparqlSyntaxOptions { Prefixes = store.Prefixes }).Execute(store, options);
    }
}

/// <summary>Fetches the documents that LOAD names. Who implements it decides which addresses may be read.</summary>
public interface IDocumentSource
{
    /// <summary>Reads a document's quads.</summary>
    /// <param name="iri">What LOAD names.</param>
    /// <param name="sink">Where the quads go.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UpdateException">The document may not be read, or cannot.</exception>
    void Read(string iri, IQuadSink sink, CancellationToken cancellationToken);
}

/// <summary>An operation of an update failed; nothing of its request has happened.</summary>
public sealed class UpdateException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="message">What failed and why.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public UpdateException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
