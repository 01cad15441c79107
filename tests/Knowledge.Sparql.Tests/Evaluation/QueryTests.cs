using Knowledge.Rdf;
using Knowledge.Sparql.Tests.Reference;

namespace Knowledge.Sparql.Tests.Evaluation;

public sealed class QueryTests
{
    private static Iri X(string name) => new("http://x/" + name);

    private static MemorySource Chain(int length) => MemorySource.Of(Enumerable.Range(0, length).Select(i => new Quad(X($"n{i}"), X("next"), X($"n{i + 1}"))), blockLength: 1000);

    [Fact]
    public void Select_PrefixOfSource_NeedsNoDeclaration() =>
        Assert.Equal([X("n1")], Chain(3).Select("SELECT ?o { :n0 :next ?o }").Select(s => s["o"]));

    [Fact]
    public void Select_UnknownVariable_NamesThoseThatThereAre()
    {
        var solution = Chain(1).Select("SELECT ?o { ?s :next ?o }").Single();
        Assert.Contains("?o", Assert.Throws<KeyNotFoundException>(() => solution["q"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Boolean_OfSelect_SaysWhatItIs() =>
        Assert.Throws<InvalidOperationException>(() => Chain(1).Select("SELECT * { ?s ?p ?o }").Boolean);

    [Fact]
    public void Evaluate_MoreRowsThanAllowed_Throws()
    {
        var failure = Assert.Throws<QueryLimitException>(() => Chain(20).Select("SELECT * { ?s ?p ?o }", new QueryOptions { MaxRows = 10 }).Count());
        Assert.Equal(QueryLimit.Rows, failure.Limit);
    }

    [Fact]
    public void Evaluate_MoreMemoryThanAllowed_Throws()
    {
        var failure = Assert.Throws<QueryLimitException>(() => Chain(200).Select("SELECT * { ?a ?b ?c { ?d ?e ?f } } ORDER BY ?a", new QueryOptions { MaxMemoryBytes = 10_000 }).Count());
        Assert.Equal(QueryLimit.Memory, failure.Limit);
    }

    [Fact]
    public void Evaluate_MoreTimeThanAllowed_StopsInsideTheJoin()
    {
        var query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
        var failure = Assert.Throws<QueryLimitException>(() => Chain(500).Select(query, new QueryOptions { MaxTime = TimeSpan.FromMilliseconds(50) }).Count());
        Assert.Equal(QueryLimit.Time, failure.Limit);
    }

    [Fact]
    public void Evaluate_Cancelled_StopsInsideTheJoin()
    {
        using var cancelled = new CancellationTokenSource();
        var options = new QueryOptions { CancellationToken = cancelled.Token };
        using var solutions = Chain(500).Select("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", options).GetEnumerator();
        Assert.True(solutions.MoveNext());
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
        {
            while (solutions.MoveNext())
            {
            }
        });
    }

    [Fact]
    public void Evaluate_Service_IsRefusedUnlessAllowed()
    {
        Assert.Throws<FederationException>(() => Chain(1).Select("SELECT * { SERVICE <http://elsewhere/> { ?s ?p ?o } }").Count());
        Assert.Single(Chain(1).Select("SELECT * { SERVICE SILENT <http://elsewhere/> { ?s ?p ?o } }"));
    }

    [Fact]
    public void Evaluate_SameQueryTwice_GivesTheSameOrder()
    {
        var source = Chain(50);
        const string Query = "SELECT * { ?a :next+ ?b OPTIONAL { ?b :next ?c } }";
        Assert.Equal(source.Select(Query).Select(s => s.ToString()), source.Select(Query).Select(s => s.ToString()));
    }

    [Fact]
    public void Evaluate_PathOverCycle_Ends()
    {
        var source = MemorySource.Of([new Quad(X("a"), X("p"), X("b")), new Quad(X("b"), X("p"), X("a"))]);
        Assert.Equal(4, source.Select("SELECT * { ?s :p+ ?o }").Count());
    }

    [Fact]
    public void Explain_Join_ShowsEstimatedAndActualRows()
    {
        var plan = SparqlQuery.Parse("SELECT * { ?a <http://x/next> ?b . ?b <http://x/next> <http://x/n3> }").Explain(Chain(10));
        Assert.Contains("scan ?b <http://x/next> <http://x/n3>  [estimated 1, actual 1]", plan, StringComparison.Ordinal);
        Assert.Contains("scan ?a <http://x/next> ?b  [estimated 1, actual 1]", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_CustomFunction_SeesTermsAndErrors()
    {
        var options = new QueryOptions { Functions = new Dictionary<string, Func<IReadOnlyList<Term?>, Term?>> { ["urn:count"] = a => new Literal($"{a.Count(t => t is not null)}") } };
        Assert.Equal(new Literal("1"), Chain(1).Select("SELECT (<urn:count>(1, ?unbound) AS ?n) {}", options).Single()["n"]);
    }
}
