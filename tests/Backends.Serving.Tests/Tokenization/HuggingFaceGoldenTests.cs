using System.Text.Json;
using Backends.Serving.Tokenization;

namespace Backends.Serving.Tests.Tokenization;

/// <summary>A tokenizer that was saved here, read by Hugging Face's own JavaScript tokenizers (0.2.0), whose ids are <c>Golden/cases.json</c>.</summary>
public class HuggingFaceGoldenTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Tokenization", "Golden");

    [Fact]
    public void Encode_SavedTokenizer_GivesHuggingFacesIds()
    {
        var tokenizer = EngineTokenizer.Load(Path.Combine(s_folder, "tokenizer.json"));
        var cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "cases.json"))).RootElement.EnumerateArray().ToList();

        Assert.True(cases.Count > 10);
        Assert.All(cases, c =>
        {
            var text = c.GetProperty("text").GetString()!;
            Assert.Equal(c.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), tokenizer.Encode(text));
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        });
    }
}
