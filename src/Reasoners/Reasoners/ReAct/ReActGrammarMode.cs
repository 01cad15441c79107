namespace Reasoners.ReAct;

/// <summary>How strictly a reply is read.</summary>
public enum ReActGrammarMode
{
    /// <summary>Also takes bold labels, fenced input, and the first of an action and an answer in one reply.</summary>
    Tolerant,

    /// <summary>Takes and refuses exactly what the NeMo Agent Toolkit takes and refuses.</summary>
    Strict,
}
