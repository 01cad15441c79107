namespace Hub.Nano.Training;

/// <summary>What nano is trained on.</summary>
public sealed record NanoDataOptions
{
    /// <summary>Seed of tasks and their order.</summary>
    public ulong Seed { get; init; } = 5;

    /// <summary>Tokens of a batch, padding included.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>The longest conversation; longer ones are left out.</summary>
    public int MaxTokens { get; init; } = 640;

    /// <summary>Tokens until the full number of tools is reached; 0 for at once.</summary>
    public long CurriculumTokens { get; init; } = 2_500_000;

    /// <summary>Tokens during which every token counts, prompts included.</summary>
    public long AllTokensUntil { get; init; } = 800_000;

    /// <summary>Share of look-ups among the tasks, from 0 to 1.</summary>
    public double LookupShare { get; init; }

    /// <summary>True for the negative control: each task is answered with another task's answer of the same family. The suite must not reward what it learns.</summary>
    public bool OtherAnswers { get; init; }
}
