using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit.Evaluation;

/// <summary>Evaluations that go on after their request was answered: each question is a run, and what is known of the job stands in the runs' headers.</summary>
/// <remarks>
/// All questions are stored before a job is accepted. One that was accepted survives the process: at the next start its runs are found in the log, those
/// that had not ended go on, and the scores are made once all have. Limits: <see cref="MaxJobs"/> jobs known at once, <see cref="MaxRunning"/> under way; the newest <see cref="MaxRuns"/> runs of jobs are found again.
/// </remarks>
internal sealed class EvaluationJobs(IHub hub, RequestRuns runs, HubServerOptions options) : IDisposable
{
    private const string JobKey = "evaluate_job";
    private const string ItemKey = "evaluate_item";
    private const string FileKey = "evaluate_file";
    private const string RepetitionsKey = "evaluate_reps";
    private const string ExpiryKey = "expiry_seconds";
    private const int MaxJobs = 1000;
    private const int MaxRunning = 2;
    private const int MaxRuns = 20_000;

    private readonly Lock _lock = new();
    private readonly List<EvaluationJob> _jobs = [];
    private readonly SemaphoreSlim _room = new(MaxRunning);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Finds the jobs of earlier processes, and goes on with those that had not ended.</summary>
    public void Recover()
    {
        var found = hub.Runs.ListWithPathParam(JobKey, MaxRuns).Reverse()
            .GroupBy(r => (r.Header.Tenant, Id: r.Header.Request!.PathParams![JobKey]));
        foreach (var records in found)
        {
            var known = records.First().Header.Request!.PathParams!;
            var expiry = TimeSpan.FromSeconds(Number(known, ExpiryKey));
            var job = new EvaluationJob(records.Key.Tenant, records.Key.Id, known[FileKey], Number(known, RepetitionsKey), expiry, records.Min(r => r.Header.Started))
            {
                Updated = records.Max(r => r.Updated),
            };
            foreach (var record in records)
                job.Runs[record.Header.Request!.PathParams![ItemKey]] = record.Header.RunId;
            lock (_lock)
                _jobs.Add(job);
            Begin(job);
        }
    }

    /// <summary>A caller's jobs that have not expired, the oldest first. The one that ended last is there in any case.</summary>
    public IReadOnlyList<EvaluationJob> Of(Caller caller)
    {
        lock (_lock)
        {
            EvaluationJob[] own = [.. _jobs.Where(j => string.Equals(j.Tenant, caller.Tenant, StringComparison.Ordinal))];
            var last = own.Where(j => j.HasEnded).MaxBy(j => j.Updated);
            var now = options.Time.GetUtcNow();
            return [.. own.Where(j => j == last || j.ExpiresAt is not { } end || end > now)];
        }
    }

    /// <summary>Accepts a job; one that is known by that id is given back as it is.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">The job's id; null for a new one.</param>
    /// <param name="file">The evaluation file, as the client names it.</param>
    /// <param name="repetitions">How often each question is asked.</param>
    /// <param name="expiry">How long the job is known after its end.</param>
    /// <exception cref="HubException">The file, its dataset or its evaluators cannot be used.</exception>
    public EvaluationJob Submit(HttpContext http, string? id, string file, int repetitions, TimeSpan expiry)
    {
        var caller = Caller.Of(http);
        if (id is not null && Of(caller).FirstOrDefault(j => j.Id == id) is { } known)
            return known;
        using var parts = options.EvaluationParts!(EvaluationFiles.Find(file, options));
        var rows = DatasetRow.ReadAll(EvaluationPlan.Read(parts).Dataset, repetitions);
        var now = options.Time.GetUtcNow();
        var job = new EvaluationJob(caller.Tenant, id ?? new Guid(RandomNumberGenerator.GetBytes(16)).ToString(), file, repetitions, expiry, now) { Updated = now };
        lock (_lock)
        {
            if (_jobs.FirstOrDefault(j => j.Tenant == job.Tenant && j.Id == job.Id) is { } raced && raced.ExpiresAt is not { })
                return raced;
            _jobs.RemoveAll(j => (j.Tenant == job.Tenant && j.Id == job.Id) || (_jobs.Count >= MaxJobs && j.ExpiresAt < now));
            if (_jobs.Count >= MaxJobs)
                throw new RequestException(StatusCodes.Status429TooManyRequests, $"{MaxJobs} jobs are known and none has expired. Try again later.");
            _jobs.Add(job);
        }

        try
        {
            foreach (var row in rows)
            {
                job.Runs[row.Key] = runs.Accept(http, hub.DefaultReasoner, ReasonerRequest.From(EvaluationItem.TextOf(row.Question)), new Dictionary<string, string>
                {
                    [JobKey] = job.Id,
                    [ItemKey] = row.Key,
                    [FileKey] = file,
                    [RepetitionsKey] = repetitions.ToString(CultureInfo.InvariantCulture),
                    [ExpiryKey] = ((int)expiry.TotalSeconds).ToString(CultureInfo.InvariantCulture),
                });
            }
        }
        catch
        {
            lock (_lock)
                _jobs.Remove(job);
            throw;
        }

        Begin(job);
        return job;
    }

    /// <summary>Begins nothing more; runs under way are the hub's to interrupt.</summary>
    public void Dispose() => _stopping.Cancel();

    private void Begin(EvaluationJob job) => _ = Task.Run(async () =>
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
            await WorkAsync(job);
        }
        catch (OperationCanceledException)
        {
            job.Set(EvaluationJob.Interrupted, options.Time.GetUtcNow());
        }
        catch (Exception broken)
        {
            // A boundary: whatever it is, the job's status says it.
            job.Set(EvaluationJob.Failure, options.Time.GetUtcNow(), broken.Message);
        }
        finally
        {
            _room.Release();
        }
    });

    private async Task WorkAsync(EvaluationJob job)
    {
        using var parts = options.EvaluationParts!(EvaluationFiles.Find(job.File, options));
        var plan = EvaluationPlan.Read(parts);
        var folder = Path.Combine(plan.OutputFolder, "jobs", job.Tenant is { } tenant ? $"{job.Id}-{Mark(tenant)}" : job.Id);
        if (File.Exists(Path.Combine(folder, EvaluationWork.Metadata)) && job.Runs.Values.All(r => hub.Runs.Find(r).Status != RunStatus.Interrupted))
        {
            job.OutputPath = folder;
            job.Set(EvaluationJob.Success, File.GetLastWriteTimeUtc(Path.Combine(folder, EvaluationWork.Metadata))); // by an earlier process
            return;
        }

        job.Set(EvaluationJob.Running, options.Time.GetUtcNow());
        await new EvaluationWork(hub, plan, parts, options).RunAsync(DatasetRow.ReadAll(plan.Dataset, job.Repetitions), job.Runs, folder, job.Repetitions, _stopping.Token);
        job.OutputPath = folder;
        job.Set(EvaluationJob.Success, options.Time.GetUtcNow());
    }

    /// <summary>Keeps tenants' folders apart where they choose the same id; a tenant's name may be no name of a file.</summary>
    private static string Mark(string tenant) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)))[..16];

    private static int Number(IReadOnlyDictionary<string, string> known, string key) => int.Parse(known[key], CultureInfo.InvariantCulture);
}
