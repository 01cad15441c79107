using System.Text.Json;
using System.Text.RegularExpressions;
using Backends.Serving.Constraints;

namespace Backends.Serving.Tests.Reference;

/// <summary>The obvious check of a finished reply: find the names with regular expressions and the keys with a JSON reader.</summary>
internal static class NaiveNameCheck
{
    public static bool ReAct(IReadOnlyList<ToolSpec> tools, string reply)
    {
        foreach (Match action in Regex.Matches(reply, @"^ *Action:([^\n]*)\n(?:Action Input:\s*(\{.*\})?)?", RegexOptions.Multiline))
        {
            var tool = tools.FirstOrDefault(t => " " + t.Name == action.Groups[1].Value);
            if (tool is null || (action.Groups[2].Success && !HasKeysOf(tool, action.Groups[2].Value))) return false;
        }
        return true;
    }

    public static bool Call(IReadOnlyList<ToolSpec> tools, string call)
    {
        var space = call.IndexOf(' ', StringComparison.Ordinal);
        var tool = tools.FirstOrDefault(t => space > 0 && t.Name == call[..space]);
        return tool is not null && HasKeysOf(tool, call[(space + 1)..]);
    }

    public static bool Plan(IReadOnlyList<ToolSpec> tools, string json)
    {
        foreach (var step in JsonDocument.Parse(json).RootElement.EnumerateArray())
        {
            var evidence = step.GetProperty("evidence");
            var tool = tools.FirstOrDefault(t => t.Name == evidence.GetProperty("tool").GetString());
            if (tool is null) return false;
            var input = evidence.GetProperty("tool_input");
            if (input.ValueKind == JsonValueKind.Object && !HasKeysOf(tool, input.GetRawText())) return false;
        }
        return true;
    }

    private static bool HasKeysOf(ToolSpec tool, string json)
    {
        var keys = JsonDocument.Parse(json).RootElement.EnumerateObject().Select(p => p.Name).ToList();
        return keys.All(tool.Arguments.Contains) && keys.Distinct().Count() == keys.Count;
    }
}
