using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit.Evaluation;

/// <summary><c>/evaluate</c>: begins an evaluation of the workflow and says where it stands.</summary>
/// <remarks>Source: the toolkit's <c>docs/source/reference/rest-api/evaluate-api.md</c>.</remarks>
internal sealed class EvaluateJobRoutes(EvaluationJobs jobs)
{
    private const int MaxJobIdChars = 64;
    private const int MaxRepetitions = 1000;

    /// <summary><c>POST /evaluate</c>.</summary>
    public async Task SubmitAsync(HttpContext http)
    {
        var body = new BodyReader(await JsonBody.ReadAsync(http));
        var file = body.Text("config_file")?.Trim() ?? throw RequestException.Invalid("'config_file' is missing: the path of an evaluation file on this server.", "config_file");
        var id = body.Text("job_id")?.Trim();
        if (id is not null && (id.Length is 0 or > MaxJobIdChars || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
            throw RequestException.Invalid($"'job_id' must be 1 to {MaxJobIdChars} letters, digits, dashes and underscores.", "job_id");
        var repetitions = body.Integer("reps", 1, MaxRepetitions) ?? 1;
        var expiry = Math.Clamp(body.Integer("expiry_seconds", 1, int.MaxValue) ?? 3600, 600, 86400);
        var job = jobs.Submit(http, id, file, repetitions, TimeSpan.FromSeconds(expiry));
        await http.Response.WriteAsJsonAsync(new JobSubmitted(job.Id, job.Status), Wire.Options, http.RequestAborted);
    }

    /// <summary><c>GET /evaluate/job/{id}</c>.</summary>
    public Task StatusAsync(HttpContext http)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        return AnswerAsync(http, jobs.Of(Caller.Of(http)).FirstOrDefault(j => j.Id == id) ?? throw new RequestException(StatusCodes.Status404NotFound, $"Job {id} not found"));
    }

    /// <summary><c>GET /evaluate/job/last</c>.</summary>
    public Task LastAsync(HttpContext http) =>
        AnswerAsync(http, jobs.Of(Caller.Of(http)) is [.., var last] ? last : throw new RequestException(StatusCodes.Status404NotFound, "No jobs found"));

    /// <summary><c>GET /evaluate/jobs</c>.</summary>
    public Task ListAsync(HttpContext http)
    {
        var status = http.Request.Query["status"].FirstOrDefault();
        if (status is not null && !EvaluationJob.Statuses.Contains(status))
            throw RequestException.Invalid($"'status' is '{status}'; one of {string.Join(", ", EvaluationJob.Statuses)} is needed.", "status");
        return http.Response.WriteAsJsonAsync(jobs.Of(Caller.Of(http)).Where(j => status is null || j.Status == status).Select(Status), Wire.Options, http.RequestAborted);
    }

    private static Task AnswerAsync(HttpContext http, EvaluationJob job) => http.Response.WriteAsJsonAsync(Status(job), Wire.Options, http.RequestAborted);

    private static EvaluationStatus Status(EvaluationJob job) => new(job.Id, job.Status, job.File, job.Error, job.OutputPath, job.Created, job.Updated, job.ExpiresAt);

    private sealed record EvaluationStatus(
        string JobId, string Status, string ConfigFile, string? Error, string? OutputPath, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ExpiresAt);
}
