namespace Reasoners.ReAct;

/// <summary>What one turn of a model says: an action, an answer, or something that cannot be read.</summary>
public abstract record ReActReply;

/// <summary>The model asks for a tool.</summary>
/// <param name="Tool">The tool's name, as written.</param>
/// <param name="Input">Its input, as written.</param>
public sealed record ReActAction(string Tool, string Input) : ReActReply;

/// <summary>The model answers.</summary>
/// <param name="Text">The answer; it may be empty.</param>
public sealed record ReActAnswer(string Text) : ReActReply;

/// <summary>The turn cannot be read.</summary>
/// <param name="Fault">Why.</param>
public sealed record ReActMalformed(ReActFault Fault) : ReActReply
{
    /// <summary>The fault in words, for the model.</summary>
    public string Explanation => Fault switch
    {
        ReActFault.MissingAction => "The reply has neither 'Action:' nor 'Final Answer:'. Write one of them after the thought.",
        ReActFault.MissingActionInput => "The reply has 'Action:' without 'Action Input:'. Write the tool's input on the line after the action.",
        ReActFault.AnswerAndAction => "The reply has an action and a final answer. Write one of them, not both.",
        ReActFault.EmptyAnswer => "There is nothing after 'Final Answer:'. Write the answer there.",
        ReActFault.TooLong => "The reply is too long to be read. Write a short thought, and then an action or a final answer.",
        _ => "The reply could not be read. Write 'Action:' and then 'Action Input:', or 'Final Answer:'.",
    };
}
