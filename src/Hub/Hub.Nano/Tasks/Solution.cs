namespace Hub.Nano.Tasks;

/// <summary>A question with its solution, before tools are chosen.</summary>
internal sealed record Solution(string Family, string Question, IReadOnlyList<Move> Moves, Func<IReadOnlyList<string>, (string Thought, string Answer)> Finish)
{
    public bool CanBePlanned { get; init; } = true;
}

/// <summary>One operation of a solution. An operand is a number, or the result of an earlier move.</summary>
internal sealed record Move(Operation Operation, IReadOnlyList<Operand> Operands, Func<IReadOnlyList<string>, string> Thought);

/// <summary>A number, or the index of the move that it comes from.</summary>
internal readonly record struct Operand(double Number, int From)
{
    public static Operand Of(double number) => new(number, -1);

    public static Operand Result(int move) => new(0, move);
}
