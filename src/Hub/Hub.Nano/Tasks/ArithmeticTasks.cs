namespace Hub.Nano.Tasks;

/// <summary>Questions of one and two steps.</summary>
internal static class ArithmeticTasks
{
    private static readonly Operation[] s_operations = [Operation.Add, Operation.Subtract, Operation.Multiply, Operation.Divide];

    public static Solution OneStep(Draft draft)
    {
        var random = draft.Random;
        var kind = random.Unit();
        if (kind < 0.12)
            return Unary(draft);
        if (kind < 0.18)
            return Triple(draft);
        var operation = random.Pick(s_operations);
        var (a, b) = Operands.Draw(draft, operation);
        var question = kind switch
        {
            < 0.45 => draft.Atom("head", Phrases.Heads).Replace("{q}", draft.Atom("noun", Phrases.Nouns[operation]), StringComparison.Ordinal),
            < 0.65 => draft.Atom("command", Phrases.Commands[operation]),
            < 0.83 => Stories.Whole(draft, operation),
            _ => Stories.Composed(draft, operation),
        };
        return new Solution("arithmetic", Fill(draft, question, a, b), [First(operation, a, b)], Result);
    }

    public static Solution TwoSteps(Draft draft)
    {
        var random = draft.Random;
        var first = random.Pick(s_operations);
        var second = random.Pick(s_operations);
        var (a, b) = Operands.Draw(draft, first);
        var c = draft.Number(() => second == Operation.Divide ? random.Range(2, 25) : second == Operation.Multiply ? random.Range(2, 99) : Operands.Plain(random));
        string question;
        if (random.Chance(0.55))
        {
            var command = draft.Atom("command", [.. Phrases.Commands[first].Where(p => p.EndsWith('.'))]).TrimEnd('.');
            var join = draft.Atom("join", Phrases.Joins);
            if (!join.StartsWith("{d}", StringComparison.Ordinal))
                command = Lower(command);
            question = join.Replace("{d}", command, StringComparison.Ordinal).Replace("{t}", draft.Atom("then", Phrases.Then[second]), StringComparison.Ordinal);
        }
        else
        {
            // "64 shared by 8 and 77" has two readings; "the result of 64 over 8, and 77 more" has one.
            var outer = draft.Atom("outer", Phrases.Outer[second]);
            var isClosed = outer.StartsWith("{q},", StringComparison.Ordinal);
            var inner = draft.Atom("noun", isClosed ? Phrases.Nouns[first] : [.. Phrases.Nouns[first].Where(n => n.StartsWith("the ", StringComparison.Ordinal))]);
            question = draft.Atom("head", Phrases.Heads).Replace("{q}", outer.Replace("{q}", inner, StringComparison.Ordinal), StringComparison.Ordinal);
        }

        question = Fill(draft, question, a, b).Replace("{c}", draft.Written(c), StringComparison.Ordinal);
        var (ta, tb, tc) = (Calculator.Text(a), Calculator.Text(b), Calculator.Text(c));
        return new Solution("two_step", question,
            [
                new Move(first, [Operand.Of(a), Operand.Of(b)], _ => $"First I need to {Verbs.Do(first, ta, tb)}, then {Verbs.Then(second, tc)}."),
                new Move(second, [Operand.Result(0), Operand.Of(c)], results => $"Now I need to {Verbs.Do(second, results[0], tc)}."),
            ],
            Result);
    }

    /// <summary>Puts two numbers into a question and capitalises it.</summary>
    public static string Fill(Draft draft, string question, double a, double b) => Upper(question
        .Replace("{a}", draft.Written(a), StringComparison.Ordinal)
        .Replace("{b}", draft.Written(b), StringComparison.Ordinal));

    public static Move First(Operation operation, double a, double b) =>
        new(operation, [Operand.Of(a), Operand.Of(b)], _ => $"I need to {Verbs.Do(operation, Calculator.Text(a), Calculator.Text(b))}.");

    public static (string Thought, string Answer) Result(IReadOnlyList<string> results) => ($"The result is {results[^1]}.", results[^1]);

    private static Solution Unary(Draft draft)
    {
        var (operation, second, wordings) = draft.Random.Pick(Phrases.Unary);
        var a = draft.Number(() => operation == Operation.Divide && draft.Random.Chance(0.8) ? draft.Random.Range(2, 400) * second : draft.Random.Range(2, second == 0 ? 400 : 3000));
        var b = second == 0 ? a : second;
        var question = draft.Atom("head", Phrases.Heads).Replace("{q}", draft.Atom("unary", wordings), StringComparison.Ordinal);
        return new Solution("arithmetic", Fill(draft, question, a, b), [First(operation, a, b)], Result);
    }

    private static Solution Triple(Draft draft)
    {
        var operation = draft.Random.Pick<Operation>([Operation.Add, Operation.Add, Operation.Multiply]);
        double Draw() => draft.Number(() => operation == Operation.Add ? Operands.Plain(draft.Random) : draft.Random.Range(2, 30));
        var (a, b, c) = (Draw(), Draw(), Draw());
        var question = draft.Atom("head", Phrases.Heads).Replace("{q}", draft.Atom("triple", Phrases.Triples[operation]), StringComparison.Ordinal);
        question = Fill(draft, question, a, b).Replace("{c}", draft.Written(c), StringComparison.Ordinal);
        var all = operation == Operation.Add ? "add" : "multiply";
        return new Solution("arithmetic", question,
            [new Move(operation, [Operand.Of(a), Operand.Of(b), Operand.Of(c)], _ => $"I need to {all} {Calculator.Text(a)}, {Calculator.Text(b)} and {Calculator.Text(c)}.")],
            Result);
    }

    private static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
