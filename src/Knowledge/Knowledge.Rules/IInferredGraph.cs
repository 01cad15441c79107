namespace Knowledge.Rules;

/// <summary>A source with what follows from it by rules, whenever that is worked out.</summary>
public interface IInferredGraph : IQuadSource, IDisposable
{
    /// <summary>What it infers with.</summary>
    RuleSet Rules { get; }

    /// <summary>Number of triples in the default graph, given and inferred, without those that answers leave out.</summary>
    /// <remarks>Cost: backward rules prove all that they can.</remarks>
    long Count { get; }

    /// <summary>Number of these triples that are inferred and not given.</summary>
    long InferredCount { get; }

    /// <summary>Why a triple holds, down to what is given in the lowest source: where this graph lies on another, the proof goes on with that one's rules.</summary>
    /// <remarks>Cost: a search for each fact of the proof. Where a commit came in between, so that the graph below has gone on already, it infers everything once more as it was.</remarks>
    /// <param name="triple">A triple of the default graph.</param>
    /// <returns>Its proof; null where it does not hold.</returns>
    Proof? Explain(Triple triple);

    /// <summary>What the rules find to be wrong with the data.</summary>
    /// <remarks>Rules whose bodies have <c>(?v rb:validation on())</c> run for this question alone, as in Jena. Cost: with such rules everything is inferred once more.</remarks>
    ValidityReport Validate();
}

/// <summary>When rules run.</summary>
public enum RuleMode : byte
{
    /// <summary>Before anybody asks; what follows is kept exact while facts come and go.</summary>
    Forward,

    /// <summary>When somebody asks, as far as the answer needs it.</summary>
    Backward,

    /// <summary>Forward rules before, backward ones when somebody asks.</summary>
    Hybrid,
}
