namespace Knowledge.Rules;

/// <content>Builtins, functors and aggregates.</content>
internal sealed partial class Matching
{
    /// <summary>The value of a template; 0 where a variable of it is not bound.</summary>
    public uint Value(Template template, uint[] bindings)
    {
        if (template.Slot >= 0)
            return bindings[template.Slot];
        if (template.IsPlain)
            return template.Id;
        var arguments = new Term[template.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = Value(template.Arguments[i], bindings);
            if (value == 0)
                return 0;
            arguments[i] = environment.Term(new TermId(value));
        }

        return environment.Id(Functor.Term(template.Functor!, arguments)).Value;
    }

    /// <summary>Puts the arguments of a call in place.</summary>
    public void Prepare(BuiltinPart part, uint[] bindings)
    {
        for (var i = 0; i < part.Arguments.Length; i++)
            part.Call[i] = new TermId(Value(part.Arguments[i], bindings));
        part.Call.Bindings = part.IsTest ? default : Array.ConvertAll(bindings, b => new TermId(b));
    }

    /// <summary>Makes a template equal to a value by binding slots.</summary>
    /// <param name="template">The template.</param>
    /// <param name="value">The value.</param>
    /// <param name="bindings">Where the slots are bound.</param>
    /// <param name="bindable">Slots that may be bound, others stay as they are; null for all.</param>
    /// <returns>Whether that can be.</returns>
    public bool TryBind(Template template, uint value, uint[] bindings, IReadOnlySet<int>? bindable)
    {
        if (template.Slot >= 0)
        {
            if (bindings[template.Slot] != 0)
                return bindings[template.Slot] == value;
            if (bindable is null || bindable.Contains(template.Slot))
                bindings[template.Slot] = value;
            return true;
        }

        if (template.IsPlain)
            return template.Id == value;
        if (!Functor.TryRead(environment.Term(new TermId(value)), out var name, out var arguments) || name != template.Functor || arguments.Count != template.Arguments.Length)
            return false;
        for (var i = 0; i < arguments.Count; i++)
            if (!TryBind(template.Arguments[i], environment.Id(arguments[i]).Value, bindings, bindable))
                return false;
        return true;
    }

    private bool Call(Plan plan, int step, IMatchSink sink, BuiltinPart part)
    {
        if (part.Builtin is null)
            return false;
        Prepare(part, _bindings);
        if (!part.Builtin.Body!(part.Call))
            return false;
        if (!part.Builtin.Binds)
            return Next(plan, step + 1, sink);
        var bound = new List<int>();
        var fits = true;
        for (var i = 0; i < part.Arguments.Length && fits; i++)
            fits = Unify(part.Arguments[i], part.Call[i].Value, bound);
        var isStopped = fits && Next(plan, step + 1, sink);
        foreach (var slot in bound)
            _bindings[slot] = 0;
        return isStopped;
    }

    private bool TakeApart(Plan plan, int step, IMatchSink sink, FunctorPart part)
    {
        var bound = new List<int>();
        var isStopped = Unify(part.Pattern, _bindings[part.Slot], bound) && Next(plan, step + 1, sink);
        foreach (var slot in bound)
            _bindings[slot] = 0;
        return isStopped;
    }

    /// <summary>Makes a template equal to a value.</summary>
    private bool Unify(Template template, uint value, List<int> bound)
    {
        if (template.Slot >= 0)
        {
            if (_bindings[template.Slot] != 0 || value == 0)
                return value == 0 || _bindings[template.Slot] == value;
            _bindings[template.Slot] = value;
            bound.Add(template.Slot);
            return true;
        }

        if (template.IsPlain)
            return template.Id == value || value == 0;
        if (value == 0 || !Functor.TryRead(environment.Term(new TermId(value)), out var name, out var arguments) || name != template.Functor || arguments.Count != template.Arguments.Length)
            return false;
        for (var i = 0; i < arguments.Count; i++)
            if (!Unify(template.Arguments[i], environment.Id(arguments[i]).Value, bound))
                return false;
        return true;
    }

    private bool Aggregate(Plan plan, int step, IMatchSink sink, AggregatePart part)
    {
        var groups = new AggregateSink(part, environment);
        var inner = new uint[_bindings.Length];
        foreach (var slot in part.Groups)
            inner[slot] = _bindings[slot];
        RunGroup(plan.Steps[step].Group!, inner, groups);
        var before = Array.ConvertAll(part.Groups, g => _bindings[g]);
        var result = _bindings[part.Result];
        var isStopped = false;
        foreach (var (group, value) in groups.Values())
        {
            if (result != 0 && result != value)
                continue;
            for (var i = 0; i < part.Groups.Length; i++)
                _bindings[part.Groups[i]] = group[i];
            _bindings[part.Result] = value;
            if (isStopped = Next(plan, step + 1, sink))
                break;
        }

        for (var i = 0; i < part.Groups.Length; i++)
            _bindings[part.Groups[i]] = before[i];
        _bindings[part.Result] = result;
        return isStopped;
    }
}
