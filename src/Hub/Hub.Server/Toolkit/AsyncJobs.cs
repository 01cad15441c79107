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
/// <remarks>
/// A job is stored before it is accepted, and begun when there is room for it. One that was accepted survives the process: it is found in
/// the run log at the next start, goes on from where it stood, and finishes once. Limits: <see cref="MaxJobs"/> are known at once.
/// </remarks>
internal sealed class AsyncJobs(IHub hub, RequestRuns runs, ServedFunctions functions, HubServerOptions options) : IDisposable
{
    private const string JobKey = "job_id";
    private const string ExpiryKey = "expiry_seconds";
    private const int MaxJobIdChars = 64;
    private const int MaxJobs = 10_000;

    private readonly ConcurrentDictionary<(string? Tenant, string Id), Job> _jobs = new();
    private readonly SemaphoreSlim _room = new(options.FrontEnd.MaxRunningAsyncJobs);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Finds the jobs of earlier processes, and goes on with those that were under way or had not begun.</summary>
    public void Recover()
    {
        foreach (var record in hub.Runs.ListWithPathParam(JobKey, MaxJobs).Reverse())
        {
            var job = new Job(record.Header.RunId, TimeSpan.FromSeconds(int.Parse(record.Header.Request!.PathParams![ExpiryKey], CultureInfo.InvariantCulture)));
            if (_jobs.TryAdd((record.Header.Tenant, record.Header.Request.PathParams[JobKey]), job) && record.Status == RunStatus.Interrupted)
                Begin(job);
        }
    }

    /// <summary><c>POST …/async</c>: 202 with the job, or 200 where it finished within <c>sync_timeout</c>.</summary>
    public Func<HttpContext, Task> Submit(string function) => async http =>
    {
        var json = await JsonBody.ReadAsync(http);
        var body = new BodyReader(json);
        var wait = body.Integer("sync_timeout", 0, 300) ?? 0;
        var expiry = Math.Clamp(body.Integer(ExpiryKey, 1, int.MaxValue) ?? 3600, 600, 86400);
        var id = body.Text(JobKey)?.Trim() ?? new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
        if (id.Length is 0 or > MaxJobIdChars || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw RequestException.Invalid($"'{JobKey}' must be 1 to {MaxJobIdChars} letters, digits, dashes and underscores.", JobKey);
        var (request, _) = WorkflowInput.Read(Without(json, JobKey, "sync_timeout", ExpiryKey), functions.Tool(function));
        var key = (Caller.Of(http).Tenant, id);
        var job = new Job(null, TimeSpan.FromSeconds(expiry));
        var known = _jobs.GetOrAdd(key, job);
        if (!ReferenceEquals(known, job))
        {
            // The same job again is the same job: a client that lost the answer may ask once more.
            await http.Response.WriteAsJsonAsync(new JobSubmitted(id, known.RunId is { } run ? Name(known, hub.Runs.Find(run).Status) : Submitted), Wire.Options, http.RequestAborted);
            return;
        }

        try
        {
            MakeRoom();
            job.RunId = runs.Accept(http, function, request, new Dictionary<string, string> { [JobKey] = id, [ExpiryKey] = expiry.ToString(CultureInfo.InvariantCulture) });
        }
        catch
        {
            _jobs.TryRemove(key, out _);
            throw;
        }

        http.Response.Headers["X-Run-Id"] = job.RunId;
        var end = Begin(job);
        if (wait > 0)
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromSeconds(wait), options.Time, http.RequestAborted));
        if (wait > 0 && end.IsCompleted)
        {
            await AnswerAsync(http, id);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status202Accepted;
        await http.Response.WriteAsJsonAsync(new JobSubmitted(id, Submitted), Wire.Options, http.RequestAborted);
    };

    /// <summary><c>GET …/async/job/{id}</c>.</summary>
    public Task StatusAsync(HttpContext http) => AnswerAsync(http, (string)http.Request.RouteValues["id"]!);

    /// <summary>Begins no more jobs; those under way are the hub's to interrupt.</summary>
    public void Dispose() => _stopping.Cancel();

    /// <summary>Runs a job when there is room.</summary>
    private Task Begin(Job job)
    {
        job.IsWaiting = true;
        return Task.Run(async () =>
        {
            try
            {
                await _room.WaitAsync(_stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return; // the next process finds it
            }

            try
            {
                var handle = await hub.ResumeAsync(job.RunId!, cancellationToken: _stopping.Token);
                job.IsWaiting = false;
                await handle.Completion;
            }
            catch (Exception cannot) when (cannot is HubException or OperationCanceledException or ObjectDisposedException)
            {
                // Its status says so: interrupted.
            }
            finally
            {
                job.IsWaiting = false;
                _room.Release();
            }
        });
    }

    /// <summary>Forgets jobs that have expired, where many are known.</summary>
    private void MakeRoom()
    {
        if (_jobs.Count <= MaxJobs)
            return;
        foreach (var (key, job) in _jobs.Where(j => j.Value.RunId is { } run && IsExpired(j.Value, hub.Runs.Find(run))))
            _jobs.TryRemove(KeyValuePair.Create(key, job));
        if (_jobs.Count > MaxJobs)
            throw new RequestException(StatusCodes.Status429TooManyRequests, $"{MaxJobs} jobs are known and none has expired. Try again later.");
    }

    private async Task AnswerAsync(HttpContext http, string id)
    {
        var key = (Caller.Of(http).Tenant, id);
        if (!_jobs.TryGetValue(key, out var job) || job.RunId is not { } runId)
            throw new RequestException(StatusCodes.Status404NotFound, $"Job {id} not found");
        var record = hub.Runs.Find(runId);
        if (IsExpired(job, record))
        {
            _jobs.TryRemove(key, out _);
            throw new RequestException(StatusCodes.Status404NotFound, $"Job {id} not found");
        }

        var hasEnded = HasEnded(record.Status);
        var end = hasEnded ? EventText.Full(hub.Runs.Read(runId)[^1], hub.Runs.Payload) : null;
        var isDone = record.Status == RunStatus.Completed;
        JsonElement? output = isDone ? WorkflowInput.Output(end!, functions.Tool(record.Header.Reasoner)) : null;
        var body = new JobStatus(id, Name(job, record.Status), isDone ? null : end, output, record.Header.Started, record.Updated, hasEnded ? record.Updated + job.Expiry : null);
        await http.Response.WriteAsJsonAsync(body, Wire.Options, http.RequestAborted);
    }

    private bool IsExpired(Job job, RunRecord record) => HasEnded(record.Status) && record.Updated + job.Expiry < options.Time.GetUtcNow();

    private static bool HasEnded(RunStatus status) => status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.BudgetExceeded;

    private const string Submitted = "submitted";

    private static string Name(Job job, RunStatus status) => status switch
    {
        RunStatus.Interrupted when job.IsWaiting => Submitted,
        RunStatus.Running or RunStatus.Suspended => "running",
        RunStatus.Completed => "success",
        RunStatus.Interrupted => "interrupted",
        _ => "failure",
    };

    private static JsonElement Without(JsonElement body, params string[] keys) => JsonSerializer.SerializeToElement(
        body.EnumerateObject().Where(p => !keys.Contains(p.Name)).DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value), Wire.Options);

    private sealed class Job(string? runId, TimeSpan expiry)
    {
        public string? RunId { get; set; } = runId;

        public TimeSpan Expiry { get; } = expiry;

        /// <summary>Whether it has yet to begin, or to go on, in this process.</summary>
        public bool IsWaiting { get; set; }
    }
}

/// <summary>A job that was accepted.</summary>
internal sealed record JobSubmitted(string JobId, string Status);

/// <summary>A job and where it stands.</summary>
internal sealed record JobStatus(
    string JobId, string Status, string? Error, JsonElement? Output, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ExpiresAt);
