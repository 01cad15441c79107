namespace Knowledge.Memory;

/// <summary>Finds facts in what was said.</summary>
public interface IMemoryExtractor
{
    /// <summary>Facts of one turn.</summary>
    /// <param name="turn">What was said, by whom and when.</param>
    /// <param name="context">Names and the schema.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Facts, in the order of the text; none where it says nothing that the schema knows.</returns>
    Task<IReadOnlyList<MemoryFact>> ExtractAsync(RecalledTurn turn, ExtractionContext context, CancellationToken cancellationToken);
}

/// <summary>What an extractor may ask.</summary>
/// <param name="Schema">Properties and their words.</param>
/// <param name="Entity">The entity of a name: one that is known by it, or a new one, which the fact's source is then said to have named.</param>
public sealed record ExtractionContext(MemorySchema Schema, Func<string, Iri> Entity);
