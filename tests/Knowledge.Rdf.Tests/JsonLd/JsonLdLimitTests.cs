using System.Text;
using System.Text.Json.Nodes;
using Knowledge.Rdf.JsonLd;

namespace Knowledge.Rdf.Tests.JsonLd;

public sealed class JsonLdLimitTests
{
    [Fact]
    public void Expand_ValuesTooDeep_SaysSo()
    {
        JsonNode document = new JsonObject { ["@id"] = "http://example.org/a" };
        for (var level = 0; level < new JsonLdLimits().MaxDepth; level++)
            document = new JsonObject { ["http://example.org/p"] = document };
        Assert.Equal(JsonLdErrorCode.DepthExceeded, CodeOf(() => JsonLdApi.Expand(document)));
    }

    [Fact]
    public void Read_TextTooDeep_SaysSo() =>
        Assert.Throws<RdfSyntaxException>(() => Dataset.Parse(new string('[', 100_000), RdfFormat.JsonLd));

    [Fact]
    public void Expand_TermsThatDependOnEachOtherTooDeep_SaysSo()
    {
        var context = new JsonObject();
        for (var term = 0; term < 10_000; term++)
            context[$"t{term}"] = $"t{term + 1}:x";
        context["t10000"] = "http://example.org/";
        Assert.Equal(JsonLdErrorCode.DepthExceeded, CodeOf(() => JsonLdApi.Expand(new JsonObject { ["@context"] = context })));
    }

    [Fact]
    public void Expand_ContextsThatIncludeEachOtherTwice_EndsAtTheLimit()
    {
        // Each of the two includes the other twice: without the limit on the whole, 2 to the 64th contexts would be processed.
        var asked = 0;
        var loader = new DocumentLoader((url, _) =>
        {
            asked++;
            var other = url.EndsWith('a') ? "b" : "a";
            return new DocumentResponse(200, "application/ld+json", Encoding.UTF8.GetBytes($$"""{"@context": ["{{other}}", "{{other}}"]}"""), []);
        });
        var document = new JsonObject { ["@context"] = "http://example.org/a" };
        Assert.Equal(JsonLdErrorCode.ContextOverflow, CodeOf(() => JsonLdApi.Expand(document, new JsonLdOptions { DocumentLoader = loader })));
        Assert.Equal(2, asked);
    }

    [Fact]
    public void Load_DocumentTooLarge_SaysSo()
    {
        var loader = new DocumentLoader((_, _) => new DocumentResponse(200, "application/json", new byte[100], []));
        Assert.Equal(JsonLdErrorCode.DocumentTooLarge, CodeOf(() => loader.Load("http://example.org/", new DocumentRequest(new JsonLdLimits { MaxDocumentBytes = 99 }))));
    }

    [Fact]
    public void Load_RedirectionsInCircle_EndAtTheLimit()
    {
        var loader = new DocumentLoader((_, _) => new DocumentResponse(302, "", default, [], "http://example.org/"));
        Assert.Equal(JsonLdErrorCode.LoadingDocumentFailed, CodeOf(() => loader.Load("http://example.org/", new DocumentRequest(new JsonLdLimits()))));
    }

    [Fact]
    public void Load_SocketThatFails_IsLoadingThatFailed()
    {
        var loader = new DocumentLoader((_, _) => throw new IOException("refused"));
        Assert.Equal(JsonLdErrorCode.LoadingDocumentFailed, CodeOf(() => loader.Load("http://example.org/", new DocumentRequest(new JsonLdLimits()))));
    }

    private static string CodeOf(Action action) => Assert.Throws<JsonLdException>(action).Code;
}
