using Hub.Abstractions;
using Spectre.Console;

namespace Hub.Cli.Rendering;

/// <summary>A run's scopes, branches and effects as a tree.</summary>
internal static class RunTree
{
    public static Tree Build(RunRecord run, IReadOnlyList<RunEvent> events)
    {
        var tree = new Tree(Markup.Escape($"{run.Header.Reasoner}: {run.Question}"));
        Dictionary<string, IHasTreeNodes> scopes = new(StringComparer.Ordinal) { ["root"] = tree };
        foreach (var start in events.Where(e => e.Kind is not (RunEventKind.WorkflowStart or RunEventKind.WorkflowEnd or RunEventKind.Decision) && IsStart(e.Kind)))
        {
            var end = events.FirstOrDefault(e => e.Id == start.Id && !IsStart(e.Kind) && e.Kind != RunEventKind.Decision);
            var text = end is null ? $"{start.Name} (in flight)" : $"{start.Name} {RunListing.Duration(end)} ms  {end.Summary}";
            if (start.Kind == RunEventKind.FunctionStart && start.Tags is { Count: > 0 } share)
                text = $"{text.TrimEnd()}  [share: {string.Join(", ", share.Select(s => $"{s.Key} {s.Value}"))}]";
            scopes[start.Id] = Scope(scopes, start.ParentId).AddNode(Markup.Escape(text));
        }

        if (events.LastOrDefault(e => e.Kind == RunEventKind.WorkflowEnd) is { } done)
            tree.AddNode(Markup.Escape($"{RunListing.Name(done.Status ?? run.Status)}: {done.Summary}"));
        return tree;
    }

    private static bool IsStart(RunEventKind kind) => kind == RunEventKind.FunctionStart || kind.IsEffectStart();

    /// <summary>The node of a path: branches such as <c>3[1]</c> get one of their own on first sight.</summary>
    private static IHasTreeNodes Scope(Dictionary<string, IHasTreeNodes> scopes, string path)
    {
        if (scopes.TryGetValue(path, out var known))
            return known;
        var cut = path.LastIndexOfAny(['[', '?']);
        var slash = cut < 0 ? -1 : path.LastIndexOf('/', cut);
        var parent = Scope(scopes, slash < 0 ? "root" : path[..slash]);
        return scopes[path] = parent.AddNode(Markup.Escape(cut < 0 ? path : $"branch {path[cut..].Trim('[', ']', '?')}"));
    }
}
