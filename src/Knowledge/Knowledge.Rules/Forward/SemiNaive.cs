namespace Knowledge.Rules;

/// <summary>Closes facts under rules, stratum by stratum, in rounds: each looks only at matches with a fact that the round before concluded.</summary>
/// <remarks>
/// Source: semi-naive evaluation (Bancilhon 1986; Abiteboul, Hull, Vianu, Foundations of Databases, 13.1), on sorted pair columns by predicate as Inferray (Subercaze et al., VLDB 2016) has them.
/// Deviation: rules are first specialised by the facts of their schema (<see cref="SchemaSplit"/>), and again when the schema grows, so that most of RDFS and OWL RL become copies between columns.
/// Rules that make a predicate transitive or equality are not matched at all: <see cref="TransitiveClosure"/>, <see cref="EqualityClosure"/>.
/// </remarks>
internal sealed class SemiNaive
{
    private readonly RuleWorld _world;
    private readonly FactColumns _facts;
    private readonly RuleWork _work;
    private readonly PendingFacts _pending;
    private readonly Matching _matching;
    private readonly uint _type;
    private readonly Dictionary<uint, Subscriptions> _subscriptions = [];
    private readonly List<(RuleInstance Instance, AtomPart Atom)> _anyPredicate = [];
    private readonly Dictionary<uint, (int Round, bool IsAlone)> _closed = [];
    private readonly Dictionary<uint, bool> _closing = []; // closed in this round, and whether that added something
    private int _round;

    public SemiNaive(RuleWorld world)
    {
        (_world, _facts) = (world, world.Facts);
        _work = new RuleWork(world);
        _pending = _work.Pending;
        _matching = new Matching(world.Facts, world.Environment);
        _type = world.Environment.Id(new Iri(RdfVocabulary.Type)).Value;
    }

    /// <summary>Length of sets of subjects: ids beyond it have no bit.</summary>
    private int SeenWords { get; set; }

    /// <summary>Takes what each round adds, by predicate; the pairs are sorted and must not be changed.</summary>
    public Action<uint, ulong[]>? Kept { get; init; }

    /// <summary>Adds what follows.</summary>
    /// <param name="rules">By which of the rules.</param>
    /// <exception cref="RuleException">A limit was reached, or a builtin failed.</exception>
    public void Close(IEnumerable<CompiledRule> rules)
    {
        SeenWords = (int)((MaxDenseId() >> 6) + 1);
        foreach (var stratum in rules.GroupBy(r => r.Stratum).OrderBy(g => g.Key))
            CloseStratum([.. stratum]);
    }

    private void CloseStratum(CompiledRule[] rules)
    {
        _subscriptions.Clear();
        _anyPredicate.Clear();
        var equalities = EqualityRules.Of(rules).ConvertAll(e => (Rules: e, Closure: new EqualityClosure(_world, e, _pending)));
        var states = rules.Where(r => !equalities.Exists(e => e.Rules.Replaced.Contains(r))).Select(r => new RuleState(r, SchemaSplit.Of(r, _facts, _type), _facts)).ToList();
        foreach (var state in states)
            AddInstances(state, null);
        foreach (var (_, closure) in equalities)
            closure.Run(null);
        _work.Run(SeenWords);
        for (var news = _work.Take(); news.Relations.Count > 0; news = _work.Take())
        {
            Keep(news);
            if (_world.Options.Fault == EngineFault.StopsAfterOneRound)
                return;
            for (var i = 0; i < states.Count; i++)
            {
                AddInstances(states[i], news);
                if (states[i].Known.Count > SchemaSplit.MaxFacts)
                    AddInstances(states[i] = Whole(states[i]), null);
            }

            Add(news);
            _work.Run(SeenWords);
            foreach (var (_, closure) in equalities)
                closure.Run(news);
        }
    }

    /// <summary>Adds a round's conclusions to the facts.</summary>
    private void Keep(FactColumns news)
    {
        var rank = _world.Ranks.Begin();
        var ranked = _pending.TakeRanked();
        var columns = new List<(Relation Old, Relation News, bool IsTurned)>();
        foreach (var (predicate, relation) in news.Relations)
        {
            var pairs = relation.BySubject.ToArray();
            if (ranked.TryGetValue(predicate, out var distances))
            {
                _world.Ranks.Add(predicate, pairs, rank, RankedPairs.Ranks(pairs, rank, distances));
                _closed[predicate] = (_round + 1, distances is [var one] && _closing.GetValueOrDefault(predicate) && one.Pairs.Length == pairs.Length);
            }
            else
            {
                _world.Ranks.Add(predicate, pairs, rank);
            }

            var old = _facts.Of(predicate);
            columns.Add((old, relation, true));
            columns.Add((old, relation, false));
            Kept?.Invoke(predicate, pairs);
        }

        _work.Share(columns, c => c.Old.Add(c.News, c.IsTurned), news.Count);
        if (ranked.Count > 0)
            _world.Ranks.Reserve(ranked.Values.Max(r => r.Max(p => p.Most)));
        _closing.Clear();
        var (first, facts) = news.Relations.First();
        _world.CheckLimits(++_round, new Fact(first, facts.BySubject.From(0)[0]));
    }

    /// <summary>Makes instances of a rule for the schema's matches that are new, and runs them on all facts.</summary>
    private void AddInstances(RuleState state, FactColumns? news)
    {
        if (state.Schema.Length == 0)
        {
            if (news is null)
                Start(state, new uint[state.Rule.Slots]);
            return;
        }

        var found = new List<uint[]>();
        var sink = new InstanceSink(state, found);
        _matching.Delta = news;
        if (news is null)
            _matching.Run(state.SchemaPlan(null), new uint[state.Rule.Slots], sink);
        else
            foreach (var atom in state.Schema)
                if (news.Find(atom.Predicate.Id) is not null)
                    _matching.Run(state.SchemaPlan(atom), new uint[state.Rule.Slots], sink);
        foreach (var bindings in found)
            Start(state, bindings);
    }

    /// <summary>The rule without a schema: it has become too large for one instance each.</summary>
    private RuleState Whole(RuleState state)
    {
        foreach (var subscriptions in _subscriptions.Values)
            subscriptions.Remove(state);
        _anyPredicate.RemoveAll(s => s.Instance.Rule == state);
        return new RuleState(state.Rule, [], _facts);
    }

    private void Start(RuleState state, uint[] bindings)
    {
        var instance = new RuleInstance { Rule = state, Bindings = bindings, Copy = ColumnCopy.Of(state, bindings), Round = _round };
        if (instance.Copy is not null)
            _work.Add(instance, null, null, _facts);
        else if (TransitiveClosure.Predicate(state, bindings) is > 0 and var transitive)
            Close(instance, transitive);
        else
            _work.Add(instance, state.DataPlan(null), null, _facts);
        foreach (var atom in state.Data)
            Subscribe(instance, atom);
    }

    /// <summary>Closes a transitive predicate in one step; not where it was closed in this round already.</summary>
    private void Close(RuleInstance instance, uint predicate)
    {
        instance.Closes = predicate;
        if (!_closing.TryAdd(predicate, false) || _facts.Find(predicate) is not { } relation)
            return;
        if (TransitiveClosure.Missing(relation.BySubject, _world.Options.MaxInferred, _work.Share) is not { } missing)
            throw _world.Limit(nameof(ForwardOptions.MaxInferred), _world.Options.MaxInferred, "Rules infer too many facts", instance.Rule.Rule, instance.Bindings);
        if (missing.Pairs.Length == 0)
            return;
        _pending.AddRanked(predicate, new RankedPairs(missing.Pairs, missing.Distances, 0));
        _closing[predicate] = true;
    }

    private void Subscribe(RuleInstance instance, AtomPart atom)
    {
        var predicate = atom.Predicate.Under(instance.Bindings);
        if (predicate == 0)
        {
            _anyPredicate.Add((instance, atom));
            return;
        }

        if (!_subscriptions.TryGetValue(predicate, out var subscriptions))
            _subscriptions[predicate] = subscriptions = new Subscriptions();
        subscriptions.Add(atom.Object.Under(instance.Bindings), instance, atom);
    }

    /// <summary>Adds what instances have to do with a round's conclusions.</summary>
    private void Add(FactColumns news)
    {
        foreach (var (predicate, relation) in news.Relations)
            if (_subscriptions.TryGetValue(predicate, out var subscriptions))
                foreach (var (instance, atom) in subscriptions.For(relation))
                    Add(instance, atom, news);
        foreach (var (instance, atom) in _anyPredicate)
            Add(instance, atom, news);
    }

    private void Add(RuleInstance instance, AtomPart atom, FactColumns news)
    {
        if (instance.Round == _round)
            return; // it came to be in this round and sees everything
        if (instance.Closes != 0 && _closed.TryGetValue(instance.Closes, out var closed) && closed == (_round, true))
            return; // what is new is what it added itself, and that is closed
        _work.Add(instance, instance.Copy is null ? instance.Rule.DataPlan(atom) : null, news, _facts);
    }

    private uint MaxDenseId()
    {
        // Ids of derived terms come from the upper end; those of a source lie close together at the lower.
        uint max = 0;
        foreach (var (_, relation) in _facts.Relations)
            max = Math.Max(max, relation.BySubject.Count == 0 ? 0 : relation.BySubject.LastFirst);
        return max > TermId.MaxDense / 2 ? 1 << 20 : max;
    }

    private sealed class InstanceSink(RuleState state, List<uint[]> found) : IMatchSink
    {
        public bool Match(uint[] bindings)
        {
            var kept = new uint[bindings.Length];
            foreach (var slot in state.Kept)
                kept[slot] = bindings[slot];
            if (state.Known.Add(kept))
                found.Add((uint[])kept.Clone());
            return false;
        }
    }

    /// <summary>Instances that wait for facts of one predicate: of any object, or of one.</summary>
    private sealed class Subscriptions
    {
        private readonly List<(RuleInstance Instance, AtomPart Atom)> _all = [];
        private readonly Dictionary<uint, List<(RuleInstance Instance, AtomPart Atom)>> _byObject = [];

        public void Add(uint @object, RuleInstance instance, AtomPart atom)
        {
            if (@object == 0)
            {
                _all.Add((instance, atom));
                return;
            }

            if (!_byObject.TryGetValue(@object, out var list))
                _byObject[@object] = list = [];
            list.Add((instance, atom));
        }

        public void Remove(RuleState state)
        {
            _all.RemoveAll(s => s.Instance.Rule == state);
            foreach (var list in _byObject.Values)
                list.RemoveAll(s => s.Instance.Rule == state);
        }

        public IEnumerable<(RuleInstance Instance, AtomPart Atom)> For(Relation news)
        {
            foreach (var subscription in _all)
                yield return subscription;
            if (_byObject.Count == 0)
                yield break;
            foreach (var (@object, list) in _byObject)
                if (news.ByObject.CountOf(new TermId(@object)) > 0)
                    foreach (var subscription in list)
                        yield return subscription;
        }
    }
}
