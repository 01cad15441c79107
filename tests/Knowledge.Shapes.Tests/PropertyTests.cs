using CsCheck;
using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Knowledge.Shapes.Tests;

/// <summary>Constraints of the core against the SPARQL queries that the standard defines them by, on random graphs.</summary>
public sealed class PropertyTests
{
    private static readonly Gen<Term> s_value = Gen.OneOf(
        Gen.Int[0, 4].Select(n => (Term)new Iri($"http://example.org/n{n}")),
        Gen.Int[0, 3].Select(n => (Term)new BlankNode($"b{n}")),
        Gen.Int[-2, 2].Select(n => (Term)new Literal($"{n}", XsdVocabulary.Integer)),
        Gen.Int[0, 2].Select(n => (Term)new Literal($"{n}.5", XsdVocabulary.Decimal)),
        Gen.Int[0, 2].Select(n => (Term)Literal.InLanguage("ab", n == 0 ? "en" : n == 1 ? "de" : "en-gb")),
        Gen.Int[0, 3].Select(n => (Term)new Literal(new string('a', n))));

    private static readonly Gen<Quad[]> s_data = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], s_value)
        .Select((s, p, o) => new Quad(new Iri($"http://example.org/n{s}"), new Iri($"http://example.org/p{p}"), o)).Array[0, 14];

    /// <summary>A shape of ex:p0 at ex:n0, and the values that are wrong, as SPARQL says it.</summary>
    [Theory]
    [InlineData("sh:nodeKind sh:BlankNodeOrIRI", "FILTER (!(isBlank(?value) || isIRI(?value)))")]
    [InlineData("sh:datatype xsd:integer", "FILTER (!(isLiteral(?value) && datatype(?value) = xsd:integer))")]
    [InlineData("sh:minInclusive 0", "BIND ((?value >= 0) AS ?holds) FILTER (!bound(?holds) || !?holds)")]
    [InlineData("sh:maxExclusive 1.5", "BIND ((?value < 1.5) AS ?holds) FILTER (!bound(?holds) || !?holds)")]
    [InlineData("sh:minLength 2", "FILTER (isBlank(?value) || strlen(str(?value)) < 2)")]
    [InlineData("sh:pattern \"^a*$\"", "FILTER (isBlank(?value) || !regex(str(?value), \"^a*$\"))")]
    [InlineData("sh:languageIn ( \"en\" )", "FILTER (!(isLiteral(?value) && langMatches(lang(?value), \"en\")))")]
    [InlineData("sh:in ( ex:n1 1 \"a\" )", "FILTER (!(sameTerm(?value, ex:n1) || sameTerm(?value, 1) || sameTerm(?value, \"a\")))")]
    [InlineData("sh:disjoint ex:p1", "FILTER EXISTS { ex:n0 ex:p1 ?value }")]
    [InlineData("sh:not [ sh:nodeKind sh:IRI ]", "FILTER (isIRI(?value))")]
    [InlineData("sh:or ( [ sh:nodeKind sh:IRI ] [ sh:datatype xsd:string ] )", "FILTER (!(isIRI(?value) || (isLiteral(?value) && datatype(?value) = xsd:string)))")]
    [InlineData("sh:node [ sh:property [ sh:path ex:p1 ; sh:minCount 1 ] ]", "FILTER NOT EXISTS { ?value ex:p1 ?any }")]
    public void Validate_ConstraintOnValues_FindsWhatTheQueryFinds(string constraint, string wrong)
    {
        var shapes = Graphs.Shapes($"ex:S sh:targetNode ex:n0 ; sh:property [ sh:path ex:p0 ; {constraint} ] .");
        var query = $"PREFIX ex: <http://example.org/> PREFIX xsd: <{XsdVocabulary.Namespace}> SELECT ?value WHERE {{ ex:n0 ex:p0 ?value . {wrong} }}";
        s_data.Sample(data =>
        {
            using var store = Graphs.Store(data);
            var expected = store.Select(query).Select(s => s["value"]!).ToHashSet();
            return expected.SetEquals(shapes.Validate(store).Results.Select(r => r.Value!));
        }, iter: 200);
    }

    /// <summary>Nodes at the end of a path, as SPARQL's paths have them.</summary>
    [Theory]
    [InlineData("[ sh:inversePath ex:p0 ]", "^ex:p0")]
    [InlineData("( ex:p0 ex:p1 )", "ex:p0/ex:p1")]
    [InlineData("[ sh:alternativePath ( ex:p0 ( ex:p1 [ sh:inversePath ex:p2 ] ) ) ]", "ex:p0|(ex:p1/^ex:p2)")]
    [InlineData("[ sh:zeroOrMorePath ex:p0 ]", "ex:p0*")]
    [InlineData("[ sh:oneOrMorePath [ sh:alternativePath ( ex:p0 ex:p1 ) ] ]", "(ex:p0|ex:p1)+")]
    [InlineData("[ sh:zeroOrOnePath ex:p0 ]", "ex:p0?")]
    [InlineData("[ sh:inversePath [ sh:zeroOrMorePath ( ex:p0 ex:p1 ) ] ]", "^((ex:p0/ex:p1)*)")]
    public void Validate_Path_EndsWhereSparqlEnds(string path, string sparql)
    {
        // No value is in the empty list: each node at the end is a result.
        var shapes = Graphs.Shapes($"ex:S sh:targetNode ex:n0 ; sh:property [ sh:path {path} ; sh:in () ] .");
        s_data.Sample(data =>
        {
            using var store = Graphs.Store(data);
            var expected = store.Select($"PREFIX ex: <http://example.org/> SELECT DISTINCT ?value WHERE {{ ex:n0 {sparql} ?value }}").Select(s => s["value"]!).ToHashSet();
            var actual = shapes.Validate(store).Results.Select(r => r.Value!).ToList();
            return expected.SetEquals(actual) && actual.Count == expected.Count;
        }, iter: 200);
    }

    [Fact]
    public void ToQuads_AnyReport_SaysWhatTheResultsSay() => s_data.Sample(data =>
    {
        using var store = Graphs.Store(data);
        var report = Graphs.Shapes("ex:S sh:targetNode ex:n0 ; sh:property [ sh:path ( ex:p0 [ sh:zeroOrOnePath ex:p1 ] ) ; sh:nodeKind sh:IRI ; sh:maxCount 1 ] .").Validate(store);
        var graph = new Dataset(report.ToQuads());
        var results = graph.Match(predicate: new Iri("http://www.w3.org/ns/shacl#result")).Select(q => q.Object).ToList();
        return results.Count == report.Results.Count
            && results.SelectMany(r => graph.Match(r, new Iri("http://www.w3.org/ns/shacl#value"))).Select(q => q.Object).Order(Comparer<Term>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString())))
                .SequenceEqual(report.Results.Select(r => r.Value).OfType<Term>().Order(Comparer<Term>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))));
    }, iter: 200);
}
