using System.Runtime.ExceptionServices;
using System.Text.Json;
using Hub.Abstractions;

namespace Reasoners.Tools;

/// <summary>What came of asking for a tool.</summary>
/// <param name="Text">What a model reads.</param>
/// <param name="Value">The result as JSON; the text where there is none.</param>
/// <param name="Failure">Why it failed, where it did.</param>
internal sealed record ToolOutcome(string Text, JsonElement Value, Exception? Failure = null)
{
    /// <summary>The text; or the failure, where it is not to become text.</summary>
    /// <param name="rethrow">Whether failures are thrown.</param>
    public string TextOrThrow(bool rethrow)
    {
        if (rethrow && Failure is not null)
            ExceptionDispatchInfo.Throw(Failure);
        return Text;
    }

    /// <summary>An outcome that is words alone.</summary>
    public static ToolOutcome Words(string text, Exception? failure = null) =>
        new(text, JsonSerializer.SerializeToElement(text, HubJson.Options), failure);
}
