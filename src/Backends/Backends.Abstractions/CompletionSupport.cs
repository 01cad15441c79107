namespace Backends.Abstractions;

/// <summary>What a model that completes texts can do; a chat client that has it as a service understands <see cref="ModelOptionKeys.Completion"/>.</summary>
/// <param name="TopLogprobs">The most tokens that it names at each place, at most <see cref="MaxTopLogprobs"/>.</param>
/// <param name="IsOwn">Whether the model runs here, so that everything is known of it; otherwise an endpoint decides what it offers.</param>
public sealed record CompletionSupport(int TopLogprobs, bool IsOwn)
{
    /// <summary>The most tokens that any model names at each place.</summary>
    public const int MaxTopLogprobs = 20;
}
