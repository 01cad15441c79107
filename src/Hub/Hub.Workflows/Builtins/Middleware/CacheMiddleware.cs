using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Workflows.Builtins.Middleware;

/// <summary>Gives back what a function returned for the same input, or for one that is alike enough.</summary>
/// <param name="options">When, and how alike.</param>
/// <param name="isEvaluation">Whether an evaluation is under way.</param>
public sealed class CacheMiddleware(CacheOptions options, bool isEvaluation) : IToolMiddleware
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Function, string Input), string> _results = [];
    private readonly Queue<(string Function, string Input)> _order = new();

    /// <inheritdoc/>
    public async Task<object?> InvokeAsync(ToolInvocation call, Func<ToolInvocation, CancellationToken, Task<object?>> next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(next);
        if (!options.Enabled || (options.EnabledMode == "eval" && !isEvaluation))
            return await next(call, cancellationToken);
        var input = JsonSerializer.Serialize(new SortedDictionary<string, object?>(call.Arguments.ToDictionary(), StringComparer.Ordinal), HubJson.Options);
        if (await call.OnceAsync("cache", _ => Task.FromResult(Find(call.Name, input)), cancellationToken) is { } known)
            return JsonElement.Parse(known);
        var result = await next(call, cancellationToken);
        Keep(call.Name, input, result is JsonElement element ? element.GetRawText() : JsonSerializer.Serialize(result, HubJson.For(result?.GetType() ?? typeof(object))));
        return result;
    }

    private string? Find(string function, string input)
    {
        lock (_lock)
        {
            if (_results.TryGetValue((function, input), out var same))
                return same;
            if (options.SimilarityThreshold >= 1)
                return null;
            return _results.Where(r => r.Key.Function == function)
                .Select(r => (Result: r.Value, Ratio: Similarity.Ratio(input, r.Key.Input)))
                .Where(r => r.Ratio >= options.SimilarityThreshold)
                .OrderByDescending(r => r.Ratio)
                .Select(r => r.Result)
                .FirstOrDefault();
        }
    }

    private void Keep(string function, string input, string result)
    {
        lock (_lock)
        {
            if (_results.TryAdd((function, input), result))
                _order.Enqueue((function, input));
            while (_order.Count > options.MaxEntries)
                _results.Remove(_order.Dequeue());
        }
    }
}
