using System.Text.Json.Serialization;

namespace Hub.Abstractions;

/// <summary>What a resume may do with an effect that was in flight when the process ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Redo>))]
public enum Redo
{
    /// <summary>Never run it again: the run stops and asks a person. The default where nothing is declared.</summary>
    [JsonStringEnumMemberName("never")] Never,

    /// <summary>Run it again with the same idempotency key, so that it acts once.</summary>
    [JsonStringEnumMemberName("with_same_key")] WithSameKey,

    /// <summary>Run it again: it changes nothing.</summary>
    [JsonStringEnumMemberName("freely")] Freely,
}
