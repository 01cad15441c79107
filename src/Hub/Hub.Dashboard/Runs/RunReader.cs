using Hub.Abstractions;
using Hub.Core;
using Hub.Dashboard.Http;

namespace Hub.Dashboard.Runs;

/// <summary>Reads what the pages about runs show out of the run log.</summary>
internal sealed class RunReader(IHub hub, TotalsCache totals, TimeProvider time)
{
    /// <summary>The most runs that a list looks at, newest first.</summary>
    public const int MaxLooked = 1_000;

    private const int RowsAPage = 50;

    /// <summary>A page of the list.</summary>
    public RunListModel List(ViewedRuns runs, string status, string words, int page)
    {
        var all = runs.List(MaxLooked);
        RunRecord[] matching = [.. all.Where(r => (status.Length == 0 || Words.Of(r.Status) == status) && (words.Length == 0 || Matches(r, words)))];
        RunRow[] rows = [.. matching.Skip(page * RowsAPage).Take(RowsAPage).Select(r => new RunRow(r, totals.Of(r)))];
        return new RunListModel(
            rows, status, words, page, matching.Length > (page + 1) * RowsAPage, all.GroupBy(r => r.Status).ToDictionary(g => g.Key, g => g.Count()), all.Count, time.GetUtcNow());
    }

    /// <summary>One run.</summary>
    /// <param name="runs">The runs that whoever looks may see.</param>
    /// <param name="id">Its id or the beginning of it.</param>
    /// <param name="step">Path of the step to show in full; null for none.</param>
    /// <exception cref="UnknownNameException">There is no such run.</exception>
    public RunModel Run(ViewedRuns runs, string id, string? step)
    {
        var record = runs.Find(id);
        var events = hub.Runs.Read(record.Header.RunId);
        var now = time.GetUtcNow();
        var (rows, leftOut, span) = StepTree.Build(record.Header, events, record.Status == RunStatus.Running ? now : null);
        var messages = new RunMessages(hub.Runs.Payload);
        return new RunModel
        {
            Run = record,
            Totals = RunTotals.Of(record.Header, events),
            Rows = rows,
            LeftOut = leftOut,
            Span = span,
            Question = messages.Question(events),
            Answer = messages.Answer(events),
            Failure = events.LastOrDefault(e => e.Kind == RunEventKind.WorkflowEnd)?.Failure,
            Pending = record.Status == RunStatus.Suspended ? RunQuestion.Of(events, hub.Runs.Payload) : null,
            Selected = rows.FirstOrDefault(r => r.Id == step && r.Kind is not null) is { } node ? Detail(node, events, messages) : null,
            Now = now,
        };
    }

    private StepDetail Detail(StepNode node, IReadOnlyList<RunEvent> events, RunMessages messages)
    {
        if (node.Kind != RunEventKind.LlmStart)
            return new StepDetail(node, [], 0, [], EventText.Full(node.Start!, hub.Runs.Payload), node.End is { } end ? EventText.Full(end, hub.Runs.Payload) : "");
        var (prompt, known) = messages.Prompt(events, node.Start!);
        return new StepDetail(node, prompt, known, node.End is { } reply ? messages.Reply(reply) : [], "", node.End?.Failure is { } failure ? $"{failure.Type}: {failure.Message}" : "");
    }

    private static bool Matches(RunRecord run, string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(word =>
        run.Question.Contains(word, StringComparison.OrdinalIgnoreCase)
        || run.Header.Reasoner.Contains(word, StringComparison.OrdinalIgnoreCase)
        || run.Header.RunId.StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
