using Hub.Abstractions;
using Hub.Core.Answers;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>Takes one run from where its log stands to its end, its suspension, or its interruption.</summary>
internal sealed class RunExecution(IReasoner reasoner, RunLedger ledger, RunHost host, RunStop stop)
{
    private const string RootId = "root";

    /// <summary>Runs the reasoner over the log.</summary>
    /// <param name="request">What is asked; null on resume, where the log has it.</param>
    /// <param name="past">Events of earlier sittings.</param>
    public async Task<RunResult> RunAsync(ReasonerRequest? request, IReadOnlyList<RunEvent> past)
    {
        if (past.FirstOrDefault(e => e.Kind == RunEventKind.WorkflowEnd) is { } ended)
            return Ended(ended);

        try
        {
            request = Begin(request, past);
            CallerIdentity.Current = new CallerIdentity(ledger.Header.Tenant, ledger.Header.UserId, ledger.Header.RunId); // this method's own, and what it calls
            var response = await new RunScope(ledger, host, stop.Token).WholeAsync(run => StructuredReasoner.For(reasoner, request).RunAsync(run, request));
            return Finish(RunStatus.Completed, response, failure: null);
        }
        catch (RunSuspendedException suspended)
        {
            ledger.Close(RunStatus.Suspended, end: null);
            return Result(RunStatus.Suspended) with { Pending = suspended.Pending };
        }
        catch (Exception e) when (stop.IsCancelled || e is RunCancelRequestedException)
        {
            return Finish(RunStatus.Cancelled, null, new RunFailure("OperationCanceledException", "The run was cancelled."));
        }
        catch (OperationCanceledException) when (stop.IsInterrupted)
        {
            ledger.Close(RunStatus.Interrupted, end: null);
            return Result(RunStatus.Interrupted);
        }
        catch (BudgetExceededException spent)
        {
            return Finish(RunStatus.BudgetExceeded, null, new RunFailure($"BudgetExceeded:{spent.Budget}", spent.Message));
        }
        catch (Exception e) when (e is ReplayMismatchException or PayloadErasedException)
        {
            // The log is right and the code is not: nothing is appended, so that the version that began the run can go on with it.
            ledger.Close(RunStatus.Interrupted, end: null);
            return Result(RunStatus.Interrupted) with { Failure = RunFailure.From(e) };
        }
        catch (Exception e) when (e is not (RunLogException or RunLeaseException))
        {
            return Finish(RunStatus.Failed, null, RunFailure.From(e));
        }
        finally
        {
            // Whatever the reasoner left running is told to stop.
            await stop.EndAsync();
        }
    }

    /// <summary>The first event of a run.</summary>
    /// <param name="header">The run.</param>
    /// <param name="input">Hash of what is asked.</param>
    public static RunEvent Asked(RunHeader header, string input) => Root(header, RunEventKind.WorkflowStart, header.Started) with { Input = input };

    private ReasonerRequest Begin(ReasonerRequest? request, IReadOnlyList<RunEvent> past)
    {
        var input = past.FirstOrDefault(e => e.Kind == RunEventKind.WorkflowStart)?.Input;
        if (input is null)
        {
            if (request is null)
                throw new HubException($"The process of run {ledger.Header.RunId} ended before its question was stored, so nothing was done. Ask again.");
            input = ledger.Payloads.Put(RequestLog.Encode(request, ledger.Payloads));
            ledger.End(Asked(ledger.Header, input));
        }

        // Live and replayed requests take the same path, so that they cannot differ.
        return RequestLog.Decode(ledger.Payloads.Get(input), ledger.Payloads);
    }

    private RunResult Finish(RunStatus status, ChatResponse? response, RunFailure? failure)
    {
        var end = Event(RunEventKind.WorkflowEnd) with
        {
            StartTime = ledger.Header.Started,
            Status = status,
            Failure = failure,
            Output = response is null ? null : ledger.Payloads.Put(ChatEffectCodec.Instance.EncodeResult(response, ledger.Payloads)),
        };
        ledger.Close(status, end);
        return Result(status) with { Response = response, Failure = failure };
    }

    private RunResult Ended(RunEvent end)
    {
        ledger.Close(end.Status!.Value, end: null);
        var response = end.Output is null ? null : ChatEffectCodec.Instance.DecodeResult(ledger.Payloads.Get(end.Output), ledger.Payloads);
        return Result(end.Status.Value) with { Response = response, Failure = end.Failure };
    }

    private RunResult Result(RunStatus status) => new()
    {
        RunId = ledger.Header.RunId,
        Status = status,
        Steps = ledger.Meter.Steps,
        Usage = ledger.Meter.Usage,
    };

    private RunEvent Event(RunEventKind kind) => Root(ledger.Header, kind, ledger.Time.GetUtcNow());

    private static RunEvent Root(RunHeader header, RunEventKind kind, DateTimeOffset time) => new()
    {
        Kind = kind,
        Id = RootId,
        ParentId = RootId,
        Function = new FunctionAncestry(RootId, header.Reasoner),
        Name = header.Reasoner,
        Time = time,
    };
}
