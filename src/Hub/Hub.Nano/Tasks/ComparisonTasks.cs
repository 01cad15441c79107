namespace Hub.Nano.Tasks;

/// <summary>Claims about the result of a computation, or about a number.</summary>
internal static class ComparisonTasks
{
    public static Solution Claim(Draft draft)
    {
        var random = draft.Random;
        var isDirect = random.Chance(0.2);
        var operation = random.Pick<Operation>([Operation.Add, Operation.Subtract, Operation.Multiply, Operation.Multiply, Operation.Divide]);
        var (a, b) = Operands.Draw(draft, operation);
        var value = isDirect ? a : double.Parse(Calculator.Run(operation, [a, b]), System.Globalization.CultureInfo.InvariantCulture);
        var kind = random.Unit();
        var threshold = draft.Number(() => Threshold(random, value, equal: kind >= 0.82 && kind < 0.92 && random.Chance(0.5)));
        var phrase = isDirect ? draft.Written(a) : ArithmeticTasks.Fill(draft, draft.Atom("noun", Phrases.Nouns[operation]), a, b);
        phrase = char.ToLowerInvariant(phrase[0]) + phrase[1..];
        var relation = kind switch { < 0.41 => "greater than", < 0.82 => "less than", < 0.92 => "equal to", _ => "" };
        // The claim is checked in the order in which it is made: no relation has to be turned round in the head.
        var (wording, isTurned) = Wording(draft, relation, isDirect);
        var z = draft.Written(threshold);
        var question = wording.Replace("{s}", isTurned ? z : phrase, StringComparison.Ordinal).Replace("{o}", isTurned ? phrase : z, StringComparison.Ordinal);
        var computed = isDirect ? Calculator.Text(a) : $"{Calculator.Text(a)} {Sign(operation)} {Calculator.Text(b)}";
        var (subject, other) = isTurned ? (Calculator.Text(threshold), computed) : (computed, Calculator.Text(threshold));
        var lead = relation.Length == 0 ? $"I need to know which is greater, {subject} or {other}." : $"The claim is that {subject} is {relation} {other}.";
        return new Solution("comparison", char.ToUpperInvariant(question[0]) + question[1..], Moves(operation, a, b, threshold, lead, isTurned, isDirect), Finish(relation));
    }

    private static (string Wording, bool IsTurned) Wording(Draft draft, string relation, bool isDirect)
    {
        var random = draft.Random;
        if (relation.Length == 0)
            return (draft.Atom("larger", ClaimPhrases.Larger), random.Chance(0.3));
        var (words, others, computed) = relation switch
        {
            "greater than" => (ClaimPhrases.Greater, ClaimPhrases.OtherGreater, ClaimPhrases.ComputedGreater),
            "less than" => (ClaimPhrases.Less, ClaimPhrases.OtherLess, ClaimPhrases.ComputedLess),
            _ => (ClaimPhrases.Equal, ClaimPhrases.OtherEqual, ClaimPhrases.ComputedEqual),
        };
        var kind = random.Unit();
        if (kind < 0.12 && !isDirect)
            return (draft.Atom("claim_computed", computed), false);
        var isTurned = !isDirect && random.Chance(0.25);
        return kind < 0.3
            ? (draft.Atom("claim_other", others), isTurned)
            : (draft.Atom("claim", ClaimPhrases.Frames).Replace("{r}", random.Pick(words), StringComparison.Ordinal), isTurned);
    }

    private static IReadOnlyList<Move> Moves(Operation operation, double a, double b, double threshold, string lead, bool isTurned, bool isDirect)
    {
        var z = Calculator.Text(threshold);
        if (isDirect)
            return [new Move(Operation.Compare, [Operand.Of(a), Operand.Of(threshold)], _ => $"{lead} I need to compare {Calculator.Text(a)} with {z}.")];
        Operand[] compared = isTurned ? [Operand.Of(threshold), Operand.Result(0)] : [Operand.Result(0), Operand.Of(threshold)];
        return
        [
            new Move(operation, [Operand.Of(a), Operand.Of(b)], _ => $"{lead} First I need to {Verbs.Do(operation, Calculator.Text(a), Calculator.Text(b))}."),
            new Move(Operation.Compare, compared, results => isTurned ? $"Now I need to compare {z} with {results[0]}." : $"Now I need to compare {results[0]} with {z}."),
        ];
    }

    private static Func<IReadOnlyList<string>, (string Thought, string Answer)> Finish(string relation) => results =>
    {
        var found = results[^1];
        if (relation.Length > 0)
        {
            var isTrue = found.Contains($" is {relation} ", StringComparison.Ordinal);
            return ($"The claim was {relation.Split(' ')[0]}, and {found}. It is {(isTrue ? "true" : "false")}.", $"{(isTrue ? "Yes" : "No")}, {found}.");
        }

        var parts = found.Split(' ');
        var larger = found.Contains(" is less than ", StringComparison.Ordinal) ? parts[^1] : parts[0];
        return ($"The greater one is {larger}, because {found}.", larger);
    };

    private static double Threshold(NanoRandom random, double value, bool equal)
    {
        if (equal)
            return value;
        while (true)
        {
            var whole = Math.Round(value);
            var z = random.Unit() switch
            {
                < 0.3 => whole + random.Range(-9, 9),
                < 0.65 => Math.Round(whole * (0.8 + (0.4 * random.Unit()))),
                < 0.9 => Math.Round(whole * (0.3 + (1.5 * random.Unit()))),
                _ => Operands.Plain(random),
            };
            if (z >= 1 && z != value)
                return z;
            if (value < 1)
                return random.Range(1, 60);
        }
    }

    private static string Sign(Operation operation) => operation switch
    {
        Operation.Add => "plus",
        Operation.Subtract => "minus",
        Operation.Multiply => "times",
        _ => "divided by",
    };
}
