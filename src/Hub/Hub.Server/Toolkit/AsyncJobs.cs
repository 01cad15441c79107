using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Core;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary>Jobs that go on after their request was answered: a job is a run, and what is known of it stands in the run's header.</summary>
/// <remarks>A job that was accepted survives the process: it is found in the run log and resumed at the next start, and finishes once.</remarks>
internal sealed class AsyncJobs(IHub hub, RequestRuns runs, ServedFunctions functions, HubServerOptions options)
{
    private const string JobKey = "job_id";
    private const string ExpiryKey = "expiry_seconds";
    private const int MaxJobIdChars = 64;
    private const int RunsLookedAt = 10_000;

    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);

    /// <summary>Finds the jobs of earlier processes, and goes on with those that were under way.</summary>
    public async Task RecoverAsync()
    {
        foreach (var record in hub.Runs.List(RunsLookedAt).Where(r => r.Header.Request?.PathParams?.ContainsKey(JobKey) == true))
        {
            var job = new Job(record.Header.RunId, TimeSpan.FromSeconds(int.Parse(record.Header.Request!.PathParams![ExpiryKey], CultureInfo.InvariantCulture)));
            if (_jobs.TryAdd(record.Header.Request.PathParams[JobKey], job) && record.Status == RunStatus.Interrupted)
                await hub.ResumeAsync(record.Header.RunId);
        }
    }

    /// <summary><c>POST …/async</c>: 202 with the job, or 200 where it finished within <c>sync_timeout</c>.</summary>
    public Func<HttpContext, Task> Submit(string function) => async http =>
    {
        var json = await JsonBody.ReadAsync(http);
        var body = new BodyReader(json);
        var wait = body.Integer("sync_timeout", 0, 300) ?? 0;
        var expiry = Math.Clamp(body.Integer(ExpiryKey, 1, int.MaxValue) ?? 3600, 600, 86400);
        var id = body.Text(JobKey)?.Trim() ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (id.Length is 0 or > MaxJobIdChars || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw RequestException.Invalid($"'{JobKey}' must be 1 to {MaxJobIdChars} letters, digits, dashes and underscores.", JobKey);
        var tool = functions.Tool(function);
        var (request, _) = WorkflowInput.Read(Without(json, JobKey, "sync_timeout", ExpiryKey), tool);

        var job = new Job(null, TimeSpan.FromSeconds(expiry));
        if (!_jobs.TryAdd(id, job))
        {
            // The same job again is the same job: a client that lost the answer may ask once more.
            await AnswerAsync(http, id, StatusCodes.Status202Accepted);
            return;
        }

        IRunHandle handle;
        try
        {
            handle = runs.Start(http, function, request, job: new Dictionary<string, string> { [JobKey] = id, [ExpiryKey] = expiry.ToString(CultureInfo.InvariantCulture) });
        }
        catch
        {
            _jobs.TryRemove(id, out _);
            throw;
        }

        job.RunId = handle.RunId;
        if (wait > 0)
            await Task.WhenAny(handle.Completion, Task.Delay(TimeSpan.FromSeconds(wait), options.Time, http.RequestAborted));
        if (handle.Completion.IsCompleted)
            await AnswerAsync(http, id, StatusCodes.Status200OK);
        else
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await http.Response.WriteAsJsonAsync(new JobSubmitted(id, "submitted"), Wire.Options, http.RequestAborted);
        }
    };

    /// <summary><c>GET …/async/job/{id}</c>.</summary>
    public Task StatusAsync(HttpContext http) => AnswerAsync(http, (string)http.Request.RouteValues["id"]!, StatusCodes.Status200OK);

    private async Task AnswerAsync(HttpContext http, string id, int status)
    {
        if (!_jobs.TryGetValue(id, out var job) || job.RunId is not { } runId)
            throw new RequestException(StatusCodes.Status404NotFound, $"Job {id} not found");
        var record = hub.Runs.Find(runId);
        var hasEnded = record.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.BudgetExceeded;
        if (hasEnded && record.Updated + job.Expiry < options.Time.GetUtcNow())
        {
            _jobs.TryRemove(id, out _);
            throw new RequestException(StatusCodes.Status404NotFound, $"Job {id} not found");
        }

        var end = hasEnded ? EventText.Full(hub.Runs.Read(runId)[^1], hub.Runs.Payload) : null;
        var isDone = record.Status == RunStatus.Completed;
        JsonElement? output = isDone ? WorkflowInput.Output(end!, functions.Tool(record.Header.Reasoner)) : null;
        var body = new JobStatus(id, Name(record.Status), isDone ? null : end, output, record.Header.Started, record.Updated, hasEnded ? record.Updated + job.Expiry : null);
        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(body, Wire.Options, http.RequestAborted);
    }

    private static string Name(RunStatus status) => status switch
    {
        RunStatus.Running or RunStatus.Suspended => "running",
        RunStatus.Completed => "success",
        RunStatus.Interrupted => "interrupted",
        _ => "failure",
    };

    private static JsonElement Without(JsonElement body, params string[] keys) => JsonSerializer.SerializeToElement(
        body.EnumerateObject().Where(p => !keys.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value), Wire.Options);

    private sealed class Job(string? runId, TimeSpan expiry)
    {
        public string? RunId { get; set; } = runId;

        public TimeSpan Expiry { get; } = expiry;
    }
}

/// <summary>A job that was accepted.</summary>
internal sealed record JobSubmitted(string JobId, string Status);

/// <summary>A job and where it stands.</summary>
internal sealed record JobStatus(
    string JobId, string Status, string? Error, JsonElement? Output, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ExpiresAt);
