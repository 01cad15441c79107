using System.Collections.Concurrent;

namespace Hub.Server.Toolkit.Evaluation;

/// <summary>An evaluation that was accepted, and where it stands.</summary>
internal sealed class EvaluationJob(string? tenant, string id, string file, int repetitions, TimeSpan expiry, DateTimeOffset created)
{
    public const string Submitted = "submitted";
    public const string Running = "running";
    public const string Success = "success";
    public const string Failure = "failure";
    public const string Interrupted = "interrupted";

    /// <summary>All words for where a job stands.</summary>
    public static readonly IReadOnlyList<string> Statuses = [Submitted, Running, Success, Failure, Interrupted, "not_found"];

    public string? Tenant => tenant;

    public string Id => id;

    public string File => file;

    public int Repetitions => repetitions;

    public DateTimeOffset Created => created;

    /// <summary>Each question's run, by the row's id.</summary>
    public ConcurrentDictionary<string, string> Runs { get; } = new(StringComparer.Ordinal);

    public string Status { get; private set; } = Submitted;

    public string? Error { get; private set; }

    public string? OutputPath { get; set; }

    public DateTimeOffset Updated { get; set; }

    public bool HasEnded => Status is Success or Failure;

    /// <summary>When it is forgotten; null while it has not ended.</summary>
    public DateTimeOffset? ExpiresAt => HasEnded ? Updated + expiry : null;

    public void Set(string status, DateTimeOffset now, string? error = null) => (Updated, Error, Status) = (now, error, status);
}
