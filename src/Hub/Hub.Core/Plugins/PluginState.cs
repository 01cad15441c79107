using System.Text.Json.Serialization;

namespace Hub.Core.Plugins;

/// <summary>Where a plugin version stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PluginState>))]
public enum PluginState
{
    /// <summary>New runs get it.</summary>
    [JsonStringEnumMemberName("current")] Current,

    /// <summary>Runs that began with it still have it; no new run gets it.</summary>
    [JsonStringEnumMemberName("retired")] Retired,

    /// <summary>Nobody has it; its memory is being given back.</summary>
    [JsonStringEnumMemberName("unloading")] Unloading,

    /// <summary>Nobody should have it, and yet it is in memory: a call that hangs, a thread or a timer that was not stopped.</summary>
    [JsonStringEnumMemberName("leaked")] Leaked,

    /// <summary>It could not be loaded.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}
