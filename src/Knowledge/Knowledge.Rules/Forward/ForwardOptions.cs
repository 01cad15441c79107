namespace Knowledge.Rules;

/// <summary>How rules run forward, and how far.</summary>
public sealed record ForwardOptions
{
    /// <summary>Builtins that rules may call.</summary>
    /// <value>The default is <see cref="BuiltinRegistry.Default"/>.</value>
    public BuiltinRegistry Builtins { get; init; } = BuiltinRegistry.Default;

    /// <summary>Whether unknown builtins may stand in bodies, where they never hold, as in Jena.</summary>
    /// <value>The default is false: they are an error.</value>
    public bool AllowUnknownBuiltins { get; init; }

    /// <summary>Whether rules written backward run forward too; else they are left out.</summary>
    /// <value>The default is true.</value>
    public bool RunBackwardRulesForward { get; init; } = true;

    /// <summary>Whether it is kept when each fact was concluded: eight bytes for most. Without it there are no proofs, and every change infers everything anew.</summary>
    /// <value>The default is true.</value>
    public bool KeepDerivations { get; init; } = true;

    /// <summary>The most facts that may be inferred.</summary>
    /// <value>The default is 200,000,000.</value>
    public long MaxInferred { get; init; } = 200_000_000;

    /// <summary>The most rounds in which rules may add something, in one change.</summary>
    /// <value>The default is 100,000.</value>
    public int MaxRounds { get; init; } = 100_000;

    /// <summary>The most threads that close a graph under rules; changes are followed on one. What follows does not hang on it.</summary>
    /// <value>The default is the number of processors.</value>
    public int MaxParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>How deep functors may stand in each other in an inferred fact.</summary>
    /// <value>The default is 32.</value>
    public int MaxFunctorDepth { get; init; } = 32;

    /// <summary>Whether facts stay in answers whose object is a functor.</summary>
    /// <value>The default is false, as in Jena.</value>
    public bool ShowFunctors { get; init; }

    /// <summary>Whether answers may be triples that RDF does not have: with a literal as subject.</summary>
    /// <value>The default is false.</value>
    public bool ShowGeneralized { get; init; }

    /// <summary>Whether answers leave nothing out, so that other rules can go on from them.</summary>
    internal bool ShowAll { get; init; }

    /// <summary>Facts of a round below which it is matched by one thread: waking others costs some ten microseconds, a fact some twenty nanoseconds.</summary>
    internal int MinShared { get; init; } = 50_000;

    /// <summary>What goes wrong on purpose.</summary>
    internal EngineFault Fault { get; init; }

    /// <summary>The clock that <c>now</c> tells; it is read once for each time all is inferred anew.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes lines that <c>print</c> writes.</summary>
    /// <value>The default drops them.</value>
    public Action<string>? Print { get; init; }

    /// <summary>Takes rules that stand in heads, with the bindings put in, when the rule around them fires.</summary>
    /// <value>The default is null: such rules are an error.</value>
    internal Action<Rule>? Nested { get; init; }
}
