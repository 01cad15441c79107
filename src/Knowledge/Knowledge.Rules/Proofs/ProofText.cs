using System.Text;

namespace Knowledge.Rules;

/// <summary>Proofs as text.</summary>
internal static class ProofText
{
    private const int Indent = 4;

    /// <summary>A tree with lines.</summary>
    public static string Tree(Proof proof)
    {
        var text = new StringBuilder();
        var shown = new HashSet<Triple>();
        // Each open line knows what stands before it and before those under it.
        var open = new Stack<(Proof Node, string Before, string Under)>([(proof, "", "")]);
        while (open.TryPop(out var next))
        {
            var (node, before, under) = next;
            text.Append(before).Append(Triple(node.Conclusion, proof.Prefixes));
            if (node.Rule is null)
            {
                text.Append("   given\n");
                continue;
            }

            var isNew = shown.Add(node.Conclusion);
            text.Append("   by ").Append(node.Rule.Title).Append(isNew || node.Premises.IsEmpty ? "\n" : ", shown above\n");
            for (var i = node.Premises.Length - 1; isNew && i >= 0; i--)
                open.Push((node.Premises[i], under + (i == node.Premises.Length - 1 ? "└─ " : "├─ "), under + (i == node.Premises.Length - 1 ? "   " : "│  ")));
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>As Jena's RuleDerivation prints it.</summary>
    public static string Trace(Proof proof)
    {
        var text = new StringBuilder();
        var shown = new HashSet<Triple>();
        var open = new Stack<(Proof? Node, string Line, int Depth)>([(proof, "", 0)]);
        while (open.TryPop(out var next))
        {
            text.Append(' ', next.Depth * Indent);
            if (next.Node is not { } node)
            {
                text.Append(next.Line).Append('\n');
                continue;
            }

            var triple = $"({Triple(node.Conclusion, proof.Prefixes)})";
            if (node.Rule is null)
                text.Append("Fact ").Append(triple).Append('\n');
            else if (!shown.Add(node.Conclusion))
                text.Append("Known ").Append(triple).Append(" - already shown\n");
            else
            {
                text.Append("Rule ").Append(node.Rule.Title).Append(" concluded ").Append(triple).Append(" <-\n");
                var premise = node.Premises.Length;
                for (var i = node.Rule.Body.Length - 1; i >= 0; i--)
                    open.Push(node.Rule.Body[i] is TripleClause ? (node.Premises[--premise], "", next.Depth + 1) : (null, Name(node.Rule.Body[i]), next.Depth + 1));
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Name(RuleClause clause) => clause switch
    {
        BuiltinClause builtin => builtin.Name + "()",
        NegationClause => "not()",
        AggregateClause aggregate => $"{aggregate.Function.ToString().ToLowerInvariant()}()",
        _ => "",
    };

    private static string Triple(Triple triple, IReadOnlyDictionary<string, string> prefixes) =>
        $"{RuleWriter.Write(triple.Subject, prefixes)} {RuleWriter.Write(triple.Predicate, prefixes)} {RuleWriter.Write(triple.Object, prefixes)}";
}
