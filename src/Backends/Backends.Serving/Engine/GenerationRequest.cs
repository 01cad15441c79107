using Backends.Serving.Constraints;
using Backends.Serving.Sampling;

namespace Backends.Serving.Engine;

/// <summary>One reply to generate.</summary>
public sealed record GenerationRequest
{
    /// <summary>Token ids of the prompt; at least one, fewer than the model's context.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    /// <summary>How tokens are chosen.</summary>
    /// <value>The default is greedy.</value>
    public SamplingOptions Sampling { get; init; } = SamplingOptions.Greedy;

    /// <summary>Seed of the request's own random numbers: the same request and seed give the same reply, whatever runs beside it.</summary>
    public int Seed { get; init; }

    /// <summary>Most tokens of the reply; the model's context may allow fewer. At least 1.</summary>
    public int MaxNewTokens { get; init; } = 1024;

    /// <summary>Texts that end the reply and are not part of it; they are looked for outside native calls.</summary>
    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>Names that actions in the reply's text are held to; null leaves the text free.</summary>
    public ToolNameMask? TextMask { get; init; }

    /// <summary>Names that native calls are held to; null forbids native calls.</summary>
    public ToolNameMask? CallMask { get; init; }

    /// <summary>True where the reply must be a native call; needs <see cref="CallMask"/>.</summary>
    public bool RequireCall { get; init; }

    /// <summary>False where one native call ends the reply.</summary>
    /// <value>The default is true.</value>
    public bool AllowParallelCalls { get; init; } = true;
}
