using System.Runtime.InteropServices;

namespace Knowledge.Rules;

/// <summary>Facts that rules concluded in a round, before what is known already is taken out.</summary>
/// <param name="world">What is known, and limits.</param>
internal sealed class PendingFacts(RuleWorld world)
{
    private readonly Dictionary<uint, Buffer> _buffers = [];
    private Dictionary<uint, List<RankedPairs>> _ranked = [];

    /// <summary>The rule that runs, with its bindings so far; for messages.</summary>
    public (CompiledRule Rule, uint[] Bindings) Running { get; set; }

    /// <summary>Adds a fact.</summary>
    public void Add(uint subject, uint predicate, uint @object) => Of(predicate).Add(FactColumns.Pair(subject, @object));

    /// <summary>Where the facts of a predicate go.</summary>
    public Buffer Of(uint predicate)
    {
        ref var buffer = ref CollectionsMarshal.GetValueRefOrAddDefault(_buffers, predicate, out _);
        return buffer ??= new Buffer(predicate, this);
    }

    /// <summary>Adds facts whose ranks within the round differ: a fact of distance d hangs on ones of lower distances.</summary>
    /// <param name="predicate">Their predicate.</param>
    /// <param name="pairs">Facts; of what is added twice the shorter distance counts.</param>
    public void AddRanked(uint predicate, RankedPairs pairs)
    {
        Of(predicate).AddRange(pairs.Pairs);
        ref var all = ref CollectionsMarshal.GetValueRefOrAddDefault(_ranked, predicate, out _);
        (all ??= []).Add(pairs);
    }

    /// <summary>The distances of facts that were added with them since this was asked last, by predicate.</summary>
    public Dictionary<uint, List<RankedPairs>> TakeRanked()
    {
        var ranked = _ranked;
        _ranked = [];
        return ranked;
    }

    /// <summary>What was added, by predicate.</summary>
    public IEnumerable<Buffer> Buffers => _buffers.Values;

    private Relation? Known(uint predicate) => world.Facts.Find(predicate);

    private void CheckLimit(long count)
    {
        if (count > world.Options.MaxInferred)
            throw world.Limit(nameof(ForwardOptions.MaxInferred), world.Options.MaxInferred, "Rules infer too many facts", Running.Rule, Running.Bindings);
    }

    /// <summary>Pairs of one predicate, in no order and perhaps more than once.</summary>
    internal sealed class Buffer(uint predicate, PendingFacts all)
    {
        private const int CompactLength = 1 << 20;

        private readonly Dictionary<uint, SeenSubjects> _seen = [];
        private ulong[] _pairs = new ulong[16];
        private int _count;
        private int _compactAt = CompactLength;

        public uint Predicate => predicate;

        /// <summary>Number of pairs, some of them perhaps more than once.</summary>
        public int Count => _count;

        public void Add(ulong pair)
        {
            if (_count == _pairs.Length)
                Grow(1);
            _pairs[_count++] = pair;
        }

        public void AddRange(ReadOnlySpan<ulong> pairs)
        {
            Grow(pairs.Length);
            pairs.CopyTo(_pairs.AsSpan(_count));
            _count += pairs.Length;
        }

        public void AddTurned(ReadOnlySpan<ulong> pairs)
        {
            Grow(pairs.Length);
            RadixSort.Swap(pairs, _pairs.AsSpan(_count, pairs.Length));
            _count += pairs.Length;
        }

        /// <summary>Subjects that are known or were added with an object; null where a set of them would be larger than it is worth.</summary>
        public SeenSubjects? Seen(uint @object, int words)
        {
            if (!_seen.TryGetValue(@object, out var seen))
            {
                if (_seen.Count * (long)words > SeenSubjects.MaxWords)
                    return null;
                _seen[@object] = seen = new SeenSubjects(words, all.Known(predicate)?.ByObject ?? PairColumn.Empty, @object);
            }

            return seen;
        }

        /// <summary>Takes what some buffers of one predicate hold.</summary>
        /// <param name="buffers">Compacted.</param>
        /// <returns>Sorted, distinct.</returns>
        public static ulong[] Take(IReadOnlyList<Buffer> buffers)
        {
            var pairs = buffers.Count == 1 ? buffers[0].Pairs.ToArray() : RadixSort.Union(buffers[0].Pairs, buffers[1].Pairs);
            foreach (var other in buffers.Skip(2))
                pairs = RadixSort.Union(pairs, other.Pairs);
            foreach (var buffer in buffers)
                (buffer._count, buffer._compactAt) = (0, CompactLength);
            return pairs;
        }

        private ReadOnlySpan<ulong> Pairs => _pairs.AsSpan(0, _count);

        private void Grow(int by)
        {
            if (_count + by <= _pairs.Length)
                return;
            if (_count >= _compactAt)
            {
                Compact();
                all.CheckLimit(_count);
                _compactAt = Math.Max(CompactLength, 4 * _count);
            }

            if (_count + by > _pairs.Length)
                Array.Resize(ref _pairs, Math.Max(_count + by, (int)Math.Min(Array.MaxLength, 2L * _pairs.Length)));
        }

        /// <summary>Sorts, and takes out repeated pairs and known ones.</summary>
        public void Compact()
        {
            if (_count == 0)
                return;
            _pairs = RadixSort.Sort(_pairs, _count <= RadixSort.SmallLength ? [] : GC.AllocateUninitializedArray<ulong>(_pairs.Length), _count);
            var distinct = RadixSort.Distinct(_pairs.AsSpan(0, _count));
            _count = all.Known(predicate)?.BySubject.RemoveFrom(_pairs.AsSpan(0, distinct)) ?? distinct;
        }
    }
}

/// <summary>Subjects of one predicate and object, a bit for each.</summary>
internal sealed class SeenSubjects
{
    /// <summary>Words that all such sets of one predicate may have together: 64 MiB.</summary>
    public const long MaxWords = 8 << 20;

    private readonly ulong[] _bits;

    public SeenSubjects(int words, PairColumn byObject, uint @object)
    {
        _bits = new ulong[words];
        for (var at = byObject.IndexOf((ulong)@object << 32); at < byObject.Count;)
        {
            var span = byObject.From(at);
            foreach (var pair in span)
            {
                if ((uint)(pair >> 32) != @object)
                    return;
                Add((uint)pair);
            }

            at += span.Length;
        }
    }

    /// <summary>Adds a subject.</summary>
    /// <returns>Whether it was not there, or has no bit.</returns>
    public bool Add(uint subject)
    {
        var word = subject >> 6;
        if (word >= (uint)_bits.Length)
            return true;
        var bit = 1UL << (int)subject;
        var before = _bits[word];
        _bits[word] = before | bit;
        return (before & bit) == 0;
    }
}
