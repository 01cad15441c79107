namespace Knowledge.Rules;

/// <summary>Builtins on the values of literals that the rules of OWL 2 RL need, beside Jena's.</summary>
internal static class DatatypeBuiltins
{
    /// <summary>All of them.</summary>
    public static readonly Builtin[] All =
    [
        new("canonicalLiteral", 2, 2, BuiltinUse.Body) { Body = Canonical, Binds = true },
        new("differentValues", 2, 2, BuiltinUse.Body) { Body = AreDifferent },
    ];

    /// <summary>Binds the canonical literal of a value; it does not hold for literals that are it already or have no value.</summary>
    private static bool Canonical(BuiltinCall call) =>
        call.Term(0) is Literal literal && !Functor.Is(literal) && DatatypeMap.Canonical(literal) is { } canonical && canonical != literal && call.Bind(1, call.Environment.Id(canonical));

    private static bool AreDifferent(BuiltinCall call) => call.Term(0) is Literal one && call.Term(1) is Literal other && DatatypeMap.AreDifferent(one, other);
}
