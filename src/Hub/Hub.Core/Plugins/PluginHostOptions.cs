using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Core.Plugins;

/// <summary>Where plugins are, and how long the hub waits for them.</summary>
public sealed class PluginHostOptions
{
    /// <summary>Folder with one folder for each plugin.</summary>
    public required string Folder { get; set; }

    /// <summary>Copies of the versions in use. Default: <c>.store</c> in <see cref="Folder"/>.</summary>
    public string? Store { get; set; }

    /// <summary>How long a plugin may take to load and to register its types.</summary>
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an unloaded plugin may stay in memory before it is reported as leaked.</summary>
    public TimeSpan UnloadGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Told of loads, unloads, failures and leaks; plugins get their loggers from it.</summary>
    public ILoggerFactory Loggers { get; set; } = NullLoggerFactory.Instance;
}
