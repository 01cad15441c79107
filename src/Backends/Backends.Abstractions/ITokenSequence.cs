namespace Backends.Abstractions;

/// <summary>One sequence in a model's cache.</summary>
public interface ITokenSequence : IDisposable
{
    /// <summary>Tokens fed so far.</summary>
    int Length { get; }
}
