using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What every store does with a run's chain.</summary>
internal static class RunChain
{
    /// <summary>Sequence of the first event whose hash does not follow from what is before it, or null.</summary>
    public static long? FirstBreak(byte[] header, IEnumerable<(byte[] Stored, string ChainHash)> events)
    {
        var link = EventCodec.Root(header);
        long sequence = 0;
        foreach (var (stored, chainHash) in events)
        {
            link = EventCodec.Link(link, stored);
            if (link != chainHash)
                return sequence;
            sequence++;
        }

        return null;
    }

    /// <summary>Sequence of the first event whose payloads, or payloads named in them, are not what their hashes say; erased ones are fine.</summary>
    public static long? FirstBadPayload(IEnumerable<RunEvent> events, Func<string, byte[]?> payload)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in events)
        {
            var open = new Stack<string>(new[] { entry.Input, entry.Output }.OfType<string>());
            while (open.TryPop(out var hash))
            {
                if (!seen.Add(hash) || payload(hash) is not { } content)
                    continue;
                if (EventCodec.PayloadHash(content) != hash)
                    return entry.Sequence;
                foreach (var name in PayloadNames.In(content))
                    open.Push(name);
            }
        }

        return null;
    }

    /// <summary>Ends a run that nobody is writing as cancelled.</summary>
    public static void AppendCancelled(IRunWriter writer)
    {
        if (writer.Past.Any(e => e.Kind == RunEventKind.WorkflowEnd))
        {
            writer.Close(writer.Past.First(e => e.Kind == RunEventKind.WorkflowEnd).Status!.Value);
            return;
        }

        writer.Append(new RunEvent
        {
            Kind = RunEventKind.WorkflowEnd,
            Id = "root",
            ParentId = "root",
            Function = new FunctionAncestry("root", writer.Header.Reasoner),
            Name = writer.Header.Reasoner,
            Time = writer.Past.Count == 0 ? writer.Header.Started : writer.Past[^1].Time,
            StartTime = writer.Header.Started,
            Status = RunStatus.Cancelled,
            Failure = new RunFailure("OperationCanceledException", "The run was cancelled."),
        });
        writer.Close(RunStatus.Cancelled);
    }
}
