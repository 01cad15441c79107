using System.Collections.Immutable;

namespace Knowledge.Store;

/// <summary>Collects the quads of a load as pairs of ids by graph and predicate, then sorts them.</summary>
/// <remarks>Files repeat their last subject and few predicates: both are remembered by their bytes, so that most of a line costs no look-up.</remarks>
internal sealed class BulkLoad : IQuadSink
{
    private const int QuadsPerTurn = 4096;
    private const int PredicateSlots = 256;

    private readonly TermDictionary _dictionary;
    private readonly Dictionary<(uint Graph, uint Predicate), PairList> _lists = [];
    private readonly (byte[] Text, uint Graph, PairList? Pairs)[] _predicates = new (byte[], uint, PairList?)[PredicateSlots];
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);
    private byte[] _subjectText = [];
    private int _subjectLength = -1;
    private uint _subject;
    private byte[] _graphText = [];
    private uint _graph;
    private int _turn;
    private bool _isAdding;

    /// <summary>A load into a dictionary.</summary>
    public BulkLoad(TermDictionary dictionary) => _dictionary = dictionary;

    /// <summary>Quads taken so far, repeated ones included.</summary>
    public long Quads { get; private set; }

    /// <summary>Prefixes that were declared.</summary>
    public IReadOnlyDictionary<string, string> Prefixes => _prefixes;

    /// <inheritdoc/>
    public void Prefix(string prefix, string iri) => _prefixes[prefix] = iri;

    /// <inheritdoc/>
    public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        if (--_turn < 0)
            NextTurn();
        if (subject.Length != _subjectLength || !subject.SequenceEqual(_subjectText.AsSpan(0, subject.Length)))
            NextSubject(subject);
        if (!graph.SequenceEqual(_graphText))
        {
            _graph = graph.IsEmpty ? 0 : _dictionary.Intern(graph);
            _graphText = graph.ToArray();
        }

        PairsOf(predicate).Add(((ulong)_subject << 32) | _dictionary.Intern(@object));
        Quads++;
    }

    /// <summary>Ends the reading: others may add terms again. To be called on the thread that read.</summary>
    public void Close()
    {
        if (_isAdding)
            _dictionary.Adding.Exit();
        _isAdding = false;
    }

    /// <summary>Gives the sorted pairs to a step. They can be given once.</summary>
    public void Apply(StateEdit edit)
    {
        foreach (var ((graph, predicate), list) in _lists)
            edit.SetAlways(graph, predicate, list.Sorted());
        _lists.Clear();
    }

    /// <summary>Lets other threads add terms between two turns: what is held over many additions costs little for each.</summary>
    private void NextTurn()
    {
        Close();
        _dictionary.Adding.Enter();
        _isAdding = true;
        _turn = QuadsPerTurn;
    }

    private void NextSubject(ReadOnlySpan<byte> subject)
    {
        if (_subjectText.Length < subject.Length)
            _subjectText = new byte[subject.Length * 2];
        subject.CopyTo(_subjectText);
        _subjectLength = subject.Length;
        _subject = _dictionary.Intern(subject);
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
            _lists[key] = list = new PairList();
        remembered = (predicate.ToArray(), _graph, list);
        return list;
    }

    /// <summary>A growing list of pairs.</summary>
    private sealed class PairList
    {
        private ulong[] _words = new ulong[4];
        private int _count;

        public void Add(ulong pair)
        {
            if (_count == _words.Length)
                Array.Resize(ref _words, Math.Min(Array.MaxLength, _count * 2));
            _words[_count++] = pair;
        }

        public ulong[] Sorted()
        {
            var words = _words.AsSpan(0, _count);
            _words = [];
            var sorted = RadixSort.Sort(words, GC.AllocateUninitializedArray<ulong>(_count));
            return sorted[..RadixSort.Distinct(sorted)].ToArray();
        }
    }
}
