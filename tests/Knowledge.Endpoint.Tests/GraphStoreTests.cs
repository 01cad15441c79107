using System.Net;

namespace Knowledge.Endpoint.Tests;

/// <summary>SPARQL 1.1 Graph Store HTTP Protocol.</summary>
public sealed class GraphStoreTests
{
    private const string Data = "@prefix : <http://e/> . :a :p :b . GRAPH :g { :c :p :d }";

    [Fact]
    public async Task Put_NewGraph_IsCreatedThenReplaced()
    {
        await using var served = await Served.Of(Data);
        var first = await served.Send(HttpMethod.Put, "/data?graph=http://e/new", "text/turtle", "<x> <urn:p> 1, 2 .");
        var second = await served.Send(HttpMethod.Put, "/data?graph=http://e/new", "application/n-triples", "<urn:y> <urn:p> \"3\" .");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        Assert.Equal("<urn:y> <urn:p> \"3\" .\n", (await served.Client.GetStringAsync(new Uri("/data?graph=http://e/new", UriKind.Relative))).Split("\n\n")[^1]);
    }

    [Fact]
    public async Task Post_Graph_AddsAndKeepsBlankNodesApart()
    {
        await using var served = await Served.Of(Data);
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await served.Send(HttpMethod.Post, "/data?default", "text/turtle", "_:x <urn:p> 1 .")).StatusCode);

        Assert.Equal(4, served.Store.Count);
    }

    [Fact]
    public async Task Get_EachGraphAndAll_HasItsQuads()
    {
        await using var served = await Served.Of(Data);
        Assert.Contains(":a :p :b", await served.Client.GetStringAsync(new Uri("/data?default", UriKind.Relative)));
        Assert.Contains(":c :p :d", await served.Client.GetStringAsync(new Uri("/data?graph=http://e/g", UriKind.Relative)));
        var all = await served.Client.GetAsync(new Uri("/data", UriKind.Relative));
        Assert.Equal("application/n-quads", all.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, (await all.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(HttpStatusCode.NotFound, (await served.Client.GetAsync(new Uri("/data?graph=http://e/none", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Head_Graph_HasNoBody()
    {
        await using var served = await Served.Of(Data);
        var answer = await served.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/data?default"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Delete_Graph_TakesItAlone()
    {
        await using var served = await Served.Of(Data);
        Assert.Equal(HttpStatusCode.NoContent, (await served.Client.DeleteAsync(new Uri("/data?graph=http://e/g", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await served.Client.DeleteAsync(new Uri("/data?graph=http://e/g", UriKind.Relative))).StatusCode);
        Assert.Equal(1, served.Store.Count);
    }

    [Theory]
    [InlineData("/data?default", "text/turtle", "<a <b> .", 400)]
    [InlineData("/data?default", "image/png", "", 415)]
    [InlineData("/data?graph=nix", "text/turtle", "", 400)]
    [InlineData("/data?graph=http://e/g&default", "text/turtle", "", 400)]
    [InlineData("/data", "text/turtle", "", 400)]
    [InlineData("/data?default", "application/n-quads", "<urn:a> <urn:p> <urn:b> <urn:g> .", 400)]
    public async Task Put_Wrong_ChangesNothing(string path, string type, string body, int status)
    {
        await using var served = await Served.Of(Data);
        Assert.Equal(status, (int)(await served.Send(HttpMethod.Put, path, type, body)).StatusCode);
        Assert.Equal(2, served.Store.Count);
    }

    [Fact]
    public async Task Path_BelowTheStore_IsTheGraphsOwnAddress()
    {
        await using var served = await Served.Of(Data);
        var put = await served.Send(HttpMethod.Put, "/data/people/1", "text/turtle", "<> <urn:p> 1 .");
        var address = new Uri(served.Client.BaseAddress!, "data/people/1");

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal($"<{address}> <urn:p> 1 .\n", (await served.Client.GetStringAsync(address)).Split("\n\n")[^1]);
        Assert.Equal(HttpStatusCode.OK, (await served.Client.GetAsync(new Uri($"/data?graph={address}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await served.Client.DeleteAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Post_TriplesWithoutGraph_MakeOneAndTellItsName()
    {
        await using var served = await Served.Of(Data);
        var first = await served.Send(HttpMethod.Post, "/data", "text/turtle", "<urn:a> <urn:p> 1 .");
        var second = await served.Send(HttpMethod.Post, "/data", "text/turtle", "<urn:a> <urn:p> 2 .");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.NotEqual(first.Headers.Location, second.Headers.Location);
        Assert.EndsWith("<urn:a> <urn:p> 2 .\n", await served.Client.GetStringAsync(second.Headers.Location));
    }

    [Theory]
    [InlineData("<urn:a> <urn:p> 1 .", HttpStatusCode.NoContent, 4)]
    [InlineData("<urn:a> <urn:p> .", HttpStatusCode.BadRequest, 2)]
    public async Task Post_Form_AddsAllOfItsPartsOrNone(string second, HttpStatusCode status, long quads)
    {
        await using var served = await Served.Of(Data);
        using var form = new MultipartFormDataContent { { new StringContent("<urn:b> <urn:p> 2 .", null, "text/turtle"), "one", "one.ttl" }, { new StringContent(second, null, "application/n-triples"), "two", "two.nt" } };
        form.Last().Headers.ContentType = new("text/turtle");

        Assert.Equal(status, (await served.Client.PostAsync(new Uri("/data?default", UriKind.Relative), form)).StatusCode);
        Assert.Equal(quads, served.Store.Count);
    }
}
