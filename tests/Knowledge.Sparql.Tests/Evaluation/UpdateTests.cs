using Knowledge.Rdf;
using Knowledge.Sparql.Tests.Reference;

namespace Knowledge.Sparql.Tests.Evaluation;

public sealed class UpdateTests
{
    [Fact]
    public void Update_SeveralOperations_EachSeesTheOneBefore()
    {
        var source = new MemorySource();
        source.Update("INSERT DATA { :a :p 1 } ; INSERT { ?s :q ?o } WHERE { ?s :p ?o } ; DELETE WHERE { ?s :p ?o }");
        Assert.Equal("<http://x/a> <http://x/q> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .", Assert.Single(source.Quads).ToString());
    }

    [Fact]
    public void Update_SecondOperationFails_LeavesNothingOfTheFirst()
    {
        var source = new MemorySource();
        Assert.Throws<UpdateException>(() => source.Update("INSERT DATA { :a :p 1 } ; CLEAR GRAPH :none"));
        Assert.Empty(source.Quads);
    }

    [Fact]
    public void Update_Load_IsRefusedUnlessAllowed()
    {
        var source = new MemorySource();
        Assert.Throws<UpdateException>(() => source.Update("LOAD <http://elsewhere/data.ttl>"));
        source.Update("LOAD SILENT <http://elsewhere/data.ttl>");
        SparqlUpdate.Parse("LOAD <urn:data> INTO GRAPH <urn:g>").Execute(source, documents: new OneTriple());
        Assert.Equal(new Iri("urn:g"), Assert.Single(source.Quads).Graph);
    }

    [Fact]
    public void Update_BlankNodesOfTwoSolutions_AreTwoNodes()
    {
        var source = new MemorySource();
        source.Update("INSERT DATA { :a :p 1 . :b :p 2 } ; INSERT { ?s :made [] } WHERE { ?s :p ?o }");
        Assert.Equal(2, source.Quads.Select(q => q.Object).OfType<BlankNode>().Distinct().Count());
    }

    private sealed class OneTriple : IDocumentSource
    {
        public void Read(string iri, IQuadSink sink, CancellationToken cancellationToken) => sink.Quad("<urn:s>"u8, "<urn:p>"u8, "<urn:o>"u8, default);
    }
}
