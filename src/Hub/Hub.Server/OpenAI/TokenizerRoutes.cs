using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.OpenAI;

/// <summary><c>/tokenize</c>, <c>/detokenize</c> and <c>/tokenizer_info</c>, in the form of vLLM, which evaluation harnesses read.</summary>
/// <remarks>There is no token that begins a text, so <c>add_special_tokens</c> changes nothing. Control tokens in a text are meant; in a message they are text.</remarks>
internal sealed class TokenizerRoutes(ServedModels models)
{
    public async Task TokenizeAsync(HttpContext http)
    {
        var body = new BodyReader(await JsonBody.ReadAsync(http));
        var prompt = body.Text("prompt");
        var messages = body.Find("messages") is { } list ? ChatMessages.Read(list) : null;
        if (prompt is null == messages is null)
            throw RequestException.Invalid("Either 'prompt' or 'messages' is needed.", "prompt");
        var addPrompt = body.Flag("add_generation_prompt") ?? true;
        var withTexts = body.Flag("return_token_strs") ?? false;
        var answer = await models.WithTokenizerAsync(body.Text("model"), tokenizer =>
        {
            var ids = prompt is not null ? tokenizer.Encode(prompt) : tokenizer.EncodeChat([.. messages!.Select(m => (m.Role.Value, m.Text))], addPrompt);
            return new Tokenized(ids.Count, tokenizer.ContextTokens, ids) { TokenStrs = withTexts ? [.. ids.Select(tokenizer.TokenText)] : null };
        });
        await http.Response.WriteAsJsonAsync(answer, Wire.Options, http.RequestAborted);
    }

    public async Task DetokenizeAsync(HttpContext http)
    {
        var body = new BodyReader(await JsonBody.ReadAsync(http));
        if (body.Find("tokens") is not { ValueKind: JsonValueKind.Array } list || (list.GetArrayLength() > 0 && !TokenIds.IsList(list)))
            throw RequestException.Invalid("'tokens' must be a list of token ids.", "tokens");
        var ids = list.Deserialize<int[]>()!;
        var text = await models.WithTokenizerAsync(body.Text("model"), tokenizer => Array.Find(ids, id => id >= tokenizer.VocabularySize) is > 0 and var unknown
            ? throw new RequestException(StatusCodes.Status400BadRequest, $"There is no token {unknown}; ids from 0 to {tokenizer.VocabularySize - 1} are needed.", "tokens")
            : tokenizer.Decode(ids));
        await http.Response.WriteAsJsonAsync(new Detokenized(text), Wire.Options, http.RequestAborted);
    }

    public async Task DescribeAsync(HttpContext http)
    {
        var answer = await models.WithTokenizerAsync(http.Request.Query["model"].FirstOrDefault(), tokenizer => new TokenizerDescription(
            "PreTrainedTokenizerFast", BosToken: null, tokenizer.EndToken, tokenizer.EndToken, tokenizer.ContextTokens, tokenizer.VocabularySize, tokenizer.ChatTemplate));
        await http.Response.WriteAsJsonAsync(answer, Wire.Options, http.RequestAborted);
    }
}

/// <summary>Token ids of a text.</summary>
internal sealed record Tokenized(int Count, int MaxModelLen, IReadOnlyList<int> Tokens)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? TokenStrs { get; init; }
}

/// <summary>Text of token ids.</summary>
internal sealed record Detokenized(string Prompt);

/// <summary>What a tokenizer is, in the words of Hugging Face's <c>tokenizer_config.json</c>.</summary>
internal sealed record TokenizerDescription(
    string TokenizerClass, string? BosToken, string EosToken, string PadToken, int ModelMaxLength, int VocabSize, string ChatTemplate);
