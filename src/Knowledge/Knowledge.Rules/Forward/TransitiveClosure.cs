using System.Collections.Concurrent;

namespace Knowledge.Rules;

/// <summary>What a transitive rule adds to the facts of one predicate: a breadth-first search from each subject.</summary>
/// <remarks>
/// <para>Joining the rule's body with itself would meet each pair as often as there are nodes between its ends. The distance of a pair is its rank: its first edge is given, and the rest of the way is
/// a pair of lower distance.</para>
/// <para>Cost: for each subject the edges that are reached. Of sparse graphs some ten million pairs a second. Squaring matrices loses by two orders (measured).</para>
/// </remarks>
internal static class TransitiveClosure
{
    /// <summary>Subjects whose searches belong together.</summary>
    private const int SourcesOfPart = 256;

    /// <summary>Whether a rule with some variables bound is <c>(x p y) (y p z) -&gt; (x p z)</c> for one predicate; its id, or 0.</summary>
    public static uint Predicate(RuleState state, uint[] bindings)
    {
        if (state.Data is not [var a, var b] || state.Rule.Head is not [var head] || !state.Rule.IsPlain || state.Rule.Body.Length != state.Rule.Atoms.Length
            || !head.Object.IsPlain || !head.Predicate.IsPlain)
            return 0;
        var predicate = a.Predicate.Under(bindings);
        if (predicate == 0 || predicate != b.Predicate.Under(bindings) || predicate != head.Predicate.Operand.Under(bindings))
            return 0;
        if (a.Object != b.Subject)
            (a, b) = (b, a);
        Operand[] ends = [a.Subject, a.Object, b.Object];
        var isChain = a.Object == b.Subject && head.Subject.Operand == a.Subject && head.Object.Operand == b.Object;
        return isChain && ends.Distinct().Count() == 3 && ends.All(e => e.IsVariable && bindings[e.Slot] == 0) ? predicate : 0;
    }

    /// <summary>Pairs that are reached in two steps or more and are no edges themselves.</summary>
    /// <param name="edges">Pairs of subject and object.</param>
    /// <param name="limit">The most pairs.</param>
    /// <param name="share">Does something for each part of the subjects, by several threads where that is worth it; the last argument is how many facts that concerns.</param>
    /// <returns>Pairs, sorted, with the length of the shortest way for each; null where there are more than <paramref name="limit"/>.</returns>
    public static (ulong[] Pairs, uint[] Distances)? Missing(PairColumn edges, long limit, Action<IReadOnlyCollection<int>, Action<int>, long> share)
    {
        var graph = new Graph(edges.ToArray());
        var scratch = new ConcurrentBag<uint[]>();
        var parts = new (List<ulong> Pairs, List<uint> Distances)[(graph.Nodes.Length + SourcesOfPart - 1) / SourcesOfPart];
        long count = 0;
        share([.. Enumerable.Range(0, parts.Length)], part =>
        {
            parts[part] = ([], []);
            if (Interlocked.Read(ref count) > limit)
                return;
            var (from, to) = (part * SourcesOfPart, Math.Min(graph.Nodes.Length, (part + 1) * SourcesOfPart));
            var distance = scratch.TryTake(out var left) ? left : new uint[graph.Nodes.Length];
            graph.Search(from, to, limit, distance, parts[part]);
            scratch.Add(distance);
            Interlocked.Add(ref count, parts[part].Pairs.Count);
        }, (long)edges.Count * 8);
        if (count > limit)
            return null;
        var (pairs, distances, at) = (new ulong[count], new uint[count], 0);
        foreach (var part in parts)
        {
            part.Pairs.CopyTo(pairs, at);
            part.Distances.CopyTo(distances, at);
            at += part.Pairs.Count;
        }

        return (pairs, distances);
    }

    /// <summary>Nodes by number, ascending by id, with their edges side by side.</summary>
    private sealed class Graph
    {
        private readonly int[] _starts;
        private readonly int[] _targets;

        public Graph(ulong[] edges)
        {
            Nodes = [.. edges.SelectMany(e => new[] { (uint)(e >> 32), (uint)e }).Distinct().Order()];
            _starts = new int[Nodes.Length + 1];
            _targets = new int[edges.Length];
            for (var i = 0; i < edges.Length; i++)
            {
                _starts[Number((uint)(edges[i] >> 32)) + 1]++;
                _targets[i] = Number((uint)edges[i]);
            }

            for (var i = 0; i < Nodes.Length; i++)
                _starts[i + 1] += _starts[i];
        }

        public uint[] Nodes { get; }

        /// <summary>Finds what is reached from some nodes in two steps or more.</summary>
        /// <param name="from">The first of the nodes.</param>
        /// <param name="to">The node behind the last.</param>
        /// <param name="limit">Pairs from which on no further node is looked at.</param>
        /// <param name="distance">A zero for each node of the graph, before and afterwards.</param>
        /// <param name="found">Where they go.</param>
        public void Search(int from, int to, long limit, uint[] distance, (List<ulong> Pairs, List<uint> Distances) found)
        {
            var reached = new List<int>();
            for (var source = from; source < to && found.Pairs.Count <= limit; source++)
            {
                Search(source, reached, distance);
                reached.Sort();
                foreach (var target in reached)
                {
                    if (distance[target] > 1)
                    {
                        found.Pairs.Add(FactColumns.Pair(Nodes[source], Nodes[target]));
                        found.Distances.Add(distance[target]);
                    }

                    distance[target] = 0;
                }

                reached.Clear();
            }
        }

        /// <summary>Finds what is reached from a node, in the order of distance; the node itself where a way leads back to it.</summary>
        private void Search(int source, List<int> reached, uint[] distance)
        {
            Reach(source, 1);
            for (var i = 0; i < reached.Count; i++)
                Reach(reached[i], distance[reached[i]] + 1);

            void Reach(int node, uint length)
            {
                foreach (var target in _targets.AsSpan(_starts[node].._starts[node + 1]))
                {
                    if (distance[target] != 0)
                        continue;
                    distance[target] = length;
                    reached.Add(target);
                }
            }
        }

        private int Number(uint id) => Array.BinarySearch(Nodes, id);
    }
}
