using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.OpenAI;

public sealed class EmbeddingRouteTests(NanoServed nano) : IClassFixture<NanoServed>
{
    private const string Path = "/v1/embeddings";

    [Fact]
    public async Task Engine_Batch_GivesUnitVectorsInOrderAndCountsTokens()
    {
        var answer = await nano.PostAsync(Path, new { model = NanoServed.Model, input = new[] { "What is 3 plus 4?", "Bea is tall.", "What is 3 plus 4?" } });

        var vectors = answer.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("embedding").Deserialize<float[]>()!).ToArray();
        Assert.Equal([0, 1, 2], answer.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("index").GetInt32()));
        Assert.All(vectors, v => Assert.Equal((256, 1.0), (v.Length, Math.Round(v.Sum(x => (double)x * x), 5))));
        Assert.Equal(vectors[0], vectors[2]);
        Assert.NotEqual(vectors[0], vectors[1]);
        var count = (2 * (await nano.TokensAsync("What is 3 plus 4?")).Length) + (await nano.TokensAsync("Bea is tall.")).Length;
        Assert.Equal((count, count), (answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), answer.GetProperty("usage").GetProperty("total_tokens").GetInt32()));
        Assert.Equal(("list", "embedding", NanoServed.Model), (answer.GetProperty("object").GetString(), answer.GetProperty("data")[0].GetProperty("object").GetString(), answer.GetProperty("model").GetString()));
    }

    [Fact]
    public async Task Formats_AllOfThem_AreTheSameNumbers()
    {
        var tokens = await nano.TokensAsync("Bea is tall.");

        var floats = Vector(await nano.PostAsync(Path, new { model = NanoServed.Model, input = "Bea is tall." })).Deserialize<float[]>()!;
        var base64 = Vector(await nano.PostAsync(Path, new { model = NanoServed.Model, input = tokens, encoding_format = "base64" })).GetString()!;
        var lists = Vector(await nano.PostAsync(Path, new { model = NanoServed.Model, input = new[] { tokens }, encoding_format = "float", dimensions = 256 })).Deserialize<float[]>()!;

        Assert.Equal(floats, MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(base64)).ToArray());
        Assert.Equal(floats, lists);
    }

    [Fact]
    public async Task Embedder_OfTheFile_IsFoundByNameAndIsTheDefault()
    {
        var named = await nano.PostAsync(Path, new { model = "letters", input = new[] { "abba", "c" } });
        var unnamed = await nano.PostAsync(Path, new { input = "abba", dimensions = 2 });

        Assert.Equal("[2,2,0]", Vector(named).GetRawText());
        Assert.Equal("[2,2]", Vector(unnamed).GetRawText());
        Assert.Contains("letters", (await nano.Served.GetAsync("/v1/models")).Body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model": "hub-nano"}""", 422, "input", null)]
    [InlineData("""{"model": "hub-nano", "input": []}""", 422, "input", null)]
    [InlineData("""{"model": "hub-nano", "input": ""}""", 422, "input", null)]
    [InlineData("""{"model": "hub-nano", "input": "x", "encoding_format": "hex"}""", 422, "encoding_format", null)]
    [InlineData("""{"model": "hub-nano", "input": "x", "dimensions": 12}""", 400, "dimensions", "unsupported_value")]
    [InlineData("""{"model": "hub-nano", "input": [99999]}""", 400, "input", "unsupported_value")]
    [InlineData("""{"model": "letters", "input": [1, 2]}""", 400, "input", "unsupported_value")]
    [InlineData("""{"model": "scripted", "input": "x"}""", 400, "model", "unsupported_model")]
    [InlineData("""{"model": "none", "input": "x"}""", 400, "model", "model_not_found")]
    public async Task BadRequest_NamesTheParameter(string body, int status, string parameter, string? code)
    {
        var (answered, answer) = await nano.Served.PostAsync(Path, body);

        var error = answer.GetProperty("error");
        Assert.Equal((status, parameter, code), (answered, error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
    }

    private static JsonElement Vector(JsonElement answer) => answer.GetProperty("data")[0].GetProperty("embedding");
}
