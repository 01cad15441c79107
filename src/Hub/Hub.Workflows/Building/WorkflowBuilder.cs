using Hub.Abstractions;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>Binds every component of a file, checks what refers to what, and builds.</summary>
internal sealed class WorkflowBuilder
{
    private const string Workflow = "workflow";

    /// <summary>Keys that any component of the toolkit may carry, whatever its options.</summary>
    private static readonly string[] s_common = ["name", "middleware", "optimizable_params", "search_space"];

    private static readonly string[] s_function = [.. s_common, "description", "verbose", "workflow_alias", "log_response_max_chars"];

    private static readonly string[] s_group = [.. s_function, WorkflowComponents.IncludeKey, WorkflowComponents.ExcludeKey];

    private readonly WorkflowDocument _document;
    private readonly ComponentRegistry _registry;
    private readonly WorkflowOptions _options;
    private readonly BindingContext _context;
    private readonly ComponentSet _set;
    private readonly WorkflowComponents _components;
    private ConfigMap _effective;
    private string? _workflow;

    /// <param name="document">The file.</param>
    /// <param name="registry">Component types.</param>
    /// <param name="options">What a caller says.</param>
    /// <param name="set">Takes the components.</param>
    /// <param name="components">Makes what is in <paramref name="set"/>; the caller, or the workflow that is built, disposes it.</param>
    public WorkflowBuilder(WorkflowDocument document, ComponentRegistry registry, WorkflowOptions options, ComponentSet set, WorkflowComponents components)
    {
        (_document, _registry, _options, _effective) = (document, registry, options, document.Root);
        (_set, _components) = (set, components);
        _context = new BindingContext(document.FileOf);
    }

    public IReadOnlyList<WorkflowMistake> Mistakes => _context.Mistakes;

    public IReadOnlyList<WorkflowMistake> Warnings => _context.Warnings;

    /// <summary>Binds and checks; afterwards <see cref="Mistakes"/> holds everything that is wrong.</summary>
    public void Bind()
    {
        BindModels();
        foreach (var (name, node) in _document.Section("function_groups"))
            Add(_set.Groups, name, node, $"function_groups.{name}", ComponentKind.ToolGroup);
        foreach (var (name, node) in _document.Section("functions"))
        {
            if (_document.Section("function_groups").ContainsKey(name))
                _context.Mistake(node.Line, $"functions.{name}", "A function group has this name too. Rename one of them.");
            Add(_set.Functions, name, node, $"functions.{name}", ComponentKind.Tool, ComponentKind.Reasoner);
        }

        BindWorkflow();
        new ReferenceCheck(_set, _components, _context).Run();
    }

    public Workflow Build()
    {
        string[] others = [.. _set.Functions.Where(f => f.Value.Type.Kind == ComponentKind.Reasoner && f.Key != _workflow).Select(f => f.Key)];
        return new Workflow(_components, [_workflow!, .. others], [.. _document.Warnings, .. Warnings], _effective.ToJson());
    }

    private void BindModels()
    {
        var section = _document.Section("llms");
        if (_options.Llm is not { Length: > 0 } wanted)
        {
            foreach (var (name, node) in section)
                Add(_set.Models, name, node, $"llms.{name}", ComponentKind.Model);
            return;
        }

        if (ModelSwap.Find(wanted, section, _registry, _context) is var (map, key) && Component(wanted, map, key, ComponentKind.Model) is { } one)
        {
            foreach (var name in section.Keys)
                _set.Models[name] = one; // one options object, so one model
            Dictionary<string, ConfigNode> models = section.Keys.ToDictionary(n => n, ConfigNode (_) => map, StringComparer.Ordinal);
            _effective = _effective with { Members = new Dictionary<string, ConfigNode>(_effective.Members, StringComparer.Ordinal) { ["llms"] = new ConfigMap(0, models) } };
            return;
        }

        _set.Broken.UnionWith(section.Keys.Select(n => $"llms.{n}"));
    }

    private void BindWorkflow()
    {
        switch (_document.Root.Members.GetValueOrDefault(Workflow))
        {
            case null when _document.Mistakes.Any(m => m.Key == Yaml.Inheritance.Key):
                break; // the other file may have it, and that is a mistake of its own
            case null or ConfigScalar { Value.ValueKind: System.Text.Json.JsonValueKind.Null }:
                _context.Mistake(0, Workflow, "This section is missing. Write one with the '_type' of an agent, e.g. react_agent.");
                break;
            case ConfigMap map:
                _workflow = NameOf(map);
                Add(_set.Functions, _workflow, map, Workflow, ComponentKind.Reasoner, ComponentKind.Tool);
                if (_set.Missing.Remove(Workflow, out var missing))
                    _context.Mistake(missing.Line, Workflow, missing.Message);
                break;
            case ConfigScalar scalar when _document.Section("functions").ContainsKey(scalar.Text):
                _workflow = scalar.Text;
                if (_set.Missing.Remove($"functions.{scalar.Text}", out missing))
                    _context.Mistake(scalar.Line, Workflow, missing.Message);
                break;
            case ConfigScalar { Text: var text } scalar:
                _context.Mistake(scalar.Line, Workflow, new UnknownNameException("function", text, _set.Functions.Keys).Message);
                break;
            case var node:
                _context.Mistake(node.Line, Workflow, "A list stands here; a mapping with '_type', or the name of a function, is needed.");
                break;
        }
    }

    /// <summary>The workflow's name: its alias, or its type where no function is called that.</summary>
    private string NameOf(ConfigMap map)
    {
        var name = map.Members.GetValueOrDefault("workflow_alias") is ConfigScalar { Text.Length: > 0 } alias ? alias.Text : TypeOf(map)?.Text ?? Workflow;
        name = name[(name.LastIndexOf('/') + 1)..];
        return _document.Section("functions").ContainsKey(name) || _document.Section("function_groups").ContainsKey(name) ? Workflow : name;
    }

    private void Add(Dictionary<string, BoundComponent> into, string name, ConfigNode node, string key, params ComponentKind[] kinds)
    {
        if (node is not ConfigMap map)
            _context.Mistake(node.Line, key, $"{BindingContext.Found(node, key)} stands here; a mapping with '_type' is needed.");
        else if (Component(name, map, key, kinds) is { } bound)
            into[name] = bound;
        if (!into.ContainsKey(name) && !_set.Missing.ContainsKey(key))
            _set.Broken.Add(key);
    }

    private BoundComponent? Component(string name, ConfigMap map, string key, params ComponentKind[] kinds)
    {
        if (TypeOf(map) is not { } written)
        {
            _context.Mistake(map.Line, key, "'_type' is missing: it names the component's type.");
            return null;
        }

        if (map.Members.GetValueOrDefault("middleware") is ConfigList { Items.Count: > 0 } middleware)
            _context.Mistake(middleware.Line, $"{key}.middleware", "Middleware is not available yet, and leaving it out silently might not be safe. Take the list away.");
        if (kinds.Select(k => _registry.Find(k, written.Text)).FirstOrDefault(t => t is not null) is not { } type)
        {
            Unknown(name, written, map, key, kinds);
            return null;
        }

        _context.Owner = key;
        string[] tolerated = kinds[0] switch { ComponentKind.Model => s_common, ComponentKind.ToolGroup => s_group, _ => s_function };
        return new BoundComponent(name, type, new OptionsBinder(_context).Bind(type.OptionsType, map, key, tolerated), map, key);
    }

    private void Unknown(string name, ConfigScalar written, ConfigMap map, string key, ComponentKind[] kinds)
    {
        if (ToolkitTypes.Has(kinds[0], written.Text))
        {
            _set.Missing[key] = new MissingComponent(name, written.Text, kinds[0], map.Line, key);
            return;
        }

        var elsewhere = Enum.GetValues<ComponentKind>().Where(k => !kinds.Contains(k)).FirstOrDefault(k => _registry.Find(k, written.Text) is not null, (ComponentKind)(-1));
        var message = elsewhere switch
        {
            ComponentKind.Model => $"'{written.Text}' is a model provider. Its place is under 'llms'.",
            ComponentKind.ToolGroup => $"'{written.Text}' is a function group. Its place is under 'function_groups'.",
            ComponentKind.Tool or ComponentKind.Reasoner => $"'{written.Text}' is a function. Its place is under 'functions'.",
            _ => new UnknownNameException(
                kinds[0] switch { ComponentKind.Model => "model provider", ComponentKind.ToolGroup => "function group type", _ => "function type" }, written.Text, kinds.SelectMany(_registry.Names)).Message,
        };
        _context.Mistake(written.Line, $"{key}._type", message);
    }

    private static ConfigScalar? TypeOf(ConfigMap map) => (map.Members.GetValueOrDefault("_type") ?? map.Members.GetValueOrDefault("type")) as ConfigScalar;
}
