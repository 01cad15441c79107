using System.Text;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.OpenAI;

/// <summary>Bodies with random damage: whatever comes, the answer is one that a client can read, never a fault of the server.</summary>
public sealed class MutatedBodyTests
{
    private const string Signs = "{}[]:,\"\\0-.eE nulltruefalse\u0000é";

    [Theory]
    [InlineData("/v1/completions", """{"model":"m","prompt":["a",[1,2]],"max_tokens":2,"logprobs":1,"echo":true,"n":1,"stop":["a"],"logit_bias":{"5":1},"stream":false}""")]
    [InlineData("/v1/embeddings", """{"model":"m","input":["a","b"],"encoding_format":"base64","dimensions":3}""")]
    [InlineData("/v1/responses", """{"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"x"}]},{"type":"function_call","call_id":"c","name":"t","arguments":"{}"}],"tools":[{"type":"function","name":"t"}],"metadata":{"a":"b"},"store":false}""")]
    [InlineData("/v1/conversations", """{"metadata":{"a":"b"},"items":[{"type":"message","role":"user","content":"x"}]}""")]
    [InlineData("/tokenize", """{"model":"m","messages":[{"role":"user","content":"x"}],"add_generation_prompt":true}""")]
    [InlineData("/detokenize", """{"model":"m","tokens":[1,2,3]}""")]
    public async Task MutatedBodies_Many_NeverMakeTheServerFail(string path, string body)
    {
        await using var served = await Served.ReActAsync(Script.Says("x"));
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var text = new StringBuilder(body);
            for (var edits = random.Next(1, 5); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                if (random.Next(2) == 0)
                    text.Remove(at, Math.Min(random.Next(1, 10), text.Length - at));
                else
                    text.Insert(at, Signs[random.Next(Signs.Length)]);
            }

            using var response = await served.Http.PostAsync(path, Served.Json(text.ToString()));
            Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} for {text}");
            if (!response.IsSuccessStatusCode)
                Assert.Contains("\"error\":{\"message\":", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
