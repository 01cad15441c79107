using Hub.Abstractions;
using Hub.Workflows.Building;
using Hub.Workflows.Yaml;
using Microsoft.Extensions.AI;

namespace Hub.Workflows;

/// <summary>Components of a workflow file, each made when it is first asked for.</summary>
/// <remarks>Thread safety: all members.</remarks>
public sealed class WorkflowComponents : IHubComponents, IDisposable
{
    private readonly IReadOnlyDictionary<string, BoundComponent> _models;
    private readonly IReadOnlyDictionary<string, BoundComponent> _functions;
    private readonly IReadOnlyDictionary<string, BoundComponent> _groups;
    private readonly IServiceProvider _services;
    private readonly Lock _lock = new();
    private readonly Dictionary<object, object> _made = [];

    internal WorkflowComponents(
        IReadOnlyDictionary<string, BoundComponent> models, IReadOnlyDictionary<string, BoundComponent> functions, IReadOnlyDictionary<string, BoundComponent> groups, IServiceProvider services)
    {
        (_models, _functions, _groups) = (models, functions, groups);
        _services = new WithComponents(services, this);
    }

    /// <inheritdoc/>
    public IChatClient Model(string name) => _models.TryGetValue(name, out var bound)
        ? (IChatClient)Make(bound)
        : throw new UnknownNameException("model", name, _models.Keys);

    /// <inheritdoc/>
    public IReadOnlyList<AIFunction> Tools(string name)
    {
        if (_functions.TryGetValue(name, out var function))
            return [function.Type.Kind == ComponentKind.Reasoner ? AsTool(function) : new NamedFunction(name, (AIFunction)Make(function))];
        if (_groups.TryGetValue(name, out var group))
            return Members(group);
        var owner = _groups.Values.FirstOrDefault(g => name.StartsWith($"{g.Name}__", StringComparison.Ordinal) || name.StartsWith($"{g.Name}.", StringComparison.Ordinal));
        if (owner is not null)
        {
            var members = Members(owner);
            var wanted = $"{owner.Name}__{name[owner.Name.Length..].TrimStart('_', '.')}";
            return members.FirstOrDefault(m => m.Name == wanted) is { } member ? [member] : throw new UnknownNameException("tool", name, members.Select(m => m.Name));
        }

        throw new UnknownNameException("tool", name, _functions.Keys.Concat(_groups.Keys));
    }

    /// <inheritdoc/>
    public IReasoner Reasoner(string name) => _functions.TryGetValue(name, out var bound) && bound.Type.Kind == ComponentKind.Reasoner
        ? (IReasoner)Make(bound)
        : throw new UnknownNameException("reasoner", name, _functions.Where(f => f.Value.Type.Kind == ComponentKind.Reasoner).Select(f => f.Key));

    /// <summary>Disposes what was made.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var made in _made.Values.OfType<IDisposable>())
                made.Dispose();
            _made.Clear();
        }
    }

    private ReasonerFunction AsTool(BoundComponent bound)
    {
        var description = bound.Options.GetType().GetProperty("Description")?.GetValue(bound.Options) as string;
        return new ReasonerFunction(bound.Name, string.IsNullOrEmpty(description) ? $"Answers a question as {bound.Type.Name}." : description, (IReasoner)Make(bound));
    }

    /// <summary>Members under their full names, those that <c>include</c> names or <c>exclude</c> does not.</summary>
    private IReadOnlyList<AIFunction> Members(BoundComponent group)
    {
        var include = Names(group, "include");
        var exclude = Names(group, "exclude");
        return [.. ((IReadOnlyList<AIFunction>)Make(group))
            .Where(f => (include.Count == 0 || include.Contains(f.Name)) && !exclude.Contains(f.Name))
            .Select(f => new NamedFunction($"{group.Name}__{f.Name}", f))];
    }

    private static IReadOnlyList<string> Names(BoundComponent group, string key) =>
        group.Map.Members.GetValueOrDefault(key) is ConfigList list ? [.. list.Items.OfType<ConfigScalar>().Select(s => s.Text)] : [];

    /// <summary>Makes a component once for one options object: models that were swapped share theirs.</summary>
    private object Make(BoundComponent bound)
    {
        lock (_lock)
        {
            if (!_made.TryGetValue(bound.Options, out var made))
                _made[bound.Options] = made = bound.Type.Create(bound.Options, _services);
            return made;
        }
    }

    /// <summary>A function under the name that the file gives it.</summary>
    private sealed class NamedFunction(string name, AIFunction inner) : DelegatingAIFunction(inner)
    {
        public override string Name => name;
    }

    private sealed class WithComponents(IServiceProvider services, IHubComponents components) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(IHubComponents) ? components : services.GetService(serviceType);
    }
}
