using Knowledge.Rdf;
using Knowledge.Sparql.Tests.Reference;

namespace Knowledge.Sparql.Tests.Syntax;

public sealed class SparqlParserTests
{
    [Theory]
    [InlineData("SELECT * {\n  ?s ?p }", 2, 9, "'}' stands where a term or a variable is needed.")]
    [InlineData("SELECT ?x { ?x foaf:name ?n }", 1, 16, "the prefix 'foaf:' is not declared.")]
    [InlineData("SELECT * { ?s ?p \"open }", 1, 18, "a string begins here and has no closing \" in its line.")]
    [InlineData("SELECT * { ?s ?p 1 } GROUP BY ?s", 1, 33, "SELECT * and GROUP BY do not go together: name the variables.")]
    [InlineData("SELECT * { ?s <p> ?o }", 1, 15, "<p> is relative, and there is no base: write BASE, or give SparqlSyntaxOptions.BaseIri.")]
    [InlineData("SELECT (STRLEN(?a, ?b) AS ?c) {}", 1, 9, "STRLEN has 2 arguments; it takes 1.")]
    [InlineData("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 1, 1, "'INSERT' stands where SELECT, CONSTRUCT, DESCRIBE or ASK is needed.")]
    public void Parse_WrongText_SaysWhereAndWhatIsNeeded(string text, int line, int column, string problem)
    {
        var failure = Assert.Throws<RdfSyntaxException>(() => SparqlQuery.Parse(text));
        Assert.Equal((line, column, problem), (failure.Line, failure.Column, failure.Problem));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("!")]
    public void Parse_DeepExpression_StopsAtTheNamedLimit(string open)
    {
        var text = $"SELECT * {{ FILTER({string.Concat(Enumerable.Repeat(open, 100_000))}";
        Assert.Contains("MaxDepth", Assert.Throws<RdfSyntaxException>(() => SparqlQuery.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepGroups_StopAtTheNamedLimit() =>
        Assert.Contains("MaxDepth", Assert.Throws<RdfSyntaxException>(() => SparqlQuery.Parse("SELECT * " + new string('{', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_LongChain_StopsAtTheNamedLimit() =>
        Assert.Contains("MaxElements", Assert.Throws<RdfSyntaxException>(() => SparqlQuery.Parse($"SELECT * {{ FILTER(1 {string.Concat(Enumerable.Repeat("|| 1 ", 5000))}) }}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_LongText_StopsAtTheNamedLimit() =>
        Assert.Contains("MaxLength", Assert.Throws<RdfSyntaxException>(() => SparqlQuery.Parse("SELECT * {}   ", new SparqlSyntaxOptions { MaxLength = 10 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_EveryPrefixOfRandomQueries_IsParsedOrRefused()
    {
        var options = new SparqlSyntaxOptions { Prefixes = new Dictionary<string, string> { [""] = "http://x/" } };
        for (var seed = 0; seed < 15; seed++)
        {
            var random = new RandomQueries(seed);
            random.Quads();
            var text = random.Query();
            for (var length = 0; length < text.Length; length++)
            {
                try
                {
                    SparqlQuery.Parse(text[..length], options);
                }
                catch (RdfSyntaxException failure)
                {
                    Assert.InRange(failure.Column, 1, length + 1);
                }
            }
        }
    }

    [Fact]
    public void AlgebraText_OptionalWithFilter_IsALeftJoinWithCondition() => Assert.Equal(
        "(project (?s ?o)\n  (leftjoin (Greater ?o \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>)\n    (bgp (?s <urn:p> ?t))\n    (bgp (?s <urn:q> ?o))))",
        SparqlQuery.Parse("SELECT ?s ?o { ?s <urn:p> ?t OPTIONAL { ?s <urn:q> ?o FILTER(?o > 1) } }").AlgebraText);
}
