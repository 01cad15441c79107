using Hub.Abstractions;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>Binds every component of a file, checks what refers to what, and builds.</summary>
internal sealed class WorkflowBuilder
{
    private const string Workflow = "workflow";
    private const string NoWorkflow = "This section is missing. Write one with the '_type' of an agent, e.g. react_agent.";

    /// <summary>Keys that any component of the toolkit may carry, whatever its options.</summary>
    private static readonly string[] s_common = ["name", WorkflowComponents.MiddlewareKey, "optimizable_params", "search_space"];

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
        foreach (var (section, kind) in SectionKinds.All.Where(s => s.Kind != ComponentKind.Model))
        {
            foreach (var (name, node) in _document.Section(section))
                Add(_set.Section(kind), name, node, $"{section}.{name}", kind);
        }

        foreach (var (name, node) in _document.Section("function_groups"))
            Add(_set.Groups, name, node, $"function_groups.{name}", ComponentKind.ToolGroup);
        foreach (var (name, node) in _document.Section("functions"))
        {
            if (_document.Section("function_groups").ContainsKey(name))
                _context.Mistake(node.Line, $"functions.{name}", "A function group has this name too. Rename one of them.");
            Add(_set.Functions, name, node, $"functions.{name}", ComponentKind.Tool, ComponentKind.Reasoner);
        }

        BindWorkflow();
        Evaluators();
        new ReferenceCheck(_set, _components, _context).Run();
    }

    /// <exception cref="WorkflowException">There is nothing to run.</exception>
    public Workflow Build()
    {
        if (_workflow is null)
            throw new WorkflowException([new WorkflowMistake(_document.File, 0, Workflow, NoWorkflow)]);
        string[] others = [.. _set.Functions.Where(f => f.Value.Type.Kind == ComponentKind.Reasoner && f.Key != _workflow).Select(f => f.Key)];
        return new Workflow(_components, [_workflow, .. others], [.. _document.Warnings, .. Warnings], _effective.ToJson());
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
            case null when _document.Section("eval").Count > 0:
                _context.Warn(0, Workflow, $"{NoWorkflow} What this file holds is for evaluation alone.");
                break;
            case null or ConfigScalar { Value.ValueKind: System.Text.Json.JsonValueKind.Null }:
                _context.Mistake(0, Workflow, NoWorkflow);
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

        if (kinds.Select(k => _registry.Find(k, written.Text)).FirstOrDefault(t => t is not null) is not { } type)
        {
            Unknown(name, written, map, key, kinds);
            return null;
        }

        _context.Owner = key;
        if (kinds[0] is ComponentKind.Tool or ComponentKind.Reasoner or ComponentKind.ToolGroup)
            Middleware(map, key);
        string[] tolerated = kinds[0] switch { ComponentKind.Model => s_common, ComponentKind.ToolGroup => s_group, _ => s_function };
        if (type.Kind == ComponentKind.Reasoner)
            tolerated = [.. tolerated, WorkflowComponents.BudgetKey, WorkflowComponents.SchemaKey];
        if (type.Kind == ComponentKind.Reasoner && map.Members.GetValueOrDefault(WorkflowComponents.SchemaKey) is { } schema and not ConfigMap && !BindingContext.IsEmpty(schema))
            _context.Mistake(schema.Line, $"{key}.{WorkflowComponents.SchemaKey}", $"{BindingContext.Found(schema, key)} stands here; a JSON Schema, e.g. {{type: object}}, is needed.");
        return new BoundComponent(name, type, new OptionsBinder(_context).Bind(type.OptionsType, map, key, tolerated), map, key) { Share = Share(type, map, key) };
    }

    private void Unknown(string name, ConfigScalar written, ConfigMap map, string key, ComponentKind[] kinds)
    {
        var kind = kinds.Contains(ComponentKind.Tool) ? ComponentKind.Tool : kinds[0];
        var elsewhere = Enum.GetValues<ComponentKind>().Where(k => !kinds.Contains(k)).FirstOrDefault(k => _registry.Find(k, written.Text) is not null, (ComponentKind)(-1));
        if (!Enum.IsDefined(elsewhere))
            _set.MissingTypes.Add(new MissingType(kind, written.Text, key, map.Line, IsNeeded: true));
        if (ToolkitTypes.Has(kind, written.Text))
        {
            _set.Missing[key] = new MissingComponent(name, written.Text, kind, map.Line, key);
            return;
        }

        var message = Enum.IsDefined(elsewhere)
            ? $"'{written.Text}' is {Article(SectionKinds.NounOf(elsewhere))}. Its place is under '{SectionKinds.Of(elsewhere)}'."
            : new UnknownNameException(kind == ComponentKind.Model ? "model provider" : $"{SectionKinds.NounOf(kind)} type", written.Text, kinds.SelectMany(_registry.Names)).Message;
        _context.Mistake(written.Line, $"{key}._type", message);
    }

    /// <summary>Evaluators; a workflow runs without those that are not there.</summary>
    private void Evaluators()
    {
        foreach (var (name, node) in _document.Section("eval").GetValueOrDefault("evaluators") is ConfigMap map ? map.Members : new Dictionary<string, ConfigNode>())
        {
            if (node is not ConfigMap evaluator || TypeOf(evaluator) is not { } type)
                continue;
            if (_registry.Find(ComponentKind.Evaluator, type.Text) is not null)
                Add(_set.Evaluators, name, evaluator, $"eval.evaluators.{name}", ComponentKind.Evaluator);
            else
                _set.MissingTypes.Add(new MissingType(ComponentKind.Evaluator, type.Text, $"eval.evaluators.{name}", node.Line, IsNeeded: false));
        }
    }

    private static string Article(string noun) => noun[0] is 'a' or 'e' or 'o' ? $"an {noun}" : noun == "middleware" ? noun : $"a {noun}";

    private ShareOptions? Share(ComponentType type, ConfigMap map, string key)
    {
        var path = $"{key}.{WorkflowComponents.BudgetKey}";
        if (type.Kind != ComponentKind.Reasoner || map.Members.GetValueOrDefault(WorkflowComponents.BudgetKey) is not { } node || BindingContext.IsEmpty(node))
            return null;
        if (node is ConfigMap share)
            return (ShareOptions)new OptionsBinder(_context).Bind(typeof(ShareOptions), share, path);
        _context.Mistake(node.Line, path, $"{BindingContext.Found(node, path)} stands here; a mapping of max_steps, max_tokens and max_seconds is needed.");
        return null;
    }

    /// <summary>The middleware that stands around a function: each item must be there, since a defence that is left out silently is worse than none.</summary>
    private void Middleware(ConfigMap map, string key)
    {
        if (map.Members.GetValueOrDefault(WorkflowComponents.MiddlewareKey) is not { } node || BindingContext.IsEmpty(node))
            return;
        var path = $"{key}.{WorkflowComponents.MiddlewareKey}";
        if (node is not ConfigList list)
        {
            _context.Mistake(node.Line, path, $"{BindingContext.Found(node, path)} stands here; a list of names under 'middleware' is needed.");
            return;
        }

        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is ConfigScalar name)
                _context.Refer(ComponentKind.Middleware, name.Line, $"{path}[{i}]", name.Text);
            else
                _context.Mistake(list.Items[i].Line, $"{path}[{i}]", $"{BindingContext.Found(list.Items[i], path)} stands here; a name under 'middleware' is needed.");
        }
    }

    private static ConfigScalar? TypeOf(ConfigMap map) => (map.Members.GetValueOrDefault("_type") ?? map.Members.GetValueOrDefault("type")) as ConfigScalar;
}
