using System.Globalization;

namespace Knowledge.Rules;

/// <summary>Builtins that look at the facts, change them, or speak to the engine.</summary>
internal static class GraphBuiltins
{
    /// <summary>All of them.</summary>
    public static readonly Builtin[] All =
    [
        new("noValue", 2, 3, BuiltinUse.Body) { Body = HasNoValue, Reads = BuiltinReads.Pattern },
        new("countLiteralValues", 3, 3, BuiltinUse.Body) { Body = CountLiteralValues, Reads = BuiltinReads.Pattern, Binds = true },
        new("remove", 0, int.MaxValue, BuiltinUse.Head) { Head = call => Remove(call, silently: false), IsMonotonic = false },
        new("drop", 0, int.MaxValue, BuiltinUse.Head) { Head = call => Remove(call, silently: true), IsMonotonic = false },
        new("table", 0, int.MaxValue, BuiltinUse.Head) { Head = Table },
        new("tableAll", 0, 0, BuiltinUse.Head) { Head = call => call.Environment.Table(TermId.None) },
        new("hide", 0, int.MaxValue, BuiltinUse.Body | BuiltinUse.Head) { Body = call => Hide(call), Head = call => Hide(call) },
        new("print", 0, int.MaxValue, BuiltinUse.Body | BuiltinUse.Head) { Body = call => Print(call), Head = call => Print(call) },
    ];

    private static bool HasNoValue(BuiltinCall call) => !call.Environment.Match(call[0], call[1], call.Count == 3 ? call[2] : TermId.None).Any();

    private static bool CountLiteralValues(BuiltinCall call)
    {
        if (!call.IsBound(0) || !call.IsBound(1))
            return false;
        List<Term> values = [];
        foreach (var fact in call.Environment.Match(call[0], call[1], TermId.None))
            if (call.Environment.Term(fact.Object) is Literal literal && !values.Exists(v => LiteralValue.IsSame(v, literal)))
                values.Add(literal);
        return call.Bind(2, LiteralValue.Integer(values.Count));
    }

    private static void Remove(BuiltinCall call, bool silently)
    {
        for (var i = 0; i < call.Count; i++)
        {
            if (call.Term(i) is not Literal literal || !int.TryParse(literal.Lexical, NumberStyles.None, CultureInfo.InvariantCulture, out var clause) ||
                clause >= call.Rule.Body.Length || call.Rule.Body[clause] is not TripleClause)
                throw call.Error($"It needs indices of triples in the body, from 0 to {call.Rule.Body.Length - 1}.");
            call.Environment.Remove(call, clause, silently);
        }
    }

    private static void Table(BuiltinCall call)
    {
        for (var i = 0; i < call.Count; i++)
            call.Environment.Table(call[i]);
    }

    private static bool Hide(BuiltinCall call)
    {
        for (var i = 0; i < call.Count; i++)
            call.Environment.Hide(call[i]);
        return true;
    }

    private static bool Print(BuiltinCall call)
    {
        call.Environment.Print(string.Join(' ', Enumerable.Range(0, call.Count).Select(i => call.Term(i) is { } term ? RuleWriter.Write(term, RulePrefixes.BuiltIn) : "?")));
        return true;
    }
}
