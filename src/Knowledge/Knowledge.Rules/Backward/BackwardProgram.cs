namespace Knowledge.Rules;

/// <summary>Clauses by what they can prove.</summary>
internal sealed class BackwardProgram
{
    private readonly Dictionary<TermId, List<BackwardClause>> _byPredicate = [];
    private readonly List<BackwardClause> _ofAnyPredicate = [];
    private readonly List<BackwardClause> _all = [];

    /// <summary>These clauses.</summary>
    public BackwardProgram(IEnumerable<BackwardClause> clauses)
    {
        foreach (var clause in clauses)
        {
            _all.Add(clause);
            var predicate = clause.Head.Predicate.Variable >= 0 ? clause.Given.ElementAtOrDefault(clause.Head.Predicate.Variable) : clause.Head.Predicate.Id;
            if (predicate.IsNone)
                _ofAnyPredicate.Add(clause);
            else if (_byPredicate.TryGetValue(predicate, out var list))
                list.Add(clause);
            else
                _byPredicate[predicate] = [clause];
        }
    }

    /// <summary>All clauses.</summary>
    public IReadOnlyList<BackwardClause> Clauses => _all;

    /// <summary>Whether some clause may prove a triple of a predicate; <see cref="TermId.None"/> for any.</summary>
    public bool MayProve(TermId predicate) => _ofAnyPredicate.Count > 0 || (predicate.IsNone ? _all.Count > 0 : _byPredicate.ContainsKey(predicate));

    /// <summary>Clauses that may prove a triple of a predicate; <see cref="TermId.None"/> for any.</summary>
    public IEnumerable<BackwardClause> For(TermId predicate) => predicate.IsNone ? _all : _byPredicate.TryGetValue(predicate, out var list) ? list.Concat(_ofAnyPredicate) : _ofAnyPredicate;
}
