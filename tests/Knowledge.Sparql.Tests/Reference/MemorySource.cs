using System.Buffers;
using System.Text;
using Knowledge.Rdf;

namespace Knowledge.Sparql.Tests.Reference;

/// <summary>A source that keeps its quads in a sorted set, with blocks of a few words, so that everything that depends on their ends is met.</summary>
internal sealed class MemorySource(int blockLength = 3) : IQuadStore
{
    private readonly Dictionary<string, uint> _ids = [];
    private readonly List<string> _texts = [""];
    private SortedSet<(uint G, uint P, uint S, uint O)> _quads = [];

    public long Version { get; private set; }

    public IReadOnlyDictionary<string, string> Prefixes { get; } = new Dictionary<string, string> { [""] = "http://x/" };

    public static MemorySource Of(IEnumerable<Quad> quads, int blockLength = 3)
    {
        var source = new MemorySource(blockLength);
        foreach (var quad in quads)
            source._quads.Add((quad.Graph is null ? 0 : source.Id(quad.Graph.ToString()), source.Id(quad.Predicate.ToString()), source.Id(quad.Subject.ToString()), source.Id(quad.Object.ToString())));
        return source;
    }

    public IEnumerable<Quad> Quads => _quads.Select(q => new Quad(Term(q.S), Term(q.P), Term(q.O), q.G == 0 ? null : Term(q.G)));

    public IQuadSnapshot Snapshot(AsOf asOf = default) => new View(this, [.. _quads]);

    public IDisposable Subscribe(Action<QuadDelta> listener) => throw new NotSupportedException("Nobody listens to this source.");

    public IQuadTransaction BeginWrite(CancellationToken cancellationToken = default) => new Writing(this);

    private uint Id(string text)
    {
        if (!_ids.TryGetValue(text, out var id))
        {
            _ids.Add(text, id = (uint)_texts.Count);
            _texts.Add(text);
        }

        return id;
    }

    private Term Term(uint id) => TermText.Parse(_texts[(int)id]);

    private sealed class Writing(MemorySource source) : IQuadTransaction
    {
        private readonly SortedSet<(uint G, uint P, uint S, uint O)> _quads = [.. source._quads];

        public IQuadSnapshot Snapshot() => new View(source, [.. _quads]);

        public void Add(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) => _quads.Add(Ids(subject, predicate, @object, graph));

        public void Remove(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) => _quads.Remove(Ids(subject, predicate, @object, graph));

        public long Commit()
        {
            source._quads = _quads;
            return ++source.Version;
        }

        public void Dispose()
        {
        }

        private (uint, uint, uint, uint) Ids(ReadOnlySpan<byte> s, ReadOnlySpan<byte> p, ReadOnlySpan<byte> o, ReadOnlySpan<byte> g) => (g.IsEmpty ? 0 : Id(g), Id(p), Id(s), Id(o));

        private uint Id(ReadOnlySpan<byte> text) => source.Id(Encoding.UTF8.GetString(text));
    }

    private sealed class View(MemorySource source, List<(uint G, uint P, uint S, uint O)> quads) : IQuadSnapshot, ITermDictionary
    {
        public long Version => source.Version;

        public ITermDictionary Terms => this;

        public IReadOnlyList<TermId> Graphs => [.. quads.Select(q => q.G).Where(g => g != 0).Distinct().Order().Select(g => new TermId(g))];

        public IReadOnlyList<PredicateCounts> Predicates(TermId graph) => [.. quads.Where(q => q.G == graph.Value).GroupBy(q => q.P).OrderBy(p => p.Key)
            .Select(p => new PredicateCounts(new TermId(p.Key), p.Count(), p.Select(q => q.S).Distinct().Count(), p.Select(q => q.O).Distinct().Count()))];

        public long Count(QuadIds pattern) => quads.Count(q => q.G == pattern.Graph.Value && Fits(pattern.Predicate, q.P) && Fits(pattern.Subject, q.S) && Fits(pattern.Object, q.O));

        public bool Contains(QuadIds quad) => Count(quad) > 0;

        public IPairCursor Pairs(TermId graph, TermId predicate, PairOrder order, TermId first = default)
        {
            var pairs = quads.Where(q => q.G == graph.Value && q.P == predicate.Value).Select(q => order == PairOrder.SubjectObject ? ((ulong)q.S << 32) | q.O : ((ulong)q.O << 32) | q.S);
            return new Cursor([.. pairs.Where(p => first.IsNone || p >> 32 == first.Value).Order()], source.BlockLength);
        }

        public bool TryFind(ReadOnlySpan<byte> text, out TermId id)
        {
            var found = source._ids.TryGetValue(Encoding.UTF8.GetString(text), out var value);
            id = new TermId(value);
            return found;
        }

        public void Write(TermId id, IBufferWriter<byte> output) => Encoding.UTF8.GetBytes(source._texts[(int)id.Value], output);

        public TermKind Kind(TermId id) => source.Term(id.Value).Kind;

        public void Dispose()
        {
        }

        private static bool Fits(TermId wanted, uint id) => wanted.IsNone || wanted.Value == id;
    }

    private int BlockLength => blockLength;

    private sealed class Cursor(ulong[] pairs, int blockLength) : IPairCursor
    {
        private int _at;

        public ReadOnlySpan<ulong> Next()
        {
            var block = pairs.AsSpan(_at, Math.Min(blockLength, pairs.Length - _at));
            _at += block.Length;
            return block;
        }

        public void Seek(ulong pair)
        {
            while (_at < pairs.Length && pairs[_at] < pair)
                _at++;
        }

        public void Dispose()
        {
        }
    }
}
