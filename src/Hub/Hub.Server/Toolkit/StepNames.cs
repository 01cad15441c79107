using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Server.Toolkit;

/// <summary>Names of steps in the toolkit's form.</summary>
internal static class StepNames
{
    private const string Root = "root";

    /// <summary>The event's type: <c>LLM_START</c>.</summary>
    public static string Of(RunEventKind kind) => JsonSerializer.Serialize(kind).Trim('"');

    /// <summary>A UUID for an effect: the same each time that the run is read.</summary>
    public static string Uuid(string runId, string effectId) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{runId}:{effectId}")).AsSpan(0, 16)).ToString();

    /// <summary>The same for a parent; <c>root</c> stays.</summary>
    public static string Parent(string runId, string effectId) => effectId == Root ? Root : Uuid(runId, effectId);
}
