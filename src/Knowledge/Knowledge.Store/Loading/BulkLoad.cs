namespace Knowledge.Store;

/// <summary>Collects the quads of a load as pairs of ids by graph and predicate, then sorts them.</summary>
/// <remarks>Files repeat their last subject and few predicates: both are remembered by their bytes. The other terms are looked up in batches.</remarks>
internal sealed class BulkLoad : IQuadSink
{
    private const int QuadsPerTurn = 4096;
    private const int PredicateSlots = 256;

    private readonly TermDictionary _dictionary;
    private readonly TermBatch _batch;
    private readonly WordArrays _arrays = new();
    private readonly Dictionary<(uint Graph, uint Predicate), PairList> _lists = [];
    private readonly (byte[] Text, uint Graph, PairList? Pairs)[] _predicates = new (byte[], uint, PairList?)[PredicateSlots];
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);
    private readonly (PairList Pairs, int Subject, int Object)[] _quads = new (PairList, int, int)[TermBatch.MaxTerms];
    private int _quadCount;
    private byte[] _subjectText = [];
    private int _subjectLength = -1;
    private int _subject;
    private uint _subjectBefore;
    private byte[] _graphText = [];
    private uint _graph;
    private int _turn;
    private readonly Action<long>? _turned;

    /// <summary>A load into a dictionary.</summary>
    /// <param name="dictionary">Where terms get their ids.</param>
    /// <param name="turned">Told the number of quads so far, every few thousand quads; what it throws ends the load.</param>
    public BulkLoad(TermDictionary dictionary, Action<long>? turned)
    {
        _dictionary = dictionary;
        _batch = new TermBatch(dictionary);
        _turned = turned;
    }

    /// <summary>Quads taken so far, repeated ones included.</summary>
    public long Quads { get; private set; }

    /// <summary>Quads that were given to a step and did not hold before it.</summary>
    public long Added { get; private set; }

    /// <summary>Prefixes that were declared.</summary>
    public IReadOnlyDictionary<string, string> Prefixes => _prefixes;

    /// <inheritdoc/>
    public void Prefix(string prefix, string iri) => _prefixes[prefix] = iri;

    /// <inheritdoc/>
    public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        if (--_turn < 0)
        {
            _turned?.Invoke(Quads);
            _turn = QuadsPerTurn;
        }

        if (subject.Length != _subjectLength || !subject.SequenceEqual(_subjectText.AsSpan(0, subject.Length)))
            NextSubject(subject);
        if (!graph.SequenceEqual(_graphText))
        {
            _graph = graph.IsEmpty ? 0 : _dictionary.Intern(graph);
            _graphText = graph.ToArray();
        }

        _quads[_quadCount++] = (PairsOf(predicate), _subject, _batch.Add(@object));
        Quads++;
        if (_batch.Count > TermBatch.MaxTerms - 2)
            ResolveBatch();
    }

    /// <summary>Ends the reading, and sorts.</summary>
    public void Close()
    {
        ResolveBatch();
        foreach (var list in _lists.Values)
            list.Sort();
    }

    /// <summary>Gives the sorted pairs to a step, after <see cref="Close"/>. They can be given once.</summary>
    public void Apply(StateEdit edit)
    {
        foreach (var ((graph, predicate), list) in _lists)
            Added += list.Give(edit, graph, predicate);
        _lists.Clear();
    }

    private void NextSubject(ReadOnlySpan<byte> subject)
    {
        if (_subjectText.Length < subject.Length)
            _subjectText = new byte[subject.Length * 2];
        subject.CopyTo(_subjectText);
        _subjectLength = subject.Length;
        _subject = _batch.Add(subject);
    }

    /// <summary>Gives the terms of the batch their ids; other threads may add terms between two batches.</summary>
    private void ResolveBatch()
    {
        lock (_dictionary.Adding)
            _batch.Resolve();
        var ids = _batch.Ids;
        foreach (var (pairs, subject, @object) in _quads.AsSpan(0, _quadCount))
            pairs.Add(((ulong)(subject < 0 ? _subjectBefore : ids[subject]) << 32) | ids[@object]);
        if (_subject >= 0 && _batch.Count > 0)
            _subjectBefore = ids[_subject];
        _subject = -1;
        _quadCount = 0;
        _batch.Clear();
    }

    private PairList PairsOf(ReadOnlySpan<byte> predicate)
    {
        // IRIs of one vocabulary differ in their ends and lengths.
        var slot = predicate.Length < 8 ? 0 : (int)((BitConverter.ToUInt64(predicate[^8..]) * 0x9E3779B97F4A7C15 >> 56) + (uint)predicate.Length) % PredicateSlots;
        ref var remembered = ref _predicates[slot];
        if (remembered.Pairs is not null && remembered.Graph == _graph && predicate.SequenceEqual(remembered.Text))
            return remembered.Pairs;
        var key = (_graph, _dictionary.Intern(predicate));
        if (!_lists.TryGetValue(key, out var list))
            _lists[key] = list = new PairList(_arrays);
        remembered = (predicate.ToArray(), _graph, list);
        return list;
    }

    /// <summary>A growing list of pairs.</summary>
    private sealed class PairList(WordArrays arrays)
    {
        private ulong[] _words = arrays.Take(1);
        private ulong[] _sorted = [];
        private int _count;

        public void Add(ulong pair)
        {
            if (_count == _words.Length)
                Grow();
            _words[_count++] = pair;
        }

        public void Sort()
        {
            _sorted = GC.AllocateUninitializedArray<ulong>(_count);
            var sorted = RadixSort.Sort(_words, _sorted, _count);
            var distinct = RadixSort.Distinct(sorted.AsSpan(0, _count));
            if (sorted == _sorted && distinct == _count)
                return;
            if (distinct != _count)
                _sorted = GC.AllocateUninitializedArray<ulong>(distinct);
            sorted.AsSpan(0, distinct).CopyTo(_sorted);
        }

        public int Give(StateEdit edit, uint graph, uint predicate)
        {
            var added = edit.SetAlways(graph, predicate, _sorted, _words);
            (_words, _sorted) = ([], []);
            return added;
        }

        private void Grow()
        {
            var larger = arrays.Take(_count * 2L);
            _words.AsSpan(0, _count).CopyTo(larger);
            arrays.Give(_words);
            _words = larger;
        }
    }
}
