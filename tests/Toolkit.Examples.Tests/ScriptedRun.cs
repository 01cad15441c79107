using System.Text.Json;

namespace Toolkit.Examples.Tests;

/// <summary>What <c>runs.json</c> says of some files: the question, what the models say, and what must come of it.</summary>
/// <param name="Files">Files that are run so, each on its own.</param>
/// <param name="Ask">The question.</param>
/// <param name="Script">Replies of all models in the order in which they are asked: a text, <c>{act, input}</c> or <c>{answer}</c> in ReAct's format, <c>{call, arguments}</c> for a tool call.</param>
/// <param name="Answer">The run's answer, exactly.</param>
/// <param name="Saw">Tools that must be called, and a part of what they must say.</param>
/// <param name="Person">What a person says when asked; null for nobody.</param>
/// <param name="Overrides">Keys of the file to set.</param>
public sealed record ScriptedRun(
    IReadOnlyList<string> Files,
    string Ask,
    IReadOnlyList<JsonElement> Script,
    string Answer,
    IReadOnlyDictionary<string, string>? Saw = null,
    string? Person = null,
    IReadOnlyDictionary<string, string>? Overrides = null)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ScriptedRun> All { get; } = JsonSerializer.Deserialize<List<ScriptedRun>>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "runs.json")), s_json)!;

    /// <summary>The script as the option <c>replies</c> of a <c>scripted_llm</c>, in YAML.</summary>
    public string Replies() => $"[{string.Join(", ", Script.Select(Reply))}]";

    private static string Reply(JsonElement reply)
    {
        if (reply.ValueKind != JsonValueKind.Object || reply.TryGetProperty("call", out _))
            return reply.GetRawText();
        var text = reply.TryGetProperty("answer", out var answer)
            ? $"Thought: I know it.\nFinal Answer: {answer.GetString()}"
            : $"Thought: I need {reply.GetProperty("act").GetString()}.\nAction: {reply.GetProperty("act").GetString()}\nAction Input: {reply.GetProperty("input").GetRawText()}";
        return JsonSerializer.Serialize(text);
    }
}
