namespace Knowledge.Rules;

/// <summary>Builtins that walk RDF lists.</summary>
internal static class ListBuiltins
{
    /// <summary>The most members that are read of a list.</summary>
    public const int MaxMembers = 1_000_000;

    private const string DifferentFrom = "http://www.w3.org/2002/07/owl#differentFrom";

    /// <summary>All of them.</summary>
    public static readonly Builtin[] All =
    [
        Test("listContains", 2, call => Contains(call)),
        Test("listNotContains", 2, call => !Contains(call)),
        Test("listEqual", 2, call => IsEqual(call)),
        Test("listNotEqual", 2, call => !IsEqual(call)),
        Test("listEntry", 3, Entry),
        Test("listLength", 2, Length),
        new("listMapAsObject", 3, 3, BuiltinUse.Head) { Head = call => Each(call, 2, m => new TripleIds(call[0], call[1], m)), Reads = BuiltinReads.Lists },
        new("listMapAsSubject", 3, 3, BuiltinUse.Head) { Head = call => Each(call, 0, m => new TripleIds(m, call[1], call[2])), Reads = BuiltinReads.Lists },
        new("assertDisjointPairs", 1, 1, BuiltinUse.Head) { Head = AssertDisjointPairs, Reads = BuiltinReads.Lists },
    ];

    /// <summary>The members of a list up to where its cells end, and whether they end in <c>rdf:nil</c>.</summary>
    public static bool Members(IBuiltinEnvironment environment, TermId list, List<TermId> members)
    {
        TermId first = environment.Id(new Iri(RdfVocabulary.First)), rest = environment.Id(new Iri(RdfVocabulary.Rest)), nil = environment.Id(new Iri(RdfVocabulary.Nil));
        var seen = new HashSet<TermId>();
        for (var cell = list; cell != nil;)
        {
            if (cell.IsNone || members.Count == MaxMembers || !seen.Add(cell) || !TryObject(environment, cell, first, out var member))
                return false;
            members.Add(member);
            if (!TryObject(environment, cell, rest, out cell))
                return false;
        }

        return true;
    }

    private static bool TryObject(IBuiltinEnvironment environment, TermId subject, TermId predicate, out TermId @object)
    {
        @object = TermId.None;
        foreach (var fact in environment.Match(subject, predicate, TermId.None))
            if (@object.IsNone || fact.Object < @object)
                @object = fact.Object; // where a cell has two, the same one each time
        return !@object.IsNone;
    }

    private static List<TermId> Of(BuiltinCall call, int argument)
    {
        List<TermId> members = [];
        Members(call.Environment, call[argument], members);
        return members;
    }

    private static bool IsSame(BuiltinCall call, TermId a, TermId b) => a == b || LiteralValue.IsSame(call.Environment.Term(a), call.Environment.Term(b));

    private static bool Contains(BuiltinCall call) => call.IsBound(1) && Of(call, 0).Exists(m => IsSame(call, m, call[1]));

    /// <summary>The same members as often, in any order.</summary>
    private static bool IsEqual(BuiltinCall call)
    {
        var left = Of(call, 0);
        var right = Of(call, 1);
        if (left.Count != right.Count)
            return false;
        foreach (var member in left)
        {
            var at = right.FindIndex(m => IsSame(call, m, member));
            if (at < 0)
                return false;
            right.RemoveAt(at);
        }

        return true;
    }

    private static bool Entry(BuiltinCall call)
    {
        if (!Number.TryOf(call.Term(1), out var index))
            return false;
        var members = Of(call, 0);
        return index.AsLong >= 0 && index.AsLong < members.Count && call.Bind(2, members[(int)index.AsLong]);
    }

    private static bool Length(BuiltinCall call)
    {
        List<TermId> members = [];
        return Members(call.Environment, call[0], members) && call.Bind(1, LiteralValue.Integer(members.Count));
    }

    private static void Each(BuiltinCall call, int list, Func<TermId, TripleIds> fact)
    {
        foreach (var member in Of(call, list))
            call.Environment.Add(call, fact(member));
    }

    private static void AssertDisjointPairs(BuiltinCall call)
    {
        var different = call.Environment.Id(new Iri(DifferentFrom));
        var members = Of(call, 0);
        foreach (var a in members)
            foreach (var b in members)
                if (!IsSame(call, a, b))
                    call.Environment.Add(call, new TripleIds(a, different, b));
    }

    private static Builtin Test(string name, int arguments, Func<BuiltinCall, bool> body) => new(name, arguments, arguments, BuiltinUse.Body)
    {
        Body = body,
        Reads = BuiltinReads.Lists,
        Binds = name is "listEntry" or "listLength",
    };
}
