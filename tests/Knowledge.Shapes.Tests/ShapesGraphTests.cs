using Knowledge.Rdf;

namespace Knowledge.Shapes.Tests;

public sealed class ShapesGraphTests
{
    private const string Person = """
        ex:Person a sh:NodeShape, rdfs:Class ;
          sh:property ex:name, [ sh:path ex:age ; sh:datatype xsd:integer ; sh:minInclusive 0 ; sh:severity sh:Warning ] .
        ex:name sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:message "A person has one name."@en, "Eine Person hat einen Namen."@de .
        """;

    [Fact]
    public void Validate_DataThatConforms_HasNoResults() => Assert.True(Graphs.Validate(Person, """ex:a a ex:Person ; ex:name "A" ; ex:age 3 .""").Conforms);

    [Fact]
    public void Validate_OneFaultPlantedInDataThatConforms_IsFound()
    {
        var report = Graphs.Validate(Person, """ex:a a ex:Person ; ex:name "A" ; ex:age 3 . ex:b a ex:Person ; ex:name "B" ; ex:age -1 .""");
        var result = Assert.Single(report.Results);
        Assert.Equal(new Iri("http://example.org/b"), result.FocusNode);
        Assert.Equal(new Literal("-1", XsdVocabulary.Integer), result.Value);
        Assert.Equal(new PredicatePath(new Iri("http://example.org/age")), result.Path);
        Assert.Equal(new Iri("http://www.w3.org/ns/shacl#MinInclusiveConstraintComponent"), result.Component);
        Assert.Equal(new Iri("http://www.w3.org/ns/shacl#Warning"), result.Severity);
        Assert.Contains("-1", Assert.Single(result.Messages).Lexical, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ShapeWithMessages_GivesThemInEachLanguage()
    {
        var result = Assert.Single(Graphs.Validate(Person, "ex:a a ex:Person .").Results);
        Assert.Equal(["de", "en"], result.Messages.Select(m => m.Language!).Order(StringComparer.Ordinal));
        Assert.Equal(new Iri("http://example.org/name"), result.SourceShape);
    }

    [Fact]
    public void Validate_NamedGraph_SeesThatGraphAlone()
    {
        var graph = new Iri("http://example.org/g");
        using var store = Graphs.Store(Graphs.Quads("ex:a a ex:Person .").Concat(Graphs.Quads("""ex:b a ex:Person ; ex:name "B", "C" .""").Select(q => q with { Graph = graph })));
        var result = Assert.Single(Graphs.Shapes(Person).Validate(store, new ValidationOptions { DataGraph = graph }).Results);
        Assert.Equal(new Iri("http://example.org/b"), result.FocusNode);
    }

    [Fact]
    public void Validate_GraphThatIsNotThere_SaysSo()
    {
        using var store = Graphs.Store([]);
        Assert.Throws<ArgumentException>(() => Graphs.Shapes(Person).Validate(store, new ValidationOptions { DataGraph = new Iri("http://example.org/g") }));
    }

    [Fact]
    public void Validate_SparqlConstraint_FillsItsMessage()
    {
        var report = Graphs.Validate("""
            ex:S sh:targetClass ex:Person ; sh:sparql ex:c .
            ex:c sh:message "{$this} is older than {?parent}" ; sh:prefixes ex: ;
              sh:select "SELECT $this ?parent WHERE { $this ex:age ?a ; ex:parent ?parent . ?parent ex:age ?b FILTER (?a >= ?b) }" .
            ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] .
            """, "ex:a a ex:Person ; ex:age 9 ; ex:parent ex:b . ex:b a ex:Person ; ex:age 7 .");
        var result = Assert.Single(report.Results);
        Assert.Equal("http://example.org/a is older than http://example.org/b", Assert.Single(result.Messages).Lexical);
        Assert.Equal(new Iri("http://example.org/c"), result.SourceConstraint);
    }

    [Fact]
    public void Validate_SparqlOnPropertyShape_GoesThePath()
    {
        var report = Graphs.Validate("""
            ex:S sh:targetNode ex:a ; sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:sparql [ sh:select "SELECT $this ?value WHERE { $this $PATH ?value }" ] ] .
            """, "ex:a ex:p ex:b . ex:c ex:q ex:b .");
        var result = Assert.Single(report.Results);
        Assert.Equal(new Iri("http://example.org/c"), result.Value);
        Assert.Equal("(<http://example.org/p>/^(<http://example.org/q>))", result.Path!.ToString());
    }

    [Fact]
    public void Validate_ShapeThatRefersToItselfAlongACircle_EndsAtTheLimit()
    {
        var error = Assert.Throws<ValidationLimitException>(() => Graphs.Validate(
            "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:knows ; sh:node ex:S ] .", "ex:a ex:knows ex:b . ex:b ex:knows ex:a ."));
        Assert.Equal(nameof(ValidationOptions.MaxDepth), error.Limit);
    }

    [Fact]
    public void Validate_ShapeThatRefersToItselfAlongATree_Ends() =>
        Assert.True(Graphs.Validate("ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:child ; sh:node ex:S ] .", "ex:a ex:child ex:b, ex:c . ex:b ex:child ex:d .").Conforms);

    [Fact]
    public void Validate_MoreResultsThanAllowed_EndsAtTheLimit()
    {
        var error = Assert.Throws<ValidationLimitException>(() => Graphs.Validate(Person, "ex:a a ex:Person . ex:b a ex:Person .", new ValidationOptions { MaxResults = 1 }));
        Assert.Equal(nameof(ValidationOptions.MaxResults), error.Limit);
    }

    [Fact]
    public void Validate_Cancelled_Ends() =>
        Assert.Throws<OperationCanceledException>(() => Graphs.Validate(Person, "ex:a a ex:Person .", new ValidationOptions { CancellationToken = new CancellationToken(canceled: true) }));

    [Theory]
    [InlineData("ex:S sh:targetNode ex:a ; sh:minCount 1 .", "minCount")]
    [InlineData("ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount \"many\" ] .", "minCount")]
    [InlineData("ex:S sh:targetNode ex:a ; sh:property ex:p .", "sh:path")]
    [InlineData("ex:S sh:targetNode ex:a ; sh:nodeKind sh:Thing .", "sh:IRI")]
    [InlineData("ex:S sh:targetNode ex:a ; sh:pattern \"(\" .", "regular expression")]
    [InlineData("ex:S sh:targetNode ex:a ; sh:in ex:list . ex:list <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> 1 ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> ex:list .", "list")]
    [InlineData("ex:S sh:targetNode ex:a ; sh:property [ sh:path _:p ] . _:p sh:inversePath _:p .", "Paths")]
    [InlineData("ex:S sh:targetNode ex:a ; sh:sparql [ sh:select \"SELECT\" ] .", "no query")]
    [InlineData("ex:S sh:targetNode ex:a ; sh:deactivated 1 .", "deactivated")]
    public void Parse_ShapesThatShaclDoesNotAllow_SaysWhichAndWhy(string shapes, string word) =>
        Assert.Contains(word, Assert.Throws<ShapesException>(() => Graphs.Shapes(shapes)).Message, StringComparison.Ordinal);
}
