namespace NoOp;

/// <summary>What a file may write for any of them.</summary>
public sealed class NoOpOptions
{
    /// <summary>The answer of the model and the reasoner.</summary>
    public string Answer { get; set; } = "nothing";
}
