namespace Knowledge.Rules;

/// <summary>Builtins on the values of literals and of datatypes that the rules of OWL 2 RL and those beyond it need, beside Jena's.</summary>
internal static class DatatypeBuiltins
{
    /// <summary>All of them.</summary>
    public static readonly Builtin[] All =
    [
        new("canonicalLiteral", 2, 2, BuiltinUse.Body) { Body = Canonical, Binds = true },
        new("differentValues", 2, 2, BuiltinUse.Body) { Body = AreDifferent },
        new("datatypesWithin", 3, 3, BuiltinUse.Body) { Body = call => Datatype(call, 0) is { } one && Datatype(call, 1) is { } other && Datatype(call, 2) is { } wide && DatatypeMap.AreWithin(one, other, wide) },
        new("datatypesDisjoint", 2, 2, BuiltinUse.Body) { Body = call => Datatype(call, 0) is { } one && Datatype(call, 1) is { } other && DatatypeMap.AreDisjoint(one, other) },
    ];

    /// <summary>Binds the canonical literal of a value; it does not hold for literals that are it already or have no value.</summary>
    private static bool Canonical(BuiltinCall call) =>
        call.Term(0) is Literal literal && !Functor.Is(literal) && DatatypeMap.Canonical(literal) is { } canonical && canonical != literal && call.Bind(1, call.Environment.Id(canonical));

    private static string? Datatype(BuiltinCall call, int argument) => (call.Term(argument) as Iri)?.Value;

    private static bool AreDifferent(BuiltinCall call) => call.Term(0) is Literal one && call.Term(1) is Literal other && DatatypeMap.AreDifferent(one, other);
}
