using Hub.Abstractions;

namespace NoOp;

/// <summary>Middleware that lets everything through.</summary>
internal sealed class NoOpMiddleware : IToolMiddleware
{
    public Task<object?> InvokeAsync(ToolInvocation call, Func<ToolInvocation, CancellationToken, Task<object?>> next, CancellationToken cancellationToken) => next(call, cancellationToken);
}
