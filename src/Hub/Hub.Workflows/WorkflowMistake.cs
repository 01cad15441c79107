using System.Globalization;

namespace Hub.Workflows;

/// <summary>One mistake in a workflow file.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">Line, from 1; 0 where the whole file is meant.</param>
/// <param name="Key">Path of the key, e.g. <c>workflow.llm_name</c>; empty for the file.</param>
/// <param name="Message">What was found, what is needed, what to do.</param>
public sealed record WorkflowMistake(string File, int Line, string Key, string Message)
{
    /// <summary><c>file:line: key: message</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{File}{(Line > 0 ? $":{Line}" : "")}: {(Key.Length > 0 ? $"{Key}: " : "")}{Message}");
}
