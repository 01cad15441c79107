namespace Knowledge.Rules;

/// <summary>A way in which the engine goes wrong on purpose, for the tests that must see it. Nothing but a test sets one.</summary>
internal enum EngineFault
{
    /// <summary>It works.</summary>
    None,

    /// <summary>Rounds end after the first one.</summary>
    StopsAfterOneRound,

    /// <summary>What was deleted is not derived again by another proof, as in Jena's mode FORWARD_RETE.</summary>
    ForgetsOtherProofs,

    /// <summary>Facts that hold each other up stay when what they hung on goes, as in Jena's mode FORWARD.</summary>
    KeepsCircles,

    /// <summary>A change leaves higher strata as they were.</summary>
    KeepsHigherStrata,

    /// <summary>A change of facts that rules negate is overlooked.</summary>
    OverlooksNegation,

    /// <summary>What is known of a term does not reach those that come to equal it.</summary>
    OverlooksJoinedClasses,

    /// <summary>Of what threads share, the last part is not matched.</summary>
    LosesAPart,

    /// <summary>A goal's later answers do not reach the proofs that wait for them.</summary>
    ForgetsWaitingProofs,

    /// <summary>Tables outlive an update.</summary>
    KeepsTables,
}
