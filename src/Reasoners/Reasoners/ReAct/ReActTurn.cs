using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.ReAct;

/// <summary>One turn of the model.</summary>
/// <param name="Text">What it wrote, as it stands in the next prompt.</param>
/// <param name="Reply">What that means.</param>
internal sealed record ReActTurn(string Text, ReActReply Reply)
{
    /// <summary>Reads a response: its first native tool call where those are used and there is one, else its text.</summary>
    public static ReActTurn Read(ChatResponse response, ReActOptions options)
    {
        var text = AgentAnswers.WithoutThoughts(response.Text);
        if (options.UseNativeToolCalling && FirstCall(response) is { } call)
            return OfCall(text, call);
        var reply = ReActGrammar.Parse(text, options.Grammar);
        if (reply is ReActMalformed { Fault: ReActFault.MissingAction } && ReActGrammar.DirectAnswer(text, options.Grammar) is { } direct)
            reply = new ReActAnswer(direct);
        return new ReActTurn(reply is ReActAction ? ReActGrammar.BeforeObservation(text) : text, reply);
    }

    /// <summary>The turn as an answer, where unreadable replies are handed on: the fault, and what the model wrote.</summary>
    public ReActTurn AsAnswer(ReActMalformed fault) => this with { Reply = new ReActAnswer($"{fault.Explanation}\n{Text}") };

    private static FunctionCallContent? FirstCall(ChatResponse response) =>
        response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().FirstOrDefault();

    /// <summary>A native call in the words of the text form, so that the conversation stays in one form.</summary>
    private static ReActTurn OfCall(string text, FunctionCallContent call)
    {
        var input = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), HubJson.Options);
        var action = ReActPrompt.Action(call.Name.Trim(), input);
        return new ReActTurn(text.Length == 0 ? action : $"{text}\n{action}", new ReActAction(call.Name.Trim(), input));
    }
}
