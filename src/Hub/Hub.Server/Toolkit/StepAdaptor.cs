using System.Text;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Core;

namespace Hub.Server.Toolkit;

/// <summary>A run's events as the toolkit's steps for people: Markdown with the input and, once there is one, the output.</summary>
/// <remarks>
/// A step is shown when it begins and again, under the same id, when it ends. Tokens are not steps here: the toolkit sends the whole text again
/// for each token, which grows with its square, and the answer's own parts are in the stream anyway.
/// Source: the toolkit's <c>front_ends/fastapi/step_adaptor.py</c>.
/// </remarks>
internal sealed class StepAdaptor(StepAdaptorOptions options, IRunHandle run)
{
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);

    /// <summary>The step that an event shows; null where it shows none.</summary>
    public ToolkitStep? Step(RunEvent entry)
    {
        if (entry.Sequence < 0 || options.Mode == "off" || (options.Mode == "custom" && !options.CustomEventTypes.Contains(StepNames.Of(entry.Kind))))
            return null;
        return entry.Kind switch
        {
            RunEventKind.LlmStart or RunEventKind.ToolStart => Begun(entry, Text(entry)),
            RunEventKind.LlmEnd => Ended(entry, Text(entry)),
            RunEventKind.ToolEnd => Ended(entry, Fenced(Text(entry))),
            RunEventKind.FunctionEnd when entry.Failure is not null => Of(entry, $"Function Complete: {entry.Name}", $"**Function Output:**\n{Fenced(Text(entry))}"),
            _ => null,
        };
    }

    private ToolkitStep Begun(RunEvent entry, string text)
    {
        var input = $"**Input:**\n{(entry.Kind == RunEventKind.LlmStart ? $"```python\n{Escaped(text)}\n```" : Fenced(text))}";
        _inputs[entry.Id] = input;
        return Of(entry, Name(entry), input);
    }

    private ToolkitStep? Ended(RunEvent entry, string output) => _inputs.Remove(entry.Id, out var input)
        ? Of(entry, Name(entry), $"{input}\n\n**Output:**\n{(entry.Kind == RunEventKind.LlmEnd ? Escaped(output) : output)}")
        : null;

    private ToolkitStep Of(RunEvent entry, string name, string payload) =>
        new(StepNames.Uuid(run.RunId, entry.Id), StepNames.Parent(run.RunId, entry.Function.FunctionId), "markdown", name, payload);

    private static string Name(RunEvent entry) => entry.Kind is RunEventKind.ToolStart or RunEventKind.ToolEnd ? $"Tool: {entry.Name}" : entry.Name;

    private string Text(RunEvent entry) => EventText.Full(entry, run.Payload);

    private static string Fenced(string text)
    {
        var escaped = Escaped(text);
        return $"```{(IsJson(escaped) ? "json" : "python")}\n{escaped}\n```";
    }

    private static string Escaped(string text) => new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();

    private static bool IsJson(string text)
    {
        try
        {
            _ = JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
