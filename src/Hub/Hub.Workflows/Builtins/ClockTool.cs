using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Builtins;

/// <summary>Tools that take no arguments, and ignore those that a model invents.</summary>
internal sealed class ClockTool(string name, string description, Func<string> tell) : AIFunction
{
    private static readonly JsonElement s_schema = JsonElement.Parse("""{"type":"object","properties":{}}"""u8);

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => s_schema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } = new Dictionary<string, object?> { [HubTool.RedoKey] = Redo.Freely };

    /// <summary>Date and time in UTC.</summary>
    public static ClockTool DateTime(TimeProvider time) => new(
        "current_datetime", "Returns the current date and time with the timezone offset.",
        () => string.Create(CultureInfo.InvariantCulture, $"The current time of day is {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} +0000"));

    /// <summary>The zone of <see cref="DateTime"/>.</summary>
    public static ClockTool TimeZone() => new("current_timezone", "Returns the name of the current timezone.", static () => "The time zone is Etc/UTC");

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => ValueTask.FromResult<object?>(tell());
}
