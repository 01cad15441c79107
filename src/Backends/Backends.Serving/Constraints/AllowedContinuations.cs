namespace Backends.Serving.Constraints;

/// <summary>What may follow a text under a <see cref="ToolNameMask"/>.</summary>
/// <param name="IsFree">True where any text may follow.</param>
/// <param name="Texts">Otherwise the texts of which one must follow (white space between JSON tokens aside); empty where nothing may.</param>
public sealed record AllowedContinuations(bool IsFree, IReadOnlyList<string> Texts)
{
    /// <summary>Anything may follow.</summary>
    public static AllowedContinuations Free { get; } = new(true, []);
}
