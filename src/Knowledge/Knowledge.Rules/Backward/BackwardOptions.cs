namespace Knowledge.Rules;

/// <summary>Limits of backward proofs.</summary>
public sealed record BackwardOptions
{
    /// <summary>How many different goals may be open or answered at once.</summary>
    /// <value>The default is 524,288, as in Jena.</value>
    public int MaxTables { get; init; } = 524_288;

    /// <summary>How many answers all goals together may have.</summary>
    /// <value>The default is 50,000,000.</value>
    public long MaxAnswers { get; init; } = 50_000_000;

    /// <summary>How deep functors may stand in each other in an answer.</summary>
    /// <value>The default is 32.</value>
    public int MaxTermDepth { get; init; } = 32;

    /// <summary>Whether answers may be triples that RDF does not have: with a literal as subject.</summary>
    internal bool ShowGeneralized { get; init; }

    /// <summary>What goes wrong on purpose.</summary>
    internal EngineFault Fault { get; init; }
}
