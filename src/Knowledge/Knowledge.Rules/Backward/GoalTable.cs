using System.Runtime.InteropServices;

namespace Knowledge.Rules;

/// <summary>The answers of one goal, and who waits for them.</summary>
/// <remarks>Narrower goals are answered from here too: answers and consumers are indexed by which of subject, predicate and object a narrower goal gives.</remarks>
internal sealed class GoalTable
{
    private const int Masks = 8;

    private readonly HashSet<TripleIds> _known = [];
    private readonly Dictionary<TripleIds, List<TripleIds>>?[] _answers = new Dictionary<TripleIds, List<TripleIds>>?[Masks];
    private readonly Dictionary<TripleIds, List<ProofFrame>>?[] _consumers = new Dictionary<TripleIds, List<ProofFrame>>?[Masks];
    private readonly List<TripleIds> _universal = [];

    /// <summary>Whether there will be no more answers.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Adds an answer.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(TripleIds answer)
    {
        if (!_known.Add(answer))
            return false;
        if (IsUniversal(answer))
            _universal.Add(answer);
        for (var mask = 0; mask < Masks; mask++)
            if (_answers[mask] is { } index)
                ListOf(index, Masked(answer, mask)).Add(answer);
        return true;
    }

    /// <summary>Answers now that may match a goal that is this one or narrower; more come while it is not complete, and do not show here.</summary>
    public IReadOnlyList<TripleIds> Match(TripleIds narrower)
    {
        var mask = MaskOf(narrower);
        if (_answers[mask] is not { } index)
        {
            _answers[mask] = index = [];
            foreach (var answer in _known)
                ListOf(index, Masked(answer, mask)).Add(answer);
        }

        var found = index.GetValueOrDefault(narrower);
        return found is null ? [.. _universal] : _universal.Count == 0 || mask == 0 ? CollectionsMarshal.AsSpan(found).ToArray() : [.. found.Union(_universal)];
    }

    /// <summary>Adds a proof that goes on with each answer to come that matches a goal.</summary>
    /// <param name="narrower">This goal or a narrower one.</param>
    /// <param name="consumer">The proof.</param>
    public void Wait(TripleIds narrower, ProofFrame consumer) => ListOf(_consumers[MaskOf(narrower)] ??= [], narrower).Add(consumer);

    /// <summary>Proofs that go on with an answer.</summary>
    public IEnumerable<ProofFrame> Consumers(TripleIds answer)
    {
        for (var mask = 0; mask < Masks; mask++)
        {
            if (_consumers[mask] is not { } index)
                continue;
            if (IsUniversal(answer))
                foreach (var consumer in index.Values.SelectMany(c => c))
                    yield return consumer;
            else if (index.TryGetValue(Masked(answer, mask), out var consumers))
                foreach (var consumer in consumers)
                    yield return consumer;
        }
    }

    /// <summary>No more answers will come: nobody waits any longer.</summary>
    public void Complete()
    {
        IsComplete = true;
        Array.Clear(_consumers);
    }

    private static bool IsUniversal(TripleIds answer) => answer.Subject.IsNone || answer.Predicate.IsNone || answer.Object.IsNone;

    /// <summary>Which places a goal gives, as bits.</summary>
    private static int MaskOf(TripleIds goal) => (goal.Subject.IsNone ? 0 : 1) | (goal.Predicate.IsNone ? 0 : 2) | (goal.Object.IsNone ? 0 : 4);

    private static TripleIds Masked(TripleIds triple, int mask) =>
        new((mask & 1) != 0 ? triple.Subject : default, (mask & 2) != 0 ? triple.Predicate : default, (mask & 4) != 0 ? triple.Object : default);

    private static List<T> ListOf<T>(Dictionary<TripleIds, List<T>> index, TripleIds key) => CollectionsMarshal.GetValueRefOrAddDefault(index, key, out _) ??= [];
}

/// <summary>A proof on its way: a clause whose goals before a position are proved.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Position">Index of the next goal.</param>
/// <param name="Bindings">Its variables; never changed once others see the frame.</param>
/// <param name="Table">Where its conclusion goes.</param>
internal sealed record ProofFrame(BackwardClause Clause, int Position, TermId[] Bindings, GoalTable Table);

/// <summary>The last step of a proof: a clause and its variables, all bound.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Bindings">Its variables.</param>
internal readonly record struct BackwardStep(BackwardClause Clause, TermId[] Bindings);
