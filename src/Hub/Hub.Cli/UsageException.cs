using Hub.Abstractions;

namespace Hub.Cli;

/// <summary>The command was called wrongly.</summary>
internal sealed class UsageException(string message) : HubException(message);
