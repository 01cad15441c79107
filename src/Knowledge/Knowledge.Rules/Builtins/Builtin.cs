namespace Knowledge.Rules;

/// <summary>Where a builtin may stand.</summary>
[Flags]
public enum BuiltinUse : byte
{
    /// <summary>In bodies.</summary>
    Body = 1,

    /// <summary>In heads.</summary>
    Head = 2,
}

/// <summary>What facts a builtin's answer hangs on, beside its arguments.</summary>
public enum BuiltinReads : byte
{
    /// <summary>None: the same arguments give the same answer.</summary>
    Nothing,

    /// <summary>Cells of lists: <c>rdf:first</c> and <c>rdf:rest</c>.</summary>
    Lists,

    /// <summary>Triples with its first argument as subject and its second as predicate.</summary>
    Pattern,
}

/// <summary>A function that rules may call.</summary>
/// <param name="Name">Its name in rules.</param>
/// <param name="MinArguments">The least number of arguments.</param>
/// <param name="MaxArguments">The greatest number of arguments.</param>
/// <param name="Use">Where it may stand.</param>
public sealed record Builtin(string Name, int MinArguments, int MaxArguments, BuiltinUse Use)
{
    /// <summary>What it does in a body: whether the clause holds, perhaps with variables bound; null where it may not stand there.</summary>
    public Func<BuiltinCall, bool>? Body { get; init; }

    /// <summary>What it does in a head; null where it may not stand there.</summary>
    public Action<BuiltinCall>? Head { get; init; }

    /// <summary>What facts it looks at.</summary>
    /// <value>The default is none.</value>
    public BuiltinReads Reads { get; init; }

    /// <summary>Whether a rule with it in its head can only add facts. One rule with another makes its rules run one firing at a time.</summary>
    /// <value>The default is true.</value>
    public bool IsMonotonic { get; init; } = true;

    /// <summary>Whether it may bind variables that nothing before it has bound.</summary>
    /// <value>The default is false.</value>
    public bool Binds { get; init; }

    /// <summary>Whether a number of arguments is right.</summary>
    /// <param name="count">How many there are.</param>
    public bool Accepts(int count) => count >= MinArguments && count <= MaxArguments;

    /// <summary>How many arguments it needs, in words.</summary>
    internal string Arity => (MinArguments, MaxArguments) switch
    {
        (var min, int.MaxValue) => $"{min} or more",
        var (min, max) when min == max => $"{min}",
        var (min, max) => $"{min} to {max}",
    };
}
