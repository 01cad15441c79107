using System.Text.Json;

namespace Hub.Abstractions;

/// <summary>What is fixed when a run begins and pinned in its log.</summary>
public sealed record RunHeader
{
    /// <summary>The run's id, 16 lower-case hexadecimal digits.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the reasoner that the run executes.</summary>
    public required string Reasoner { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Seed of everything that is drawn by chance in the run.</summary>
    public long Seed { get; init; }

    /// <summary>Conversation that the run belongs to, or null.</summary>
    public string? ConversationId { get; init; }

    /// <summary>User who asked, or null.</summary>
    public string? UserId { get; init; }

    /// <summary>Tenant whose data the run may see, or null.</summary>
    public string? Tenant { get; init; }

    /// <summary>The run that this one was forked from, or null.</summary>
    public string? ForkedFrom { get; init; }

    /// <summary>Format version of the log; see <see cref="RunLogFormat.Current"/>.</summary>
    public int FormatVersion { get; init; } = RunLogFormat.Current;

    /// <summary>Version of the hub that began the run.</summary>
    public string HubVersion { get; init; } = RunLogFormat.HubVersion;

    /// <summary>Plugin ids and their versions, as loaded when the run began.</summary>
    public IReadOnlyDictionary<string, string> Plugins { get; init; } = new Dictionary<string, string>();

    /// <summary>The effective configuration, secrets as references (<c>${NAME}</c>), never as values; null for a hub built in code.</summary>
    public JsonElement? Configuration { get; init; }

    /// <summary>File that the configuration came from, so that <c>hub runs resume</c> finds it again; null for none.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>The HTTP request that the run answers; null where there is none.</summary>
    public RequestAttributes? Request { get; init; }

    /// <summary>What may be spent.</summary>
    public RunBudget Budget { get; init; } = RunBudget.Unlimited;
}
