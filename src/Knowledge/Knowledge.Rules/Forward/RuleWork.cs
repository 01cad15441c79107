using System.Runtime.ExceptionServices;

namespace Knowledge.Rules;

/// <summary>What a round has to match: whole columns to copy and plans to run, done by several threads where that is enough work to share.</summary>
/// <remarks>
/// <para>Facts do not change while a round is matched, so that threads share nothing but them: each has a place for conclusions of its own, and a round ends by sorting these apart and joining them.
/// Which thread concluded what is not seen: a round's facts are one sorted set with one rank.</para>
/// <para>Rules whose builtins or heads ask for terms run on the calling thread, as the terms that they make get their ids in that order. Large plans and columns are shared by parts of their first
/// atom's facts.</para>
/// </remarks>
internal sealed class RuleWork
{
    private readonly Worker[] _workers;
    private readonly ParallelOptions _threads;
    private readonly long _minShared;
    private readonly bool _isFaulty;
    private readonly List<(Item Item, long Cost)> _items = [];
    private long _cost;

    public RuleWork(RuleWorld world)
    {
        (_minShared, _isFaulty) = (world.Options.MinShared, world.Options.Fault == EngineFault.LosesAPart);
        _threads = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, world.Options.MaxParallelism) };
        _workers = new Worker[_threads.MaxDegreeOfParallelism];
        for (var i = 0; i < _workers.Length; i++)
            _workers[i] = new Worker(world);
    }

    /// <summary>Where conclusions go that the calling thread makes by other means.</summary>
    public PendingFacts Pending => _workers[0].Pending;

    /// <summary>Adds a plan to be run, or a column to be copied.</summary>
    /// <param name="instance">The rule with what its schema binds.</param>
    /// <param name="plan">The plan; null for a copy.</param>
    /// <param name="delta">What is new; null to run on all facts.</param>
    /// <param name="facts">All facts.</param>
    public void Add(RuleInstance instance, Plan? plan, FactColumns? delta, FactColumns facts)
    {
        var cost = plan is null
            ? (delta ?? facts).Find(instance.Copy!.Predicate)?.BySubject.Count ?? 0
            : Matching.FirstFacts(plan, instance.Bindings, plan.Steps is [{ IsDelta: true }, ..] ? delta! : facts);
        if (cost == 0)
            return;
        _items.Add((new Item(instance, plan, delta ?? facts, 0, 1), cost));
        _cost += cost;
    }

    /// <summary>Does what was added.</summary>
    /// <param name="seenWords">Length of sets of seen subjects.</param>
    public void Run(int seenWords)
    {
        var isShared = _workers.Length > 1 && _cost >= _minShared;
        var shared = new List<Item>();
        foreach (var (item, cost) in _items)
        {
            if (!isShared || !item.Instance.Rule.Rule.IsPure)
                _workers[0].Run(item, seenWords);
            else if (2 * cost < _minShared)
                shared.Add(item);
            else
                shared.AddRange(Enumerable.Range(0, _workers.Length).Select(i => item with { Part = i, Parts = _workers.Length }));
        }

        _items.Clear();
        _cost = 0;
        if (shared.Count == 0)
            return;
        if (_isFaulty)
            shared.RemoveAt(shared.Count - 1);
        var next = -1;
        Share(_workers, worker =>
        {
            for (var i = Interlocked.Increment(ref next); i < shared.Count; i = Interlocked.Increment(ref next))
                worker.Run(shared[i], seenWords);
        });
    }

    /// <summary>Takes what is new: sorted, distinct, not among the facts.</summary>
    public FactColumns Take()
    {
        var buffers = _workers.SelectMany(w => w.Pending.Buffers).Where(b => b.Count > 0).ToList();
        var cost = buffers.Sum(b => (long)b.Count);
        Share(buffers, b => b.Compact(), cost);
        var groups = buffers.GroupBy(b => b.Predicate).Select(g => g.ToList()).ToList();
        var relations = new Relation[groups.Count];
        Share([.. Enumerable.Range(0, groups.Count)], i => relations[i] = new Relation(PairColumn.FromSorted(PendingFacts.Buffer.Take(groups[i]))), cost);
        var news = new FactColumns();
        for (var i = 0; i < groups.Count; i++)
            if (relations[i].BySubject.Count > 0)
                news.Set(groups[i][0].Predicate, relations[i]);
        return news;
    }

    /// <summary>Does something for each of some things, by several threads where they are enough work.</summary>
    /// <param name="things">Independent of each other.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cost">How many facts that concerns.</param>
    public void Share<T>(IReadOnlyCollection<T> things, Action<T> action, long cost = long.MaxValue)
    {
        if (_workers.Length == 1 || things.Count < 2 || cost < _minShared)
        {
            foreach (var thing in things)
                action(thing);
            return;
        }

        try
        {
            Parallel.ForEach(things, _threads, action);
        }
        catch (AggregateException failures)
        {
            // The error of a rule, as it would be on one thread.
            ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        }
    }

    /// <summary>A plan or a copy, or a part of it.</summary>
    private readonly record struct Item(RuleInstance Instance, Plan? Plan, FactColumns From, int Part, int Parts);

    /// <summary>What one thread matches with.</summary>
    private sealed class Worker
    {
        private readonly Matching _matching;
        private readonly Firing _firing;

        public Worker(RuleWorld world)
        {
            Pending = new PendingFacts(world);
            _matching = new Matching(world.Facts, world.Environment);
            _firing = new Firing(world.Environment, _matching, world.Options, Pending.Add);
        }

        public PendingFacts Pending { get; }

        public void Run(Item item, int seenWords)
        {
            var (instance, rule) = (item.Instance, item.Instance.Rule.Rule);
            Pending.Running = (rule, instance.Bindings);
            if (item.Plan is null)
            {
                instance.Copy!.Run(item.From, Pending, seenWords, (item.Part, item.Parts));
                return;
            }

            _firing.Rule = rule;
            (_matching.Delta, _matching.Part) = (item.From, (item.Part, item.Parts));
            _matching.Run(item.Plan, (uint[])instance.Bindings.Clone(), _firing);
        }
    }
}
