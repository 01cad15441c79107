using System.Buffers;

namespace Knowledge.Rules;

/// <summary>Terms that rules make and their source does not know, with ids from the upper end of the dense ones downward, where a source's dictionary does not come to.</summary>
/// <remarks>Ids are never reused. Safe for several threads.</remarks>
internal sealed class DerivedTerms
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Term, TermId> _ids = [];
    private readonly List<Term> _terms = [];
    private readonly Dictionary<TermId, long> _retired = [];
    private readonly DerivedTerms? _origin;
    private readonly int _inherited;
    private readonly long _forkedAt;

    /// <summary>No terms yet.</summary>
    public DerivedTerms()
    {
    }

    private DerivedTerms(DerivedTerms origin, int inherited, long forkedAt) => (_origin, _inherited, _forkedAt) = (origin, inherited, forkedAt);

    /// <summary>The terms of a source that rules made; graphs that lie on it go on with the same, as ids must not mean two things. Null for a source that is none of rules.</summary>
    public static DerivedTerms? Of(IQuadSource source) => source switch
    {
        InferredGraph graph => graph.Derived,
        PastGraph past => past.Graph.Derived,
        BackwardGraph backward => backward.Derived,
        _ => null,
    };

    /// <summary>Number of terms.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _inherited + _terms.Count;
        }
    }

    /// <summary>These terms for a what-if of their source; both make others of the same ids from now on.</summary>
    /// <param name="version">The version at which the source was forked.</param>
    public DerivedTerms Fork(long version) => Count is > 0 and var count ? new DerivedTerms(this, count, version) : new DerivedTerms();

    /// <summary>Lets terms go to the source that it has come to know: from a version on, its ids count.</summary>
    /// <param name="snapshot">The first snapshot of which that is so.</param>
    public void Retire(IQuadSnapshot snapshot)
    {
        lock (_lock)
        {
            foreach (var (term, id) in Inherited().Concat(_ids))
            {
                if (_retired.ContainsKey(id))
                    continue;
                var text = new ArrayBufferWriter<byte>(64);
                TermText.Write(term, text);
                if (snapshot.Terms.TryFind(text.WrittenSpan, out _))
                    _retired[id] = snapshot.Version;
            }
        }
    }

    /// <summary>The id of a term at a version of the source, where it has one.</summary>
    public bool TryFind(Term term, long version, out TermId id)
    {
        lock (_lock)
            return (_ids.TryGetValue(term, out id) || IsInherited(term, _forkedAt, out id)) && !(_retired.TryGetValue(id, out var since) && since <= version);
    }

    /// <summary>The id of a term; one is made where there is none.</summary>
    public TermId Id(Term term)
    {
        lock (_lock)
        {
            if (!_ids.TryGetValue(term, out var id) && !IsInherited(term, long.MinValue, out id))
            {
                _ids[term] = id = new TermId(TermId.MaxDense - (uint)(_inherited + _terms.Count));
                _terms.Add(term);
            }

            return id;
        }
    }

    /// <summary>The term of an id; null where it is none of these.</summary>
    public Term? Find(TermId id)
    {
        if (id.Value is > TermId.MaxDense or < TermId.MaxDense / 2)
            return null;
        var index = TermId.MaxDense - id.Value;
        if (index < _inherited)
            return _origin!.Find(id);
        lock (_lock)
            return index - _inherited < _terms.Count ? _terms[(int)(index - _inherited)] : null;
    }

    /// <param name="term">A term.</param>
    /// <param name="version">The version at which it must not have been let go; the least for any.</param>
    /// <param name="id">Its id.</param>
    private bool IsInherited(Term term, long version, out TermId id)
    {
        id = default;
        return _origin is not null && _origin.TryFind(term, version, out id) && TermId.MaxDense - id.Value < _inherited;
    }

    private IEnumerable<KeyValuePair<Term, TermId>> Inherited() =>
        Enumerable.Range(0, _inherited).Select(i => new TermId(TermId.MaxDense - (uint)i)).Select(id => KeyValuePair.Create(_origin!.Find(id)!, id));
}
