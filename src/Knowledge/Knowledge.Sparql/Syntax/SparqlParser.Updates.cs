using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <content>Updates.</content>
internal sealed partial class SparqlParser
{
    // [29] Update
    private List<UpdateOperation> Update()
    {
        var operations = new List<UpdateOperation>();
        Prologue();
        while (_token.Kind != TokenKind.End)
        {
            // A label stands for one blank node in one operation, and in no other: SPARQL 1.1 Update, 19.6 of Query.
            BeginBasicPattern();
            operations.Add(UpdateOne());
            if (!Take(Mark.Semicolon))
                break;
            Prologue();
        }

        return operations;
    }

    // [30] Update1
    private UpdateOperation UpdateOne()
    {
        if (TakeWord("LOAD"))
            return Load();
        if (TakeWord("CLEAR") || TakeWord("DROP"))
            return Clear();
        if (TakeWord("CREATE"))
            return Create();
        if (IsWord("ADD") || IsWord("MOVE") || IsWord("COPY"))
            return Transfer();
        if (TakeWord("INSERT"))
            return TakeWord("DATA") ? new DataOperation(QuadData(isDeletion: false), IsDeletion: false) : Modify([], InsertTemplate(), null);
        if (TakeWord("DELETE"))
            return Delete(null);
        if (TakeWord("WITH"))
        {
            var with = IriOrName();
            if (TakeWord("INSERT"))
                return Modify([], InsertTemplate(), with);
            ExpectWord("DELETE");
            return Delete(with);
        }

        throw Unexpected("LOAD, CLEAR, DROP, CREATE, ADD, MOVE, COPY, INSERT, DELETE or WITH");
    }

    // [31] Load
    private LoadOperation Load()
    {
        var isSilent = TakeWord("SILENT");
        var source = IriOrName();
        Iri? into = null;
        if (TakeWord("INTO"))
        {
            ExpectWord("GRAPH");
            into = IriOrName();
        }

        return new LoadOperation(source, into, isSilent);
    }

    // [32] Clear, [33] Drop
    private ClearOperation Clear()
    {
        var isSilent = TakeWord("SILENT");
        if (TakeWord("DEFAULT"))
            return new ClearOperation(GraphTarget.Default, null, isSilent);
        if (TakeWord("NAMED"))
            return new ClearOperation(GraphTarget.Named, null, isSilent);
        if (TakeWord("ALL"))
            return new ClearOperation(GraphTarget.All, null, isSilent);
        ExpectWord("GRAPH");
        return new ClearOperation(GraphTarget.One, IriOrName(), isSilent);
    }

    // [34] Create
    private CreateOperation Create()
    {
        var isSilent = TakeWord("SILENT");
        ExpectWord("GRAPH");
        return new CreateOperation(IriOrName(), isSilent);
    }

    // [35] Add, [36] Move, [37] Copy
    private TransferOperation Transfer()
    {
        var verb = TokenText.ToString().ToUpperInvariant();
        Advance();
        var isSilent = TakeWord("SILENT");
        var from = GraphOrDefault();
        ExpectWord("TO");
        return new TransferOperation(verb, from, GraphOrDefault(), isSilent);
    }

    // [45] GraphOrDefault
    private Iri? GraphOrDefault()
    {
        if (TakeWord("DEFAULT"))
            return null;
        TakeWord("GRAPH");
        return IriOrName();
    }

    // [39] DeleteData, [40] DeleteWhere, [42] DeleteClause
    private UpdateOperation Delete(Iri? with)
    {
        if (with is null && TakeWord("DATA"))
            return new DataOperation(QuadData(isDeletion: true), IsDeletion: true);
        if (with is null && TakeWord("WHERE"))
        {
            var quads = Quads();
            CheckNoBlanks(quads);
            return new ModifyOperation(quads, [], PatternOf(quads));
        }

        var delete = Quads();
        CheckNoBlanks(delete);
        return Modify(delete, TakeWord("INSERT") ? InsertTemplate() : [], with);
    }

    private List<QuadPattern> InsertTemplate() => Quads();

    // [41] Modify
    private ModifyOperation Modify(List<QuadPattern> delete, List<QuadPattern> insert, Iri? with)
    {
        var (plain, named) = DatasetClauses("USING");
        ExpectWord("WHERE");
        _labelPatterns.Clear();
        return new ModifyOperation(delete, insert, GroupGraphPattern()) { With = with, Using = plain, UsingNamed = named };
    }

    // [49] QuadData
    private List<QuadPattern> QuadData(bool isDeletion)
    {
        var quads = Quads();
        foreach (var (graph, triple) in quads)
            if (graph is Variable || Variables(triple).Any(v => v.IsVisible))
                throw Wrong("data has no variables.");
        if (isDeletion)
            CheckNoBlanks(quads);
        return quads;
    }

    private void CheckNoBlanks(List<QuadPattern> quads)
    {
        foreach (var quad in quads)
            if (Variables(quad.Triple).Any(v => !v.IsVisible))
                throw Wrong("DELETE has no blank nodes: write a variable.");
    }

    private static IEnumerable<Variable> Variables(TriplePattern triple) => new[] { triple.Subject, triple.Predicate!, triple.Object }.SelectMany(Variables);

    private static IEnumerable<Variable> Variables(PatternTerm term) => term switch
    {
        Variable variable => [variable],
        TripleTermPattern triple => [.. Variables(triple.Subject), .. Variables(triple.Predicate), .. Variables(triple.Object)],
        _ => [],
    };

    private static GroupPattern PatternOf(List<QuadPattern> quads)
    {
        var elements = new List<GroupElement>();
        foreach (var group in quads.GroupBy(q => q.Graph))
        {
            var triples = new TriplesElement([.. group.Select(q => q.Triple)]);
            elements.Add(group.Key is null ? triples : new GraphElement(group.Key, new GroupPattern([triples])));
        }

        return new GroupPattern(elements);
    }

    // [48] QuadPattern, [50] Quads
    private List<QuadPattern> Quads()
    {
        Expect(Mark.LeftBrace, "{");
        var quads = new List<QuadPattern>();
        while (!Take(Mark.RightBrace))
        {
            if (TakeWord("GRAPH"))
            {
                var graph = VariableOrIri();
                quads.AddRange(ConstructTemplate().Select(t => new QuadPattern(graph, t)));
                Take(Mark.Dot);
                continue;
            }

            var triples = new TripleList(allowsPaths: false);
            TriplesSameSubject(triples);
            quads.AddRange(triples.Triples.Select(t => new QuadPattern(null, t)));
            if (!Take(Mark.Dot) && !Is(Mark.RightBrace) && !IsWord("GRAPH"))
                throw Unexpected("'.', GRAPH or '}'");
        }

        return quads;
    }
}
