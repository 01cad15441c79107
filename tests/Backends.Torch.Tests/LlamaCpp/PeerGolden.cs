using System.Text.Json;

namespace Backends.Torch.Tests.LlamaCpp;

/// <summary>What llama.cpp answered for one shape.</summary>
/// <param name="ModelSha256">Hash of the evaluated GGUF file.</param>
/// <param name="Tokens">The prompt and the greedy continuation.</param>
/// <param name="PromptTokens">How many of the tokens are the prompt.</param>
/// <param name="Margins">Largest minus second largest logit of each greedy step, <c>[greedy]</c>.</param>
/// <param name="Logits">All logits after some positions, <c>[V]</c> each.</param>
internal sealed record PeerGolden(string ModelSha256, int[] Tokens, int PromptTokens, float[] Margins, IReadOnlyDictionary<int, float[]> Logits)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public static PeerGolden Load(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", "llama-cpp", name + ".json");
        Assert.True(File.Exists(path), $"{path} is missing; run the peer as eval/peers/llama-cpp/README.md says.");
        return JsonSerializer.Deserialize<PeerGolden>(File.ReadAllText(path), s_options)!;
    }
}
