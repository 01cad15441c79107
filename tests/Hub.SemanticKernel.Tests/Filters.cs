using Microsoft.SemanticKernel;

namespace Hub.SemanticKernel.Tests;

/// <summary>Writes down what passes, and throws where it is told to.</summary>
internal sealed class Recorder(Func<FunctionInvocationContext, Exception?>? refuse = null) : IFunctionInvocationFilter
{
    private readonly Lock _lock = new();

    public List<string> Seen { get; } = [];

    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        if (refuse?.Invoke(context) is { } refusal)
            throw refusal;
        var name = $"{context.Function.PluginName}.{context.Function.Name}";
        Note($"{name}({string.Join(",", context.Arguments.Where(a => a.Key != "input").Select(a => $"{a.Key}={a.Value}"))})");
        await next(context);
        Note($"{name}={context.Result.GetValue<object>()}");
    }

    private void Note(string line)
    {
        lock (_lock)
            Seen.Add(line);
    }
}
