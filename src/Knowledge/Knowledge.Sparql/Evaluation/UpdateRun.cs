using System.Buffers;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Executes update operations within one transaction. Source: SPARQL 1.1 Update, sections 3 and 4.</summary>
/// <remarks>Graphs exist as long as they have a quad: CREATE makes none, and DROP is CLEAR.</remarks>
internal sealed class UpdateRun(IQuadTransaction transaction, QueryOptions options, IDocumentSource? documents)
{
    private int _operation;

    /// <summary>Executes one operation.</summary>
    public void Execute(UpdateOperation operation)
    {
        _operation++;
        switch (operation)
        {
            case DataOperation data:
                Data(data);
                break;
            case ModifyOperation modify:
                Modify(modify);
                break;
            case ClearOperation clear:
                Clear(clear);
                break;
            case CreateOperation create:
                Create(create);
                break;
            case TransferOperation transfer:
                Transfer(transfer);
                break;
            case LoadOperation load:
                Load(load);
                break;
        }
    }

    private void Data(DataOperation data)
    {
        using var snapshot = transaction.Snapshot();
        var nothing = QueryRun.Of(new Bgp([]), NewSession(snapshot, null), null, []);
        var solution = new TemplateSolution(nothing, Batch.Unit(nothing.Sets.Slots), 0);
        foreach (var quad in Instances(solution, data.Quads, null).ToList())
            Change(quad, data.IsDeletion);
    }

    // The WHERE clause sees the quads before the operation; deletions come before insertions (3.1.3).
    private void Modify(ModifyOperation modify)
    {
        var (deletions, insertions) = (new HashSet<Quad>(), new HashSet<Quad>());
        using (var snapshot = transaction.Snapshot())
        {
            var algebra = Translation.Where(modify.Where);
            var run = QueryRun.Of(algebra, NewSession(snapshot, modify), null, null);
            foreach (var batch in run.Batches())
            {
                for (var row = 0; row < batch.Count; row++)
                {
                    var solution = new TemplateSolution(run, batch, row);
                    deletions.UnionWith(Instances(solution, modify.Delete, modify.With));
                    insertions.UnionWith(Instances(solution, modify.Insert, modify.With));
                }
            }
        }

        foreach (var quad in deletions)
            Change(quad, isDeletion: true);
        foreach (var quad in insertions)
            Change(quad, isDeletion: false);
    }

    private Session NewSession(IQuadSnapshot snapshot, ModifyOperation? modify)
    {
        // USING takes the place of WITH for the WHERE clause.
        if (modify is null || (modify.With is null && modify.Using.Count == 0 && modify.UsingNamed.Count == 0))
            return new Session(snapshot, Seeded(), null, null);
        if (modify.Using.Count > 0 || modify.UsingNamed.Count > 0)
            return new Session(snapshot, Seeded(), modify.Using, modify.UsingNamed);
        return new Session(snapshot, Seeded() with { DefaultGraphs = [modify.With!], NamedGraphs = AllNamed(snapshot) }, null, null);
    }

    // Operations of one request must not make the same blank nodes.
    private QueryOptions Seeded() => options.Seed is { } seed ? options with { Seed = seed + _operation } : options;

    private static List<Iri> AllNamed(IQuadSnapshot snapshot) => [.. snapshot.Graphs.Select(g => Decode(snapshot, g)).OfType<Iri>()];

    private static Term Decode(IQuadSnapshot snapshot, TermId id)
    {
        var text = new ArrayBufferWriter<byte>();
        snapshot.Terms.Write(id, text);
        return TermText.Parse(text.WrittenSpan);
    }

    private static IEnumerable<Quad> Instances(TemplateSolution solution, IReadOnlyList<QuadPattern> template, Iri? with)
    {
        foreach (var (graph, pattern) in template)
        {
            var name = graph is null ? with : solution.Term(graph);
            if ((graph is null || name is Iri or BlankNode) && solution.Triple(pattern) is { } triple)
                yield return new Quad(triple.Subject, triple.Predicate, triple.Object, name);
        }
    }

    private void Change(Quad quad, bool isDeletion)
    {
        var text = new ArrayBufferWriter<byte>();
        Span<int> ends = stackalloc int[4];
        TermText.Write(quad.Subject, text);
        ends[0] = text.WrittenCount;
        TermText.Write(quad.Predicate, text);
        ends[1] = text.WrittenCount;
        TermText.Write(quad.Object, text);
        ends[2] = text.WrittenCount;
        if (quad.Graph is { } graph)
            TermText.Write(graph, text);
        var all = text.WrittenSpan;
        if (isDeletion)
            transaction.Remove(all[..ends[0]], all[ends[0]..ends[1]], all[ends[1]..ends[2]], all[ends[2]..]);
        else
            transaction.Add(all[..ends[0]], all[ends[0]..ends[1]], all[ends[1]..ends[2]], all[ends[2]..]);
    }

    private void Clear(ClearOperation clear)
    {
        using var snapshot = transaction.Snapshot();
        if (clear.Target is GraphTarget.Default or GraphTarget.All)
            Clear(snapshot, TermId.None);
        if (clear.Target is GraphTarget.Named or GraphTarget.All)
            foreach (var graph in snapshot.Graphs)
                Clear(snapshot, graph);
        if (clear.Target != GraphTarget.One)
            return;
        if (Find(snapshot, clear.Graph!) is { } found)
            Clear(snapshot, found);
        else if (!clear.IsSilent)
            throw new UpdateException($"There is no graph {clear.Graph}. Write SILENT where that does not matter.");
    }

    private void Clear(IQuadSnapshot snapshot, TermId graph)
    {
        foreach (var quad in Quads(snapshot, graph))
            Change(quad, isDeletion: true);
    }

    private static TermId? Find(IQuadSnapshot snapshot, Iri graph)
    {
        var text = new ArrayBufferWriter<byte>();
        TermText.Write(graph, text);
        return snapshot.Terms.TryFind(text.WrittenSpan, out var id) && snapshot.Graphs.Contains(id) ? id : null;
    }

    private IEnumerable<Quad> Quads(IQuadSnapshot snapshot, TermId graph)
    {
        var name = graph.IsNone ? null : Decode(snapshot, graph);
        var pool = new TermPool(snapshot.Terms);
        foreach (var counts in snapshot.Predicates(graph))
        {
            var pairs = new List<ulong>();
            using (var cursor = snapshot.Pairs(graph, counts.Predicate, PairOrder.SubjectObject))
            {
                for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
                    pairs.AddRange(block);
            }

            options.CancellationToken.ThrowIfCancellationRequested();
            foreach (var pair in pairs)
                yield return new Quad(pool.Decode(PackedPair.First(pair).Value), pool.Decode(counts.Predicate.Value), pool.Decode(PackedPair.Second(pair).Value), name);
        }
    }

    private void Create(CreateOperation create)
    {
        using var snapshot = transaction.Snapshot();
        if (!create.IsSilent && Find(snapshot, create.Graph) is not null)
            throw new UpdateException($"There is a graph {create.Graph} already. Write SILENT where that does not matter.");
    }

    private void Transfer(TransferOperation transfer)
    {
        if (transfer.From == transfer.To)
            return;
        using var snapshot = transaction.Snapshot();
        var from = transfer.From is null ? TermId.None : Find(snapshot, transfer.From);
        if (from is null)
        {
            if (!transfer.IsSilent)
                throw new UpdateException($"There is no graph {transfer.From}. Write SILENT where that does not matter.");
            return;
        }

        if (transfer.Verb != "ADD" && (transfer.To is null ? TermId.None : Find(snapshot, transfer.To)) is { } to)
            Clear(snapshot, to);
        foreach (var quad in Quads(snapshot, from.Value))
        {
            Change(quad with { Graph = transfer.To }, isDeletion: false);
            if (transfer.Verb == "MOVE")
                Change(quad, isDeletion: true);
        }
    }

    private void Load(LoadOperation load)
    {
        var into = new ArrayBufferWriter<byte>();
        if (load.Into is { } graph)
            TermText.Write(graph, into);
        var sink = new Waiting(into.WrittenMemory);
        try
        {
            if (documents is null)
                throw new UpdateException($"LOAD {load.Source}: no document may be read; give a document source to allow some.");
            documents.Read(load.Source.Value, sink, options.CancellationToken);
        }
        catch (Exception failure) when (load.IsSilent && failure is UpdateException or RdfSyntaxException or IOException)
        {
            // SILENT: what could not be read is as if it had no quads (3.1.4).
            return;
        }

        sink.AddTo(transaction);
    }

    // Quads of a document, kept until it was read to its end.
    private sealed class Waiting(ReadOnlyMemory<byte> into) : IQuadSink
    {
        private readonly ArrayBufferWriter<byte> _text = new();
        private readonly List<(int S, int P, int O, int G)> _lengths = [];

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
        {
            var target = graph.IsEmpty ? into.Span : graph;
            _text.Write(subject);
            _text.Write(predicate);
            _text.Write(@object);
            _text.Write(target);
            _lengths.Add((subject.Length, predicate.Length, @object.Length, target.Length));
        }

        public void AddTo(IQuadTransaction transaction)
        {
            var text = _text.WrittenSpan;
            foreach (var (s, p, o, g) in _lengths)
            {
                transaction.Add(text[..s], text[s..(s + p)], text[(s + p)..(s + p + o)], text[(s + p + o)..(s + p + o + g)]);
                text = text[(s + p + o + g)..];
            }
        }
    }
}
