namespace Backends.Training;

/// <summary>One batch: whole sequences side by side, and the positions whose next token the loss counts.</summary>
/// <param name="Ids">Token ids row by row, <c>[Rows * Width]</c>; padding may hold any valid id.</param>
/// <param name="Rows">Sequences, B.</param>
/// <param name="Width">Tokens of each row, T; a multiple of 16 keeps the number of compiled shapes small.</param>
/// <param name="Positions">Indices into <see cref="Ids"/> after which a token is predicted, <c>[N]</c>; padded to a multiple (256) for the same reason.</param>
/// <param name="Targets">The token that follows each position, <c>[N]</c>, or <see cref="Ignored"/> for padding.</param>
/// <param name="Tokens">Real tokens in the batch, padding not counted; what token budgets and speeds count.</param>
public sealed record TrainingBatch(long[] Ids, int Rows, int Width, long[] Positions, long[] Targets, int Tokens)
{
    /// <summary>The target of a padded position, which the loss leaves out.</summary>
    public const long Ignored = -100;

    /// <summary>Checks sizes and ranges before anything native sees them.</summary>
    /// <param name="vocabulary">Number of token ids.</param>
    /// <exception cref="ArgumentException">What does not fit, with its index.</exception>
    public void Validate(int vocabulary)
    {
        if (Rows < 1 || Width < 1 || Ids.Length != (long)Rows * Width)
            throw new ArgumentException($"A batch of {Rows} x {Width} has {Ids.Length} ids; {(long)Rows * Width} are needed.");
        if (Positions.Length != Targets.Length || Positions.Length == 0)
        {
            throw new ArgumentException(
                $"A batch has {Positions.Length} positions and {Targets.Length} targets; as many of each, and at least one, are needed.");
        }
        Check(Ids, "id", 0, vocabulary);
        Check(Positions, "position", 0, Ids.Length);
        Check(Targets, "target", Ignored, vocabulary);
        if (Array.TrueForAll(Targets, target => target == Ignored))
            throw new ArgumentException("Every target of a batch is padding; at least one must count.");
    }

    private static void Check(long[] values, string what, long low, long high)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var isPadding = low == Ignored && values[i] == Ignored;
            if (!isPadding && (values[i] < 0 || values[i] >= high))
                throw new ArgumentException($"The {what} at index {i} of a batch is {values[i]}; it must lie in [0, {high}).");
        }
    }
}
