using Hub.Abstractions;
using Hub.Core;
using Hub.Core.Answers;
using Hub.Workflows.Building;
using Hub.Workflows.Yaml;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Workflows;

/// <summary>Components of a workflow file, each made when it is first asked for.</summary>
/// <remarks>Thread safety: all members.</remarks>
public sealed class WorkflowComponents : IHubComponents, IDisposable
{
    internal const string IncludeKey = "include";
    internal const string ExcludeKey = "exclude";
    internal const string MiddlewareKey = "middleware";
    internal const string BudgetKey = "budget";
    internal const string SchemaKey = "output_schema";

    private readonly ComponentSet _set;
    private readonly IServiceProvider _services;
    private readonly Lock _lock = new();
    private readonly Dictionary<object, object> _made = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, IReadOnlyList<AIFunction>> _tools = new(StringComparer.Ordinal);

    internal WorkflowComponents(ComponentSet set, IServiceProvider services)
    {
        _set = set;
        _services = new WithComponents(services, this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<HubFunction> Functions =>
    [
        .. _set.Functions.Keys.SelectMany(Listed),
        .. _set.Groups.Keys.SelectMany(Listed),
        .. _set.Section(ComponentKind.Model).Select(m => new HubFunction(
            HubFunction.ModelPrefix + m.Key, HubFunctionKind.Model, Written(m.Value, "model_name") ?? Written(m.Value, "model") ?? Written(m.Value, "azure_deployment") ?? "", ReasonerFunction.QuestionSchema)),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Embedders => [.. _set.Section(ComponentKind.Embedder).Keys];

    /// <inheritdoc/>
    public IReadOnlyList<string> Memories => [.. _set.Section(ComponentKind.Memory).Keys];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, IRemoteTools> RemoteTools => _set.Groups.Values.Where(g => Make(g) is IRemoteTools).ToDictionary(g => g.Name, g => (IRemoteTools)Make(g));

    /// <inheritdoc/>
    public IChatClient Model(string name) => Section<IChatClient>(ComponentKind.Model, name);

    /// <inheritdoc/>
    public IEmbeddingGenerator<string, Embedding<float>> Embedder(string name) => Section<IEmbeddingGenerator<string, Embedding<float>>>(ComponentKind.Embedder, name);

    /// <inheritdoc/>
    public IMemory Memory(string name) => Section<IMemory>(ComponentKind.Memory, name);

    /// <inheritdoc/>
    public IObjectStore ObjectStore(string name) => Section<IObjectStore>(ComponentKind.ObjectStore, name);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Evaluators => _set.Evaluators.Keys;

    /// <inheritdoc/>
    public IEvaluator Evaluator(string name) => _set.Evaluators.TryGetValue(name, out var bound)
        ? (IEvaluator)Make(bound)
        : throw new UnknownNameException(SectionKinds.NounOf(ComponentKind.Evaluator), name, _set.Evaluators.Keys);

    /// <inheritdoc/>
    public IAuthentication Authentication(string name) => Section<IAuthentication>(ComponentKind.Authentication, name);

    /// <inheritdoc/>
    public IReadOnlyList<AIFunction> Tools(string name)
    {
        foreach (var group in _set.Groups.Values.Where(g => g.Name == name || MemberOf(name, g.Name) is not null))
        {
            if (Make(group) is IRemoteTools { IsConnected: false } remote)
                remote.Connect(); // outside of the lock: other runs go on while a server is waited for
        }

        if (_set.Groups.Values.Any(g => (g.Name == name || MemberOf(name, g.Name) is not null) && Make(g) is IRemoteTools { IsPerUser: true }))
            return FindTools(name);
        lock (_lock)
        {
            if (!_tools.TryGetValue(name, out var tools))
                _tools[name] = tools = FindTools(name);
            return tools;
        }
    }

    /// <inheritdoc/>
    public IReasoner Reasoner(string name) => _set.Functions.TryGetValue(name, out var bound)
        ? bound.Type.Kind == ComponentKind.Reasoner ? Guarded(bound) : new ToolReasoner(name)
        : _set.Groups.Values.Any(g => MemberOf(name, g.Name) is not null && Tools(g.Name).Any(m => m.Name == name)) ? new ToolReasoner(name)
        : throw new UnknownNameException("reasoner", name, _set.Functions.Where(f => f.Value.Type.Kind == ComponentKind.Reasoner).Select(f => f.Key));

    /// <summary>Disposes what was made.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var made in _made.Values.SelectMany(m => m is IDisposable ? [m] : m as IEnumerable<object> ?? [m]).OfType<IDisposable>())
                made.Dispose();
            _made.Clear();
            _tools.Clear();
        }
    }

    /// <summary>All members of a group, by their own names; null where another server has them, which was not asked yet.</summary>
    /// <exception cref="HubException">The group cannot be made.</exception>
    internal IReadOnlyList<string>? MemberNames(BoundComponent group) => Make(group) is IRemoteTools { IsConnected: false } ? null : [.. ((IReadOnlyList<AIFunction>)Make(group)).Select(f => f.Name)];

    /// <summary>The member that <c>group__member</c>, or <c>group.member</c> in old files, names; null where it names none.</summary>
    internal static string? MemberOf(string name, string group) => !name.StartsWith(group, StringComparison.Ordinal) ? null
        : name.AsSpan(group.Length) is var rest && rest.StartsWith("__") ? rest[2..].ToString()
        : rest.StartsWith(".") ? rest[1..].ToString()
        : null;

    private IReadOnlyList<AIFunction> FindTools(string name)
    {
        if (_set.Functions.TryGetValue(name, out var function))
        {
            return
            [
                function.Type.Kind == ComponentKind.Reasoner
                    ? AsTool(function)
                    : new NamedFunction(name, Written(function, "description"), (AIFunction)Make(function)).Within(Middleware(function)),
            ];
        }

        if (_set.Groups.TryGetValue(name, out var group))
            return Members(group);
        foreach (var owner in _set.Groups.Values)
        {
            if (MemberOf(name, owner.Name) is { } wanted && Members(owner).FirstOrDefault(m => m.Name == $"{owner.Name}__{wanted}") is { } member)
                return [member];
        }

        throw new UnknownNameException("tool", name, [.. _set.Functions.Keys, .. _set.Groups.Keys, .. _set.Groups.Values.Where(g => MemberNames(g) is not null).SelectMany(Members).Select(m => m.Name)]);
    }

    /// <summary>What a name stands for, as a listing has it; nothing where its tool cannot be made (a key that is not set), which a call then says.</summary>
    private IEnumerable<HubFunction> Listed(string name)
    {
        try
        {
            return [.. Tools(name).Select(HubFunction.Of)];
        }
        catch (HubException)
        {
            return [];
        }
    }

    private ReasonerFunction AsTool(BoundComponent bound)
    {
        var description = Written(bound, "description") ?? bound.Options.GetType().GetProperty("Description")?.GetValue(bound.Options) as string;
        return new ReasonerFunction(
            bound.Name,
            string.IsNullOrEmpty(description) ? $"Answers a question as {bound.Type.Name}." : description,
            Guarded(bound),
            (bound.Options as IReasonerArguments)?.Arguments,
            bound.Map.Members.GetValueOrDefault(SchemaKey) is ConfigMap schema ? schema.ToValue() : null);
    }

    private IReasoner Guarded(BoundComponent bound)
    {
        var reasoner = (IReasoner)Make(bound);
        if (bound.Map.Members.GetValueOrDefault(SchemaKey) is ConfigMap schema)
            reasoner = new StructuredReasoner(reasoner, schema.ToValue());
        if (bound.Share is { } share)
            reasoner = new LimitedReasoner(bound.Name, reasoner, share.ToBudget());
        return reasoner.Within(bound.Name, Middleware(bound));
    }

    /// <summary>The middleware of a function, the outermost first.</summary>
    private IReadOnlyList<IToolMiddleware> Middleware(BoundComponent bound) => [.. Names(bound, MiddlewareKey).Select(n => Section<IToolMiddleware>(ComponentKind.Middleware, n))];

    private T Section<T>(ComponentKind kind, string name) => _set.Section(kind).TryGetValue(name, out var bound)
        ? (T)Make(bound)
        : throw new UnknownNameException(kind == ComponentKind.Model ? "model" : SectionKinds.NounOf(kind), name, _set.Section(kind).Keys);

    /// <summary>Members under their full names, those that <c>include</c> names or <c>exclude</c> does not.</summary>
    private IReadOnlyList<AIFunction> Members(BoundComponent group)
    {
        var include = Names(group, IncludeKey);
        var exclude = Names(group, ExcludeKey);
        var middleware = Middleware(group);
        return [.. ((IReadOnlyList<AIFunction>)Make(group))
            .Where(f => (include.Count == 0 || include.Contains(f.Name)) && !exclude.Contains(f.Name))
            .Select(f => new NamedFunction($"{group.Name}__{f.Name}", null, f).Within(middleware))];
    }

    private static IReadOnlyList<string> Names(BoundComponent group, string key) =>
        group.Map.Members.GetValueOrDefault(key) is ConfigList list ? [.. list.Items.OfType<ConfigScalar>().Select(s => s.Text)] : [];

    private static string? Written(BoundComponent bound, string key) => bound.Map.Members.GetValueOrDefault(key) is ConfigScalar { Text.Length: > 0 } scalar ? scalar.Text : null;

    /// <summary>Makes a component once for one options object: models that were swapped share theirs.</summary>
    private object Make(BoundComponent bound)
    {
        lock (_lock)
        {
            if (_made.TryGetValue(bound.Options, out var made))
                return made;
            try
            {
                made = bound.Type.Create(bound.Options, _services);
            }
            catch (Exception broken) when (broken is not HubException and not OperationCanceledException)
            {
                throw new HubException($"{bound.Key} ({bound.Type.Name}) cannot be made: {broken.Message}", broken);
            }

            return _made[bound.Options] = made;
        }
    }

    /// <summary>A function under the name, and with the description, that the file gives it.</summary>
    private sealed class NamedFunction(string name, string? description, AIFunction inner) : DelegatingAIFunction(inner)
    {
        public override string Name => name;

        public override string Description => description ?? base.Description;
    }

    private sealed class WithComponents(IServiceProvider services, IHubComponents components) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(IHubComponents) ? components : services.GetService(serviceType);
    }
}
