using System.Text.Json;
using Backends.Abstractions;
using Hub.Server.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>Keys that chat, completions and responses share: how a token is chosen, and where an answer stops.</summary>
internal static class SamplingKeys
{
    private const int MaxStops = 16;
    private const int MaxBiases = 1024;

    /// <summary>Options with what the body says of them.</summary>
    /// <exception cref="RequestException">A key is wrong.</exception>
    public static ChatOptions Read(BodyReader body) => new()
    {
        Temperature = (float?)body.Number("temperature", 0, 2),
        TopP = (float?)body.Number("top_p", 0, 1),
        TopK = body.Integer("top_k", -1, int.MaxValue) is > 0 and var k ? k : null,
        FrequencyPenalty = (float?)body.Number("frequency_penalty", -2, 2),
        PresencePenalty = (float?)body.Number("presence_penalty", -2, 2),
        Seed = body.Long("seed"),
        StopSequences = Stops(body),
        AdditionalProperties = Further(body),
    };

    /// <summary>Whether a stream is to end with the usage.</summary>
    public static bool StreamUsage(BodyReader body) =>
        body.Find("stream_options") is { ValueKind: JsonValueKind.Object } stream && (new BodyReader(stream).Flag("include_usage") ?? false);

    private static List<string>? Stops(BodyReader body)
    {
        var stops = body.Texts("stop", MaxStops)?.ToList();
        return stops?.Any(s => s.Length == 0) == true ? throw RequestException.Invalid("'stop' has an empty text; each needs at least one character.", "stop") : stops;
    }

    private static AdditionalPropertiesDictionary? Further(BodyReader body)
    {
        AdditionalPropertiesDictionary further = [];
        if (body.Number("min_p", 0, 1) is > 0 and var least)
            further["min_p"] = least;
        if (body.Find("logit_bias") is { } bias)
        {
            if (bias.ValueKind != JsonValueKind.Object || bias.EnumerateObject().Count() > MaxBiases || !bias.EnumerateObject().All(IsBias))
                throw RequestException.Invalid($"'logit_bias' must be an object of at most {MaxBiases} token ids, each with a number from -100 to 100.", "logit_bias");
            if (bias.EnumerateObject().Any())
                further[ModelOptionKeys.LogitBias] = bias;
        }

        return further.Count > 0 ? further : null;
    }

    private static bool IsBias(JsonProperty bias) => int.TryParse(bias.Name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _)
        && bias.Value.ValueKind == JsonValueKind.Number && bias.Value.GetDouble() is >= -100 and <= 100;
}
