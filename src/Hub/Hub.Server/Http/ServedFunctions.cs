using Hub.Abstractions;

namespace Hub.Server.Http;

/// <summary>What clients may name: the workflow, its reasoners, tools and models.</summary>
/// <remarks>The listing is kept for a few seconds: plugins come and go. Thread safety: all members.</remarks>
internal sealed class ServedFunctions(IHub hub, HubServerOptions options)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private IReadOnlyList<HubFunction> _functions = [];
    private long _read;

    /// <summary>Everything that a run can begin with.</summary>
    public IReadOnlyList<HubFunction> All
    {
        get
        {
            lock (_lock)
            {
                if (_functions.Count == 0 || options.Time.GetElapsedTime(_read) > s_fresh)
                    (_functions, _read) = (hub.Functions, options.Time.GetTimestamp());
                return _functions;
            }
        }
    }

    /// <summary>Names under which a client may ask for an answer to a conversation, and what they stand for.</summary>
    public IEnumerable<(string Id, string Reasoner, string OwnedBy)> Models
    {
        get
        {
            yield return (options.WorkflowName, hub.DefaultReasoner, "workflow");
            foreach (var function in All)
            {
                if (function.Kind == HubFunctionKind.Reasoner && function.Name != hub.DefaultReasoner)
                    yield return (function.Name, function.Name, "reasoner");
                if (function.Kind != HubFunctionKind.Model)
                    continue;
                var name = function.Name[HubFunction.ModelPrefix.Length..];
                yield return (name, function.Name, "model");
                if (function.Description.Length > 0 && function.Description != name)
                    yield return (function.Description, function.Name, "model");
            }
        }
    }

    /// <summary>Whether the function takes arguments rather than a question.</summary>
    public HubFunction? Tool(string name) => All.FirstOrDefault(f => f.Name == name && f.Kind == HubFunctionKind.Tool);

    /// <summary>What a model's name stands for; null where it stands for nothing. No name stands for the workflow.</summary>
    public string? Reasoner(string? model) => string.IsNullOrEmpty(model) || model is "unknown-model" or "default" || model == options.WorkflowName
        ? hub.DefaultReasoner
        : Models.Where(m => m.Id == model).Select(m => m.Reasoner).FirstOrDefault();
}
