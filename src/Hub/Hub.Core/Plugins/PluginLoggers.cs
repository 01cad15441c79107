using Microsoft.Extensions.Logging;

namespace Hub.Core.Plugins;

/// <summary>Loggers for one plugin. The hub's factory remembers every category for ever, so plugins' loggers are this object's, and go with it.</summary>
internal sealed class PluginLoggers(ILoggerFactory hub) : ILoggerFactory
{
    private readonly ILogger _logger = hub.CreateLogger("Hub.Plugins");

    public ILogger CreateLogger(string categoryName) => new Named(_logger, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Where logs go is the hub's business; a plugin only writes to them.");

    public void Dispose()
    {
    }

    private sealed class Named(ILogger logger, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        // The text alone: a state object of the plugin's own type must not reach a provider that may keep it.
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logger.Log(logLevel, eventId, "{Category}: {Message}", category, $"{formatter(state, exception)}{(exception is null ? "" : $" {exception.Message}")}");
    }
}
