using System.Globalization;

namespace Backends.Training.Characters;

/// <summary>Batches of blocks from random places of a text, every character counted.</summary>
internal sealed class CharacterBlocks : ITrainingData
{
    private readonly int[] _ids;
    private readonly int _rows;
    private readonly int _width;
    private readonly bool _shuffleTargets;
    private SplitMix _random;

    /// <param name="ids">The text, longer than one block.</param>
    /// <param name="rows">Blocks of a batch.</param>
    /// <param name="width">Characters of a block.</param>
    /// <param name="seed">Same seed, same batches.</param>
    /// <param name="shuffleTargets">A control: the targets of a batch change places among themselves, so that only frequencies can be learnt.</param>
    public CharacterBlocks(int[] ids, int rows, int width, long seed, bool shuffleTargets = false)
    {
        if (ids.Length <= width)
            throw new ArgumentException($"The text has {ids.Length} characters; more than one block of {width} is needed.", nameof(ids));
        (_ids, _rows, _width, _shuffleTargets) = (ids, rows, width, shuffleTargets);
        _random = new SplitMix((ulong)seed);
    }

    public TrainingBatch Next()
    {
        var count = _rows * _width;
        long[] ids = new long[count], targets = new long[count], positions = new long[count];
        for (var row = 0; row < _rows; row++)
            Block(_ids, _random.Below(_ids.Length - _width), _width, ids.AsSpan(row * _width), targets.AsSpan(row * _width));
        for (var i = 0; i < count; i++)
            positions[i] = i;
        for (var i = count - 1; _shuffleTargets && i > 0; i--)
        {
            var other = _random.Below(i + 1);
            (targets[i], targets[other]) = (targets[other], targets[i]);
        }

        return new TrainingBatch(ids, _rows, _width, positions, targets, count);
    }

    public string SaveState() => _random.State.ToString(CultureInfo.InvariantCulture);

    public void RestoreState(string state) => _random = new SplitMix(ulong.Parse(state, NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>Writes a block and what follows each of its characters.</summary>
    internal static void Block(int[] text, int start, int width, Span<long> ids, Span<long> targets)
    {
        for (var i = 0; i < width; i++)
        {
            ids[i] = text[start + i];
            targets[i] = text[start + i + 1];
        }
    }
}
