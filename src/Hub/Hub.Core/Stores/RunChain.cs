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
