using System.Globalization;
using Hub.Abstractions;
using Hub.Remote.Auth;

namespace Hub.Server.Toolkit;

/// <summary>Streams a run, and what becomes of it after a person answered or a client came back: nothing is lost, nothing is said twice.</summary>
/// <param name="form">How it is shown.</param>
/// <param name="from">Where the client has read to.</param>
/// <param name="hasPositions">Whether the client is told where it has read to.</param>
/// <param name="authorize">Tells the client what somebody is to authorize.</param>
internal sealed class RunStream(StreamForm form, StreamPosition from, bool hasPositions, Func<AuthorizationRequired, Task> authorize)
{
    private long _next = from.Next;
    private int _written = from.Written;

    /// <summary>Streams one sitting of the run to its end.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isJoined">Whether the run was under way before: the parts that come now begin nobody knows where, so that the rest of the answer is shown at its end.</param>
    /// <param name="watch">Tells what somebody is to authorize; null where nothing asks for that.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public async Task<RunResult> WriteAsync(IRunHandle run, bool isJoined, AuthorizationWatch? watch, CancellationToken cancellationToken)
    {
        form.Begin(run);
        var again = _written; // a resumed run says again what it said before
        await foreach (var entry in Watched.EventsAsync(run, watch, authorize, cancellationToken))
        {
            if (entry.IsAnswerPart && form.HasParts)
            {
                var known = Math.Min(again, entry.Chunk!.Length);
                again -= known;
                if (isJoined || known == entry.Chunk.Length)
                    continue;
                _written += entry.Chunk.Length - known;
                Place(run);
                await form.PartAsync(entry.Chunk[known..]);
                continue;
            }

            var step = form.Step(entry);
            if (entry.Sequence >= 0 && entry.Sequence < _next)
                continue;
            _next = Math.Max(_next, entry.Sequence + 1);
            Place(run);
            if (step is not null)
                await form.StepAsync(step);
        }

        var result = await run.Completion;
        if (result.Status == RunStatus.Completed)
            await EndAsync(run, result);
        return result;
    }

    private async Task EndAsync(IRunHandle run, RunResult result)
    {
        if (form.HasParts && _written < result.Text.Length)
        {
            var rest = result.Text[_written..]; // what a slow reader missed, or never came in parts
            _written = result.Text.Length;
            Place(run);
            await form.PartAsync(rest);
        }

        var before = from.Next >= StreamPosition.Ends ? from.Next - StreamPosition.Ends : 0;
        var ends = 0;
        foreach (var write in form.Ends(result))
        {
            ends++;
            _next = StreamPosition.Ends + ends;
            Place(run);
            if (ends > before)
                await write();
        }
    }

    private void Place(IRunHandle run)
    {
        if (hasPositions)
            form.Stream.Position = new StreamPosition(run.RunId, _next, _written).ToString();
    }
}

/// <summary>How far a stream was read: what <c>Last-Event-ID</c> says.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Next">The event of its log that comes next.</param>
/// <param name="Written">Characters of the answer that were read.</param>
internal sealed record StreamPosition(string RunId, long Next, int Written)
{
    /// <summary>From here on <see cref="Next"/> counts what follows after the answer, not events of the log.</summary>
    public const long Ends = 1L << 60;

    /// <summary>Nothing was read.</summary>
    public static readonly StreamPosition Start = new("", 0, 0);

    /// <summary>Reads <c>RUN:EVENT:CHARACTERS</c>; null where it is something else.</summary>
    public static StreamPosition? Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 3 && parts[0].Length is > 0 and <= 64 && parts[0].All(char.IsAsciiHexDigitLower)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var next)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var written)
                ? new StreamPosition(parts[0], next, written)
                : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RunId}:{Next}:{Written}");
}
