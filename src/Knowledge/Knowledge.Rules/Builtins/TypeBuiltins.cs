namespace Knowledge.Rules;

/// <summary>Builtins that ask what kind of term something is.</summary>
internal static class TypeBuiltins
{
    /// <summary>All of them.</summary>
    public static readonly Builtin[] All =
    [
        Test("isLiteral", IsLiteral),
        Test("notLiteral", t => t is not Literal),
        Test("isFunctor", Functor.Is),
        Test("notFunctor", t => !Functor.Is(t)),
        Test("isBNode", t => t is BlankNode),
        Test("notBNode", t => t is not BlankNode),
        new("isDType", 2, 2, BuiltinUse.Body) { Body = call => IsOfDatatype(call.Term(0), call.Term(1)) },
        new("notDType", 2, 2, BuiltinUse.Body) { Body = call => !IsOfDatatype(call.Term(0), call.Term(1)) },
        new("bound", 0, int.MaxValue, BuiltinUse.Body) { Body = call => Enumerable.Range(0, call.Count).All(call.IsBound) },
        new("unbound", 0, int.MaxValue, BuiltinUse.Body) { Body = call => !Enumerable.Range(0, call.Count).Any(call.IsBound) },
    ];

    /// <summary>Whether a term is a value of a datatype, by its IRI.</summary>
    public static bool IsOfDatatype(Term? term, Term? datatype)
    {
        if (datatype is not Iri type || term is null)
            return false;
        if (term is BlankNode)
            return true; // it may stand for a literal
        if (term is not Literal literal || Functor.Is(literal))
            return false;
        return DatatypeMap.Contains(type.Value, literal) == true;
    }

    private static bool IsLiteral(Term? term) => term is Literal && !Functor.Is(term);

    private static Builtin Test(string name, Func<Term?, bool> test) => new(name, 1, 1, BuiltinUse.Body) { Body = call => test(call.Term(0)) };
}
