using System.Text.Json;
using Hub.Abstractions;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>Binds every component of a file, checks what refers to what, and builds.</summary>
internal sealed class WorkflowBuilder(WorkflowDocument document, ComponentRegistry registry, WorkflowOptions options)
{
    private readonly BindingContext _context = new(document.File);
    private readonly Dictionary<string, BoundComponent> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BoundComponent> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BoundComponent> _groups = new(StringComparer.Ordinal);
    private string? _workflow;

    public IReadOnlyList<WorkflowMistake> Mistakes => _context.Mistakes;

    public IReadOnlyList<WorkflowMistake> Warnings => _context.Warnings;

    public void Bind()
    {
        foreach (var (name, node) in document.Section("llms"))
            Add(_models, name, node, $"llms.{name}", ComponentKind.Model);
        foreach (var (name, node) in document.Section("function_groups"))
            Add(_groups, name, node, $"function_groups.{name}", ComponentKind.ToolGroup);
        foreach (var (name, node) in document.Section("functions"))
            Add(_functions, name, node, $"functions.{name}", ComponentKind.Tool, ComponentKind.Reasoner);
        BindWorkflow();
        SwapModels();
        CheckReferences();
        CheckCycles();
    }

    public Workflow Build(IServiceProvider services, JsonElement configuration)
    {
        var components = new WorkflowComponents(_models, _functions, _groups, services);
        string[] reasoners = [_workflow!, .. _functions.Where(f => f.Value.Type.Kind == ComponentKind.Reasoner && f.Key != _workflow).Select(f => f.Key)];
        return new Workflow(components, reasoners, Warnings, configuration);
    }

    private void BindWorkflow()
    {
        switch (document.Root.Members.GetValueOrDefault("workflow"))
        {
            case null:
                _context.Mistake(0, "workflow", "This section is missing. Write one with the '_type' of an agent, e.g. react_agent.");
                break;
            case ConfigMap map:
                var name = map.Members.GetValueOrDefault("workflow_alias") is ConfigScalar { Text.Length: > 0 } alias ? alias.Text : TypeOf(map)?.Text ?? "workflow";
                name = name[(name.LastIndexOf('/') + 1)..];
                if (_functions.ContainsKey(name))
                    name = "workflow";
                Add(_functions, name, map, "workflow", ComponentKind.Reasoner, ComponentKind.Tool);
                _workflow = name;
                break;
            case ConfigScalar scalar when _functions.ContainsKey(scalar.Text):
                _workflow = scalar.Text;
                break;
            case var node:
                _context.Mistake(node.Line, "workflow", node is ConfigScalar { Text: var text }
                    ? new UnknownNameException("function", text, _functions.Keys).Message
                    : "A list stands here; a mapping with '_type', or the name of a function, is needed.");
                break;
        }

        if (_workflow is not null && _functions.GetValueOrDefault(_workflow) is { Type.Kind: not ComponentKind.Reasoner } tool)
            _context.Mistake(tool.Line, "workflow", $"'{tool.Type.Name}' is a tool. A workflow needs a reasoner: {string.Join(", ", registry.Names(ComponentKind.Reasoner))}.");
    }

    private void Add(Dictionary<string, BoundComponent> into, string name, ConfigNode node, string key, params ComponentKind[] kinds)
    {
        if (node is not ConfigMap map)
        {
            _context.Mistake(node.Line, key, "A mapping with '_type' is needed here.");
            return;
        }

        if (TypeOf(map) is not { } written)
        {
            _context.Mistake(node.Line, key, "'_type' is missing: it names the component's type.");
            return;
        }

        if (kinds.Select(k => registry.Find(k, written.Text)).FirstOrDefault(t => t is not null) is not { } type)
        {
            string[] known = [.. kinds.SelectMany(registry.Names)];
            _context.Mistake(written.Line, $"{key}._type", new UnknownNameException(kinds[0] == ComponentKind.Model ? "model provider" : "component type", written.Text, known).Message);
            return;
        }

        into[name] = new BoundComponent(name, type, new OptionsBinder(_context).Bind(type.OptionsType, map, key), map, key);
    }

    private static ConfigScalar? TypeOf(ConfigMap map) => (map.Members.GetValueOrDefault("_type") ?? map.Members.GetValueOrDefault("type")) as ConfigScalar;

    /// <summary>Puts one model in place of all: under every name that the file uses.</summary>
    private void SwapModels()
    {
        if (options.Llm is not { Length: > 0 } wanted)
            return;
        if (_models.TryGetValue(wanted, out var known))
        {
            foreach (var name in _models.Keys.ToArray())
                _models[name] = known;
            return;
        }

        var (type, model) = wanted.IndexOf(':', StringComparison.Ordinal) is > 0 and var cut && registry.Find(ComponentKind.Model, wanted[..cut]) is not null
            ? (wanted[..cut], wanted[(cut + 1)..])
            : ("hub_local", wanted);
        if (registry.Find(ComponentKind.Model, type) is not { } provider)
        {
            _context.Mistake(0, "--llm", new UnknownNameException("model provider", type, registry.Names(ComponentKind.Model)).Message);
            return;
        }

        var map = new ConfigMap(0, new Dictionary<string, ConfigNode> { ["model"] = new ConfigScalar(0, model, YamlScalars.Text(model)) });
        var bound = new OptionsBinder(_context).Bind(provider.OptionsType, map, "--llm");
        foreach (var name in _models.Keys.Concat(_context.References.Where(r => r.IsModel).Select(r => r.Name)).Distinct().ToArray())
            _models[name] = new BoundComponent(name, provider, bound, map, "--llm");
    }

    private void CheckReferences()
    {
        var tools = _functions.Keys.Concat(_groups.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, line, name, isModel) in _context.References)
        {
            if (isModel ? !_models.ContainsKey(name) && !document.Section("llms").ContainsKey(name) : !IsTool(name, tools))
                _context.Mistake(line, key, new UnknownNameException(isModel ? "model under 'llms'" : "function or function group", name, isModel ? _models.Keys : tools).Message);
        }
    }

    /// <summary>A function, a group, or a member <c>group__name</c> (<c>group.name</c> in old files); members are checked when the group is made.</summary>
    private bool IsTool(string name, HashSet<string> tools) => tools.Contains(name)
        || document.Section("functions").ContainsKey(name) || document.Section("function_groups").ContainsKey(name)
        || _groups.Keys.Any(g => name.StartsWith($"{g}__", StringComparison.Ordinal) || name.StartsWith($"{g}.", StringComparison.Ordinal));

    private void CheckCycles()
    {
        Dictionary<string, int> state = new(StringComparer.Ordinal);
        foreach (var name in _functions.Keys)
            Visit(name, []);

        void Visit(string name, List<string> path)
        {
            if (!_functions.TryGetValue(name, out var component) || state.GetValueOrDefault(name) == 2)
                return;
            if (state.GetValueOrDefault(name) == 1)
            {
                _context.Mistake(component.Line, component.Key, $"These functions call each other in a circle: {string.Join(" -> ", path.SkipWhile(p => p != name))} -> {name}. Take one of them out of another's tools.");
                return;
            }

            state[name] = 1;
            foreach (var reference in _context.References.Where(r => !r.IsModel && r.Key.StartsWith($"{component.Key}.", StringComparison.Ordinal)))
                Visit(reference.Name, [.. path, name]);
            state[name] = 2;
        }
    }
}
