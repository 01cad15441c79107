namespace Reasoners.ReAct;

/// <summary>Why a reply cannot be read.</summary>
public enum ReActFault
{
    /// <summary>It has neither an action nor an answer.</summary>
    MissingAction,

    /// <summary>It has an action without an input.</summary>
    MissingActionInput,

    /// <summary>It has an action and an answer; an error in strict mode only.</summary>
    AnswerAndAction,

    /// <summary>It has an action after its input, or is otherwise out of order.</summary>
    Unreadable,

    /// <summary>It has an answer without words; an error in tolerant mode only.</summary>
    EmptyAnswer,

    /// <summary>It is longer than <see cref="ReActGrammar.MaxReplyChars"/>.</summary>
    TooLong,
}
