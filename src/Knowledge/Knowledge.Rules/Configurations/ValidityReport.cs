using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>What rules found to be wrong with their data: each conclusion of the form <c>?culprit rb:violation error(name, text, nodes...)</c>, or <c>warn(...)</c>.</summary>
/// <param name="Violations">What was found, in the order of kind, culprit and name.</param>
public sealed record ValidityReport(ImmutableArray<Violation> Violations)
{
    /// <summary>The predicate of conclusions that are violations.</summary>
    public const string ViolationPredicate = "urn:x-hp-jena:rubrik/violation";

    /// <summary>The predicate of the triple that asks rules for violations: <c>_:b rb:validation on()</c>.</summary>
    public const string ValidationPredicate = "urn:x-hp-jena:rubrik/validation";

    /// <summary>Whether there is no error; there may be warnings.</summary>
    public bool IsValid => !Violations.Any(v => v.IsError);

    /// <summary>Whether there is no error and no warning.</summary>
    public bool IsClean => Violations.IsEmpty;

    /// <summary>Whether rules wait to be asked for violations: some body has a triple <c>?v rb:validation on()</c>.</summary>
    internal static bool IsAskedIn(RuleSet rules) => rules.Rules.Any(r => r.Body.Any(c => c is TripleClause { Predicate: TermNode { Term: Iri { Value: ValidationPredicate } } }));

    /// <summary>The triple that asks for them.</summary>
    internal static Triple Question { get; } = new(new BlankNode("validation"), new Iri(ValidationPredicate), Functor.Term("on", []));

    /// <summary>The report of some conclusions.</summary>
    /// <param name="conclusions">Culprits and functors.</param>
    internal static ValidityReport Of(IEnumerable<(Term Culprit, Term Finding)> conclusions) =>
        new([.. conclusions.Select(c => Violation.Read(c.Culprit, c.Finding)).OfType<Violation>().OrderByDescending(v => v.IsError).ThenBy(v => v.Culprit.ToString(), StringComparer.Ordinal)
            .ThenBy(v => v.Name, StringComparer.Ordinal).ThenBy(v => string.Join(' ', v.Implicated), StringComparer.Ordinal)]);

    /// <summary>One violation on each line, or that there is none.</summary>
    public override string ToString() => IsClean ? "No violations." : string.Join('\n', Violations);
}

/// <summary>One thing that rules found to be wrong.</summary>
/// <param name="IsError">Whether the data cannot be as they are; otherwise it is a warning.</param>
/// <param name="Name">What kind of violation it is, as <c>cax-dw</c>.</param>
/// <param name="Text">What is wrong, in words.</param>
/// <param name="Culprit">The thing that is wrong.</param>
/// <param name="Implicated">Other things that have to do with it.</param>
public sealed record Violation(bool IsError, string Name, string Text, Term Culprit, ImmutableArray<Term> Implicated)
{
    /// <summary>A violation of a conclusion; null where the functor is none.</summary>
    internal static Violation? Read(Term culprit, Term finding)
    {
        if (!Functor.TryRead(finding, out var kind, out var arguments) || kind is not ("error" or "warn"))
            return null;
        return new Violation(kind == "error", Words(arguments.ElementAtOrDefault(0)), Words(arguments.ElementAtOrDefault(1)), culprit, [.. arguments.Skip(2)]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(IsError ? "error" : "warning")} {Name}: {Text} Culprit: {Culprit}{string.Concat(Implicated.Select(i => $" Implicated: {i}"))}";

    private static string Words(Term? term) => term is Literal literal ? literal.Lexical : term?.ToString() ?? "";
}
