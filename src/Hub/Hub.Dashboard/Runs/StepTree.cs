using Hub.Abstractions;

namespace Hub.Dashboard.Runs;

/// <summary>A run's log as rows of a tree, each with its stretch of time: parents before children, children in the order in which they began.</summary>
internal sealed class StepTree
{
    /// <summary>The most rows that are shown.</summary>
    public const int MaxRows = 1_000;

    private const string Root = "root";
    private static readonly char[] s_branch = ['[', '?'];

    private readonly Dictionary<string, List<string>> _children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunEvent> _starts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunEvent> _ends = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _origin;
    private readonly DateTimeOffset _last;

    private StepTree(RunHeader header, IReadOnlyList<RunEvent> events, DateTimeOffset? now)
    {
        _origin = header.Started;
        foreach (var entry in events)
        {
            if (IsStart(entry.Kind) && _starts.TryAdd(entry.Id, entry))
                Place(entry.Id, entry.ParentId);
            else if (IsEnd(entry.Kind))
                _ends[entry.Id] = entry;
        }

        var last = events.Count == 0 ? _origin : events.Max(e => e.Time);
        _last = now is { } live && live > last ? live : last;
    }

    /// <summary>The rows of a run, <see cref="MaxRows"/> at most, and how many were left out.</summary>
    /// <param name="header">The run's header.</param>
    /// <param name="events">Its events.</param>
    /// <param name="now">Now, for a run that is under way: what is open reaches until then. Null otherwise.</param>
    public static (IReadOnlyList<StepNode> Rows, int LeftOut, TimeSpan Span) Build(RunHeader header, IReadOnlyList<RunEvent> events, DateTimeOffset? now)
    {
        var tree = new StepTree(header, events, now);
        List<StepNode> rows = [];
        Stack<(string Id, int Depth)> pending = new(tree.Under(Root).AsEnumerable().Reverse().Select(id => (id, 0)));
        while (pending.TryPop(out var next))
        {
            rows.Add(tree.Row(next.Id, next.Depth));
            foreach (var child in tree.Under(next.Id).AsEnumerable().Reverse())
                pending.Push((child, next.Depth + 1));
        }

        return ([.. rows.Take(MaxRows)], Math.Max(0, rows.Count - MaxRows), tree._last - tree._origin);
    }

    private static bool IsStart(RunEventKind kind) => kind == RunEventKind.FunctionStart || kind.IsEffectStart();

    private static bool IsEnd(RunEventKind kind) => kind == RunEventKind.FunctionEnd || kind.IsEffectEnd();

    /// <summary>Puts a step under its parent; a branch such as <c>3[1]</c>, which has no events of its own, is made on first sight.</summary>
    private void Place(string id, string parent)
    {
        while (true)
        {
            var isKnown = parent == Root || _starts.ContainsKey(parent) || _children.ContainsKey(parent);
            if (!_children.TryGetValue(parent, out var siblings))
                _children[parent] = siblings = [];
            siblings.Add(id);
            if (isKnown)
                return;
            var cut = parent.LastIndexOfAny(s_branch);
            var slash = parent.LastIndexOf('/', cut < 0 ? parent.Length - 1 : cut);
            (id, parent) = (parent, slash < 0 ? Root : parent[..slash]);
        }
    }

    /// <summary>Children in the order in which they began; branches of one place by their number.</summary>
    private List<string> Under(string id)
    {
        if (!_children.TryGetValue(id, out var all))
            return [];
        var places = all.Select(Place).Distinct(StringComparer.Ordinal).Select((place, i) => (place, i)).ToDictionary(p => p.place, p => p.i, StringComparer.Ordinal);
        return [.. all.OrderBy(child => places[Place(child)]).ThenBy(Number)];

        static string Place(string path) => path.LastIndexOfAny(s_branch) is var cut and >= 0 && path.LastIndexOf('/') < cut ? path[..cut] : path;

        static int Number(string path) => path.LastIndexOfAny(s_branch) is var cut and >= 0 && int.TryParse(path.AsSpan(cut + 1).TrimEnd("]?"), out var number) ? number : 0;
    }

    private StepNode Row(string id, int depth)
    {
        if (_starts.TryGetValue(id, out var start))
        {
            var end = _ends.GetValueOrDefault(id);
            return new StepNode(id, depth, start.Kind, start.Name, start, end, start.Time - _origin, (end?.Time ?? _last) - _origin);
        }

        var cut = id.LastIndexOfAny(s_branch);
        var stretch = Stretch(id);
        return new StepNode(id, depth, null, cut < 0 ? id : $"branch {id[cut..].Trim('[', ']', '?')}", null, null, stretch.From, stretch.To);
    }

    /// <summary>From the first beginning to the last end of everything under a branch.</summary>
    private (TimeSpan From, TimeSpan To) Stretch(string id)
    {
        var (from, to) = (TimeSpan.MaxValue, TimeSpan.Zero);
        Stack<string> pending = new(Under(id));
        while (pending.TryPop(out var next))
        {
            if (_starts.TryGetValue(next, out var start))
            {
                from = start.Time - _origin < from ? start.Time - _origin : from;
                var end = (_ends.GetValueOrDefault(next)?.Time ?? _last) - _origin;
                to = end > to ? end : to;
            }

            foreach (var child in Under(next))
                pending.Push(child);
        }

        return from == TimeSpan.MaxValue ? (TimeSpan.Zero, TimeSpan.Zero) : (from, to);
    }
}
