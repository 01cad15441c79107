#pragma warning disable MCP9005
using System.Text.Json;
using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Toolkit;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hub.Server.Mcp;

/// <summary>Tells a client the steps of its run: as progress where it sent a token, as log messages where it set a level.</summary>
internal sealed class StepNotifications(McpServer server, ProgressToken? token)
{
    private const string Logger = "hub.run";

    /// <summary>Whether the client wants to hear of any.</summary>
    public bool AreWanted => token is not null || server.LoggingLevel is not null;

    /// <summary>Tells one step; streamed parts are no steps.</summary>
    public async Task TellAsync(string runId, RunEvent entry, CancellationToken cancellationToken)
    {
        if (entry.Sequence < 0)
            return;
        var step = $"{StepNames.Of(entry.Kind)} {entry.Name}";
        if (token is { } wanted)
            await server.NotifyProgressAsync(wanted, new ProgressNotificationValue { Progress = entry.Sequence + 1, Message = step }, cancellationToken: cancellationToken);
        if (server.LoggingLevel is { } least && LevelOf(entry) is var level && level >= least)
            await server.SendNotificationAsync(NotificationMethods.LoggingMessageNotification, Message(runId, entry, step, level), McpJsonUtilities.DefaultOptions, cancellationToken);
    }

    /// <summary>What failed is an error; beginnings matter less than ends.</summary>
    private static LoggingLevel LevelOf(RunEvent entry) =>
        entry.Failure is not null ? LoggingLevel.Error : entry.StartTime is null && entry.Kind != RunEventKind.WorkflowStart ? LoggingLevel.Debug : LoggingLevel.Info;

    private static LoggingMessageNotificationParams Message(string runId, RunEvent entry, string step, LoggingLevel level) => new()
    {
        Level = level,
        Logger = Logger,
        Data = JsonSerializer.SerializeToElement(new { RunId = runId, Step = step, entry.Id, entry.Summary, entry.Failure }, Wire.Options),
    };
}
