using System.Collections.Immutable;
using System.Text;

namespace Knowledge.Rules;

/// <summary>Rules as text: <c>[ name: (s p o) … -&gt; … ]</c>. What it writes reads back as equal rules.</summary>
public static class RuleWriter
{
    /// <summary>One rule, with the built-in prefixes.</summary>
    /// <param name="rule">The rule.</param>
    public static string Write(Rule rule) => Write(rule, RulePrefixes.BuiltIn);

    /// <summary>One rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="prefixes">Prefixes that shorten IRIs.</param>
    public static string Write(Rule rule, IReadOnlyDictionary<string, string> prefixes)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var text = new StringBuilder();
        Write(text, rule, new Names(rule.Variables, prefixes));
        return text.ToString();
    }

    /// <summary>Rules with the declarations that they need, a line for each.</summary>
    /// <param name="rules">The rules.</param>
    public static string Write(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var text = new StringBuilder();
        foreach (var (prefix, iri) in rules.Prefixes.Where(p => !RulePrefixes.BuiltIn.Contains(p)))
            text.Append("@prefix ").Append(prefix).Append(": <").Append(iri).Append(">.\n");
        foreach (var rule in rules.Rules)
            text.Append(Write(rule, rules.Prefixes)).Append('\n');
        return text.ToString();
    }

    /// <summary>A term as it stands in rules.</summary>
    /// <param name="term">The term.</param>
    /// <param name="prefixes">Prefixes that shorten IRIs.</param>
    public static string Write(Term term, IReadOnlyDictionary<string, string> prefixes) => new Names([], prefixes).Term(term);

    private static void Write(StringBuilder text, Rule rule, Names names)
    {
        text.Append("[ ");
        if (rule.Name is not null)
            text.Append(rule.Name).Append(": ");
        var (left, right, arrow) = rule.Direction == RuleDirection.Forward ? (rule.Body, rule.Head, "-> ") : (rule.Head, rule.Body, "<- ");
        Write(text, left, names);
        text.Append(arrow);
        Write(text, right, names);
        text.Append(']');
    }

    private static void Write(StringBuilder text, ImmutableArray<RuleClause> clauses, Names names)
    {
        foreach (var clause in clauses)
        {
            Write(text, clause, names);
            text.Append(' ');
        }
    }

    private static void Write(StringBuilder text, RuleClause clause, Names names)
    {
        switch (clause)
        {
            case TripleClause triple:
                text.Append('(').Append(names.Node(triple.Subject)).Append(' ').Append(names.Node(triple.Predicate)).Append(' ').Append(names.Node(triple.Object)).Append(')');
                break;
            case BuiltinClause builtin:
                text.Append(builtin.Name).Append(names.List(builtin.Arguments));
                break;
            case NestedRule nested:
                Write(text, nested.Rule, names);
                break;
            case NegationClause negation:
                text.Append("not { ");
                Write(text, negation.Clauses, names);
                text.Append('}');
                break;
            case AggregateClause aggregate:
                text.Append("aggregate { ");
                Write(text, aggregate.Clauses, names);
                text.Append("} on ").Append(names.List([.. aggregate.Groups])).Append(' ').Append(aggregate.Function.ToString().ToLowerInvariant())
                    .Append(names.List([aggregate.Argument, aggregate.Result]));
                break;
        }
    }

    /// <summary>How variables and IRIs are called.</summary>
    private sealed record Names(ImmutableArray<string> Variables, IReadOnlyDictionary<string, string> Prefixes)
    {
        public string List(ImmutableArray<RuleNode> nodes) => $"({string.Join(' ', nodes.Select(Node))})";

        public string Node(RuleNode node) => node switch
        {
            VariableNode variable => variable.Index < Variables.Length ? Variables[variable.Index] : $"?v{variable.Index}",
            FunctorNode functor => functor.Name + List(functor.Arguments),
            TermNode term => Term(term.Term),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        public string Term(Term term) => term switch
        {
            Iri iri => Shortened(iri.Value) ?? $"<{iri.Value}>",
            BlankNode blank => "_" + blank.Label,
            Literal literal => Quoted(literal),
            _ => term.ToString(),
        };

        private string Quoted(Literal literal)
        {
            var quoted = $"'{literal.Lexical.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
            if (literal.Language is not null)
                return $"{quoted}@{literal.Language}";
            return literal.Datatype == XsdVocabulary.String ? quoted : $"{quoted}^^{Shortened(literal.Datatype) ?? $"<{literal.Datatype}>"}";
        }

        /// <summary>A prefixed name, where the rest of the IRI is a word of its own.</summary>
        private string? Shortened(string iri)
        {
            string? best = null;
            foreach (var (prefix, start) in Prefixes)
            {
                if (start.Length == 0 || !iri.StartsWith(start, StringComparison.Ordinal) || !iri.AsSpan(start.Length).IndexOfAnyExcept(s_local).Equals(-1))
                    continue;
                var name = $"{prefix}:{iri.AsSpan(start.Length)}";
                if (best is null || name.Length < best.Length)
                    best = name;
            }

            return best;
        }

        private static readonly System.Buffers.SearchValues<char> s_local =
            System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.#/");
    }
}
