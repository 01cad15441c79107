using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Why a statement follows, or that it is not known to.</summary>
public enum EntailmentGround
{
    /// <summary>Neither was it inferred, nor do its counterexamples contradict what is known. It may follow all the same: the rules are not complete for all of OWL 2.</summary>
    NotShown,

    /// <summary>It declares a name or annotates, which the Direct Semantics gives no meaning.</summary>
    WithoutMeaning,

    /// <summary>It is given or inferred; its blank nodes stand for something that is.</summary>
    Inferred,

    /// <summary>Whatever would have to be so for it to be false contradicts what is known.</summary>
    Refuted,

    /// <summary>What is known contradicts itself, from which everything follows.</summary>
    Inconsistent,
}

/// <summary>One statement of a conclusion, and whether it follows.</summary>
/// <param name="Statement">The statement; of an axiom with a node of its own, the triple with that node's type.</param>
/// <param name="Ground">Why it follows.</param>
/// <param name="Violations">What its counterexamples contradict, one violation for each; empty for other grounds.</param>
public sealed record EntailedStatement(Triple Statement, EntailmentGround Ground, ImmutableArray<Violation> Violations)
{
    /// <summary>Whether it follows.</summary>
    public bool IsEntailed => Ground != EntailmentGround.NotShown;
}

/// <summary>Whether a conclusion follows, statement by statement.</summary>
/// <param name="Statements">Its statements, each with its ground.</param>
public sealed record EntailmentReport(ImmutableArray<EntailedStatement> Statements)
{
    /// <summary>Whether all of it follows.</summary>
    public bool IsEntailed => Statements.All(s => s.IsEntailed);

    /// <summary>One statement on each line, with its ground and what its counterexamples contradict.</summary>
    public override string ToString() => string.Join('\n', Statements.Select(s => $"{s.Ground}: {s.Statement}{string.Concat(s.Violations.Select(v => $"\n  {v}"))}"));
}
