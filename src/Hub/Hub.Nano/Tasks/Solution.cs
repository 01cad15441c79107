namespace Hub.Nano.Tasks;

/// <summary>A question with its solution, before tools are chosen.</summary>
internal sealed record Solution(string Family, string Question, IReadOnlyList<Move> Moves, Func<IReadOnlyList<string>, (string Thought, string Answer)> Finish)
{
    public bool CanBePlanned { get; init; } = true;

    /// <summary>The table that a look-up needs; null for other questions.</summary>
    public NanoTable? Table { get; init; }

    /// <summary>What <c>{n}</c> in the question stands for: it is filled in last, so that a slip of the finger does not change a name.</summary>
    public string? Name { get; init; }
}

/// <summary>One operation of a solution. An operand is a number, or the result of an earlier move.</summary>
internal sealed record Move(Operation Operation, IReadOnlyList<Operand> Operands, Func<IReadOnlyList<string>, string> Thought);

/// <summary>A number, a text, or the index of the move that it comes from.</summary>
internal readonly record struct Operand(double Number, string? Text, int From)
{
    public static Operand Of(double number) => new(number, null, -1);

    public static Operand Of(string text) => new(0, text, -1);

    public static Operand Result(int move) => new(0, null, move);
}
