using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>A chat client bound to a scope: each call is one effect.</summary>
/// <remarks>
/// While somebody streams the run, parts go out as they arrive; the caller of this client always gets the logged form,
/// in one piece, so that live and replayed calls cannot differ.
/// </remarks>
internal sealed class RunChatClient(IRun run, string name, IChatClient inner) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new ChatCall(name, messages as IReadOnlyList<ChatMessage> ?? [.. messages], options);
        var effect = new Effect<ChatCall, ChatResponse>(EffectKind.Model, name, (c, context) => ExecuteAsync(c, context, cancellationToken))
        {
            Redo = Redo.Freely,
            Codec = ChatEffectCodec.Instance,
        };
        return run.EffectAsync(effect, call);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : inner.GetService(serviceType, serviceKey);

    public void Dispose()
    {
        // The model belongs to the host, not to the run that borrowed it.
    }

    private async Task<ChatResponse> ExecuteAsync(ChatCall call, EffectContext context, CancellationToken cancellationToken)
    {
        using var linked = Link(context.Cancelled, cancellationToken, out var token);
        var options = call.Options?.Clone() ?? new ChatOptions();
        options.Seed ??= context.Seed & 0x7FFF_FFFF;
        if (context.Stream is not { } stream)
            return await inner.GetResponseAsync(call.Messages, options, token);

        List<ChatResponseUpdate> parts = [];
        await foreach (var part in inner.GetStreamingResponseAsync(call.Messages, options, token))
        {
            stream(part);
            parts.Add(part);
        }

        return parts.ToChatResponse();
    }

    private static CancellationTokenSource? Link(CancellationToken run, CancellationToken caller, out CancellationToken token)
    {
        var linked = caller.CanBeCanceled && caller != run ? CancellationTokenSource.CreateLinkedTokenSource(run, caller) : null;
        token = linked?.Token ?? run;
        return linked;
    }
}
