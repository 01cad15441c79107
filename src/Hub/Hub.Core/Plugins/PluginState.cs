namespace Hub.Core.Plugins;

/// <summary>Where a plugin version stands.</summary>
public enum PluginState
{
    /// <summary>New runs get it.</summary>
    Current,

    /// <summary>Runs that began with it still have it; no new run gets it.</summary>
    Retired,

    /// <summary>Nobody has it; its memory is being given back.</summary>
    Unloading,

    /// <summary>Nobody should have it, and yet it is in memory: a call that hangs, a thread or a timer that was not stopped.</summary>
    Leaked,

    /// <summary>It could not be loaded.</summary>
    Failed,
}
