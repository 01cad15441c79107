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
        var (wordings, slot, relation) = kind switch
        {
            < 0.42 => (Phrases.Greater, "greater", "greater than"),
            < 0.82 => (Phrases.Less, "less", "less than"),
            < 0.92 => (Phrases.Equal, "equal", "equal to"),
            _ => (Phrases.Larger, "larger", ""),
        };
        var question = draft.Atom(slot, wordings).Replace("{q}", phrase, StringComparison.Ordinal).Replace("{z}", draft.Written(threshold), StringComparison.Ordinal);
        var claim = isDirect ? Calculator.Text(a) : $"{Calculator.Text(a)} {Sign(operation)} {Calculator.Text(b)}";
        return new Solution("comparison", char.ToUpperInvariant(question[0]) + question[1..], Moves(operation, a, b, threshold, claim, relation, isDirect), Finish(relation));
    }

    private static IReadOnlyList<Move> Moves(Operation operation, double a, double b, double threshold, string claim, string relation, bool isDirect)
    {
        var z = Calculator.Text(threshold);
        var lead = relation.Length == 0 ? $"I need to know which is greater, {claim} or {z}." : $"The claim is that {claim} is {relation} {z}.";
        if (isDirect)
            return [new Move(Operation.Compare, [Operand.Of(a), Operand.Of(threshold)], _ => $"{lead} I need to compare {Calculator.Text(a)} with {z}.")];
        return
        [
            new Move(operation, [Operand.Of(a), Operand.Of(b)], _ => $"{lead} First I need to {Verbs.Do(operation, Calculator.Text(a), Calculator.Text(b))}."),
            new Move(Operation.Compare, [Operand.Result(0), Operand.Of(threshold)], results => $"Now I need to compare {results[0]} with {z}."),
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
