using System.Net;

namespace Knowledge.Endpoint.Tests;

/// <summary>SPARQL 1.1 Protocol: its ways of asking, and what it says to requests that are none.</summary>
public sealed class ProtocolTests
{
    private const string Data = "@prefix : <http://e/> . :a :p :b . GRAPH :g { :c :p :d } GRAPH :h { :e :p :f }";
    private const string Subjects = "SELECT ?s { ?s <http://e/p> ?o }";

    [Theory]
    [InlineData(null, "application/sparql-results+json", "{\"head\":{\"vars\":[\"s\"]}")]
    [InlineData("text/csv", "text/csv", "s\r\nhttp://e/a")]
    [InlineData("application/sparql-results+xml;q=0.9, text/csv;q=0.1", "application/sparql-results+xml", "<sparql")]
    [InlineData("text/*;q=0.2, text/tab-separated-values", "text/tab-separated-values", "?s\n<http://e/a>")]
    [InlineData("*/*", "application/sparql-results+json", "http://e/a")]
    public async Task Query_Get_AnswersInTheFormatThatIsAccepted(string? accept, string type, string text)
    {
        await using var served = await Served.Of(Data);
        var answer = await served.Query(Subjects, accept);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Query_PostedDirectlyAndAsAForm_AnswersAlike()
    {
        await using var served = await Served.Of(Data);
        var direct = await served.Post("/sparql", "application/sparql-query; charset=utf-8", Subjects);
        var form = await served.Post("/sparql", "application/x-www-form-urlencoded", $"query={Uri.EscapeDataString(Subjects)}");

        Assert.Equal(await direct.Content.ReadAsStringAsync(), await form.Content.ReadAsStringAsync());
        Assert.Contains("http://e/a", await direct.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("&default-graph-uri=http://e/g", "http://e/c")]
    [InlineData("&default-graph-uri=http://e/g&default-graph-uri=http://e/h", "http://e/c http://e/e")]
    [InlineData("&named-graph-uri=http://e/g", "")]
    public async Task Query_DatasetInTheRequest_IsWhatIsAsked(string parameters, string subjects)
    {
        await using var served = await Served.Of(Data);
        var answer = await (await served.Query(Subjects, "text/csv", parameters)).Content.ReadAsStringAsync();

        Assert.Equal(subjects, string.Join(' ', answer.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Order()));
    }

    [Fact]
    public async Task Query_Construct_AnswersTriples()
    {
        await using var served = await Served.Of(Data);
        var answer = await served.Query("CONSTRUCT { ?o <http://e/q> ?s } { ?s <http://e/p> ?o }", "application/n-triples");

        Assert.Equal("application/n-triples", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("<http://e/b> <http://e/q> <http://e/a> .\n", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("application/sparql-update", "INSERT DATA { <http://e/x> <http://e/p> 1 }")]
    [InlineData("application/x-www-form-urlencoded", "update=INSERT%20DATA%20%7B%20%3Chttp%3A%2F%2Fe%2Fx%3E%20%3Chttp%3A%2F%2Fe%2Fp%3E%201%20%7D")]
    public async Task Update_Posted_Changes(string type, string body)
    {
        await using var served = await Served.Of(Data);
        Assert.Equal(HttpStatusCode.NoContent, (await served.Post("/sparql", type, body)).StatusCode);
        Assert.Equal(4, served.Store.Count);
    }

    [Fact]
    public async Task Update_UsingInTheRequest_IsWhereItLooks()
    {
        await using var served = await Served.Of(Data);
        var done = await served.Post("/sparql?using-graph-uri=http://e/g", "application/sparql-update", "INSERT { ?o <http://e/back> ?s } WHERE { ?s <http://e/p> ?o }");
        var found = await (await served.Query("SELECT ?s { ?s <http://e/back> ?o }", "text/csv")).Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        Assert.Equal("s\r\nhttp://e/d\r\n", found);
    }

    [Theory]
    [InlineData("GET", "/sparql?query=SELECT", null, null, 400)]
    [InlineData("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", null, null, 400)]
    [InlineData("GET", "/sparql?update=CLEAR%20ALL", null, null, 400)]
    [InlineData("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=nix", null, null, 400)]
    [InlineData("GET", "/sparql?query=ASK%7B%7D&valid=yesterday", null, null, 400)]
    [InlineData("PUT", "/sparql", "application/sparql-query", "ASK {}", 405)]
    [InlineData("POST", "/sparql", "text/plain", "ASK {}", 415)]
    [InlineData("POST", "/sparql", "application/sparql-query; charset=utf-16", "ASK {}", 400)]
    [InlineData("POST", "/sparql", "application/x-www-form-urlencoded", "x=1", 400)]
    [InlineData("POST", "/sparql", "application/x-www-form-urlencoded", "query=ASK%7B%7D&update=CLEAR%20ALL", 400)]
    [InlineData("POST", "/sparql", "application/sparql-update", "CLEAR", 400)]
    [InlineData("POST", "/sparql?using-graph-uri=http://e/g", "application/sparql-update", "DELETE { ?s ?p ?o } USING <http://e/h> WHERE { ?s ?p ?o }", 400)]
    [InlineData("POST", "/sparql", "application/sparql-update", "LOAD <http://e/document>", 500)]
    [InlineData("GET", "/sparql?query=SELECT%20*%20%7B%20SERVICE%20%3Chttp%3A%2F%2Fe%2F%3E%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%7D", null, null, 500)]
    public async Task Request_ThatIsNone_GetsItsStatusAndChangesNothing(string method, string path, string? type, string? body, int status)
    {
        await using var served = await Served.Of(Data);
        var answer = type is null ? await served.Client.GetAsync(new Uri(path, UriKind.Relative)) : await served.Send(new HttpMethod(method), path, type, body!);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(3, served.Store.Count);
    }

    [Fact]
    public async Task Query_NothingAcceptable_Is406()
    {
        await using var served = await Served.Of(Data);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await served.Query(Subjects, "image/png")).StatusCode);
    }

    [Fact]
    public async Task Get_WithoutAQuery_DescribesTheService()
    {
        await using var served = await Served.Of(Data);
        var text = await served.Client.GetStringAsync(new Uri("/sparql", UriKind.Relative));

        Assert.Contains("sparql-service-description#SPARQL11Update", text);
    }

    [Fact]
    public async Task Limits_Reached_AreErrorsWithNames()
    {
        await using var served = await Served.Of(Data, new SparqlEndpointOptions { Query = new() { MaxRows = 1 }, MaxTextLength = 200 });
        var rows = await served.Query("SELECT * { GRAPH ?g { ?s ?p ?o } }");
        var text = await served.Query("ASK {}" + new string(' ', 300));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, rows.StatusCode);
        Assert.Contains("MaxRows", await rows.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, text.StatusCode);
    }

    [Fact]
    public async Task Update_ReadOnly_IsForbidden()
    {
        await using var served = await Served.Of(Data, new SparqlEndpointOptions { IsReadOnly = true });
        Assert.Equal(HttpStatusCode.Forbidden, (await served.Post("/sparql", "application/sparql-update", "CLEAR ALL")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await served.Send(HttpMethod.Put, "/data?default", "text/turtle", "")).StatusCode);
        Assert.Equal(3, served.Store.Count);
    }

    [Fact]
    public async Task Query_AtAnotherTime_SaysWhatWasSoThen()
    {
        await using var served = await Served.Of("");
        using (var transaction = served.Store.Begin())
        {
            transaction.Add(new Rdf.Triple(new Rdf.Iri("http://e/a"), new Rdf.Iri("http://e/p"), new Rdf.Iri("http://e/b")), new DateOnly(2020, 1, 1), new DateOnly(2021, 1, 1));
            transaction.Commit();
        }

        Assert.Contains("false", await (await served.Query("ASK { <http://e/a> ?p ?o }")).Content.ReadAsStringAsync());
        Assert.Contains("true", await (await served.Query("ASK { <http://e/a> ?p ?o }", null, "&valid=2020-06-01")).Content.ReadAsStringAsync());
    }
}
