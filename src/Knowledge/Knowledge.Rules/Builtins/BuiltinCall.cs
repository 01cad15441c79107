namespace Knowledge.Rules;

/// <summary>One call of a builtin: arguments in, bindings out. Engines keep one for each place in a rule and use it again.</summary>
/// <param name="environment">The engine.</param>
/// <param name="rule">The rule.</param>
/// <param name="clause">The clause.</param>
public sealed class BuiltinCall(IBuiltinEnvironment environment, Rule rule, BuiltinClause clause)
{
    private readonly TermId[] _arguments = new TermId[clause.Arguments.Length];

    /// <summary>The engine.</summary>
    public IBuiltinEnvironment Environment => environment;

    /// <summary>In which rule it stands.</summary>
    public Rule Rule => rule;

    /// <summary>Name and arguments as they were written.</summary>
    public BuiltinClause Clause => clause;

    /// <summary>Number of arguments.</summary>
    public int Count => _arguments.Length;

    /// <summary>What the rule's variables are bound to, for messages and fresh nodes; <see cref="TermId.None"/> for those that are not.</summary>
    public ReadOnlyMemory<TermId> Bindings { get; set; }

    /// <summary>An argument: <see cref="TermId.None"/> for a variable that is not bound. The engine sets them before a call and reads them after it.</summary>
    /// <param name="index">From 0.</param>
    public TermId this[int index]
    {
        get => _arguments[index];
        set => _arguments[index] = value;
    }

    /// <summary>Whether an argument is a term or a bound variable.</summary>
    /// <param name="index">From 0.</param>
    public bool IsBound(int index) => !_arguments[index].IsNone;

    /// <summary>The term of an argument; null where it is not bound.</summary>
    /// <param name="index">From 0.</param>
    public Term? Term(int index) => IsBound(index) ? environment.Term(_arguments[index]) : null;

    /// <summary>Binds an argument.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the argument was not bound, or to the same value.</returns>
    public bool Bind(int index, TermId value)
    {
        if (IsBound(index))
            return _arguments[index] == value || LiteralValue.IsSame(Term(index)!, environment.Term(value));
        _arguments[index] = value;
        return true;
    }

    /// <summary>Binds an argument.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the argument was not bound, or to the same value.</returns>
    public bool Bind(int index, Term value) => Bind(index, environment.Id(value));

    /// <summary>An error in this call.</summary>
    /// <param name="problem">What was found and what was needed.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public RuleException Error(string problem, Exception? inner = null)
    {
        var arguments = string.Join(' ', Enumerable.Range(0, Count).Select(i => Term(i)?.ToString() ?? "?"));
        return new RuleException($"{clause.Name}({arguments}): {problem}", rule, inner);
    }
}
