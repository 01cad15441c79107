using System.Text;
using Backends.Serving.Tokenization;

namespace Backends.Serving.Tests.Tokenization;

public sealed class TokenizerJsonTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Load_SavedTokenizer_EncodesTheSame()
    {
        TokenizerFixture.Tokenizer.Save(_path);
        var loaded = EngineTokenizer.Load(_path);

        Assert.Equal(TokenizerFixture.Definition.Merges, loaded.Definition.Merges);
        Assert.Equal(TokenizerFixture.Definition.AddedTokens.OrderBy(t => t.Key), loaded.Definition.AddedTokens.OrderBy(t => t.Key));
        foreach (var text in TokenizerFixture.Texts.Append(TokenizerFixture.Paragraph + "<|end|>"))
            Assert.Equal(TokenizerFixture.Tokenizer.Encode(text), loaded.Encode(text));
    }

    [Fact]
    public void Load_FileCutAnywhere_SaysFileAndCause()
    {
        TokenizerFixture.Tokenizer.Save(_path);
        var whole = File.ReadAllBytes(_path);
        for (var length = 0; length < whole.TrimEnd().Length; length += 211)
        {
            File.WriteAllBytes(_path, whole[..length]);
            var error = Assert.Throws<TokenizerFormatException>(() => EngineTokenizer.Load(_path));
            Assert.Equal(_path, error.SourceName);
            Assert.Contains("not whole JSON", error.Cause, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_MissingFile_SaysSo()
    {
        var error = Assert.Throws<TokenizerFormatException>(() => EngineTokenizer.Load(_path));
        Assert.Contains("cannot be read", error.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"type\": \"BPE\"", "\"type\": \"Unigram\"", "model.type is 'Unigram'")]
    [InlineData("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}", "normalizer 'NFC'")]
    [InlineData("\"ignore_merges\": false", "\"ignore_merges\": true", "ignore_merges")]
    [InlineData("\"vocab\": {", "\"words\": {", "key 'vocab' is missing")]
    [InlineData("\"vocab\": {", "\"vocab\": {\"\\u0021\": \"x\",", "another JSON type")]
    [InlineData("\"vocab\": {", "\"vocab\": {\"qq\": 33,", "share id 33")]
    [InlineData("\"vocab\": {", "\"vocab\": {\"qq\": -1,", "id -1")]
    [InlineData("\"vocab\": {", "\"vocab\": {\"qq\": 1.5,", "whole number")]
    [InlineData("\"merges\": [", "\"merges\": [[\"a\", \"ZZ\"],", "merge 0 ('a' + 'ZZ') needs the token 'ZZ'")]
    [InlineData("\"merges\": [", "\"merges\": [\"a\",", "a merge is two tokens")]
    [InlineData("\"Isolated\"", "\"Removed\"", "the pre-tokenizer")]
    [InlineData("\"lstrip\": false", "\"lstrip\": true", "lstrip")]
    [InlineData("\\\\p{L}+|", "\\\\p{L+|", "no regular expression")]
    public void Load_DamagedContent_NamesTheDamage(string from, string to, string cause)
    {
        TokenizerFixture.Tokenizer.Save(_path);
        var text = File.ReadAllText(_path);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"the file lacks {from}");
        File.WriteAllText(_path, text[..at] + to + text[(at + from.Length)..]);

        var error = Assert.Throws<TokenizerFormatException>(() => EngineTokenizer.Load(_path));
        Assert.Contains(cause, error.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OldMergesAndPlainByteLevel_AreRead()
    {
        var tokens = TokenizerFixture.Definition.Vocabulary.Append(KeyValuePair.Create("qz", 999));
        var vocabulary = string.Join(",", tokens.Select(t => $"{System.Text.Json.JsonSerializer.Serialize(t.Key)}:{t.Value}"));
        var json = """{"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},"model":{"vocab":{VOCABULARY},"merges":["q z"]}}""";
        json = json.Replace("VOCABULARY", vocabulary, StringComparison.Ordinal);
        var definition = TokenizerJson.Parse(Encoding.UTF8.GetBytes(json), "text");

        Assert.Equal([("q", "z")], definition.Merges);
        Assert.Equal(TokenizerDefinition.Gpt2Pattern, definition.Pattern);
        Assert.Equal([999, 'z'], new EngineTokenizer(definition).Encode("qzz"));
    }
}
