namespace Knowledge.Rules;

/// <summary>What builtins see of the engine that calls them: its terms, its facts, its clock.</summary>
public interface IBuiltinEnvironment
{
    /// <summary>The time that <c>now</c> tells.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The term of an id.</summary>
    /// <param name="id">An id.</param>
    Term Term(TermId id);

    /// <summary>The id of a term; one is made where there is none.</summary>
    /// <param name="term">A term.</param>
    TermId Id(Term term);

    /// <summary>Facts, given and inferred, that match a pattern.</summary>
    /// <param name="subject">A subject, or <see cref="TermId.None"/> for any.</param>
    /// <param name="predicate">A predicate, or <see cref="TermId.None"/> for any.</param>
    /// <param name="object">An object, or <see cref="TermId.None"/> for any.</param>
    IEnumerable<TripleIds> Match(TermId subject, TermId predicate, TermId @object);

    /// <summary>A blank node that stands nowhere else; the same firing of the same rule gets the same one.</summary>
    /// <param name="call">The call.</param>
    /// <param name="argument">Which of its arguments the node is for.</param>
    TermId Fresh(BuiltinCall call, int argument);

    /// <summary>Writes a line for a person.</summary>
    /// <param name="line">The line.</param>
    void Print(string line);

    /// <summary>Adds a fact that the head of the call's rule concludes.</summary>
    /// <param name="call">The call.</param>
    /// <param name="fact">The fact.</param>
    void Add(BuiltinCall call, TripleIds fact);

    /// <summary>Takes a fact away that a clause of the body matched.</summary>
    /// <param name="call">The call.</param>
    /// <param name="clause">Index of the body's clause.</param>
    /// <param name="silently">Whether rules do not hear of it.</param>
    void Remove(BuiltinCall call, int clause, bool silently);

    /// <summary>Keeps a node out of answers.</summary>
    /// <param name="node">The node.</param>
    void Hide(TermId node);

    /// <summary>Asks for tabling of a predicate's goals.</summary>
    /// <param name="predicate">A predicate, or <see cref="TermId.None"/> for all.</param>
    void Table(TermId predicate);
}

/// <summary>A triple as the numbers of its terms.</summary>
/// <param name="Subject">Id of the subject.</param>
/// <param name="Predicate">Id of the predicate.</param>
/// <param name="Object">Id of the object.</param>
public readonly record struct TripleIds(TermId Subject, TermId Predicate, TermId Object);
