using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.ReAct;
using Reasoners.ReWoo;
using Reasoners.ToolCalling;

namespace Hub.FailPoint;

/// <summary>Three reasoners that each use the three tools, and models that play their parts by heart.</summary>
internal static class Scripts
{
    /// <summary>Names of the reasoners.</summary>
    public static IReadOnlyList<string> Names { get; } = ["react", "rewoo", "toolcalling"];

    private static readonly ToolRef[] s_tools = ["temperature", "deposit", "send"];

    /// <summary>A reasoner and its model's lines.</summary>
    public static (IReasoner Reasoner, Func<IReadOnlyList<ChatMessage>, ChatMessage> Model) Of(string name) => name switch
    {
        "react" => (new ReActReasoner(new ReActOptions { Llm = "model", Tools = s_tools }), ReAct),
        "rewoo" => (new ReWooReasoner(new ReWooOptions { Llm = "model", Tools = s_tools }), ReWoo),
        "toolcalling" => (new ToolCallingReasoner(new ToolCallingOptions { Llm = "model", Tools = s_tools }), ToolCalling),
        _ => throw new UnknownNameException("script", name, Names),
    };

    private static ChatMessage ReAct(IReadOnlyList<ChatMessage> messages)
    {
        var observations = messages.Skip(2).Where(m => m.Role == ChatRole.User).Select(m => m.Text.Trim()).ToList();
        return new ChatMessage(ChatRole.Assistant, observations.Count switch
        {
            0 => "Thought: first the weather\nAction: temperature\nAction Input: {\"city\": \"Oslo\"}\n",
            1 => "Thought: then the money\nAction: deposit\nAction Input: {\"amount\": 42}\n",
            2 => "Thought: then the letter\nAction: send\nAction Input: {\"text\": \"Dear bank\"}\n",
            _ => "Thought: done\nFinal Answer: " + string.Join(" | ", observations),
        });
    }

    private static ChatMessage ReWoo(IReadOnlyList<ChatMessage> messages)
    {
        const string Plan = """
            [{"plan":"weather","evidence":{"placeholder":"#E1","tool":"temperature","tool_input":{"city":"Oslo"}}},
             {"plan":"money","evidence":{"placeholder":"#E2","tool":"deposit","tool_input":{"amount":42}}},
             {"plan":"letter","evidence":{"placeholder":"#E3","tool":"send","tool_input":{"text":"It is #E1 and #E2"}}}]
            """;
        var asked = messages[^1].Text;
        return new ChatMessage(ChatRole.Assistant, asked.StartsWith("plan:", StringComparison.Ordinal) ? $"Solved from {asked.Length}: {asked}" : Plan);
    }

    private static ChatMessage ToolCalling(IReadOnlyList<ChatMessage> messages)
    {
        var results = messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => RunTools.ResultText(r.Result)).ToList();
        return results.Count switch
        {
            0 => new ChatMessage(ChatRole.Assistant, [Call("a", "temperature", "city", "Oslo"), Call("b", "deposit", "amount", 42)]),
            2 => new ChatMessage(ChatRole.Assistant, [Call("c", "send", "text", "Dear bank")]),
            _ => new ChatMessage(ChatRole.Assistant, string.Join(" | ", results)),
        };
    }

    private static FunctionCallContent Call(string id, string tool, string argument, object value) =>
        new(id, tool, new Dictionary<string, object?> { [argument] = JsonSerializer.SerializeToElement(value) });
}
