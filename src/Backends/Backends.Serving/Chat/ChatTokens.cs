namespace Backends.Serving.Chat;

/// <summary>A conversation as tokens, with the mark that training needs.</summary>
/// <param name="Ids">Token ids, T of them.</param>
/// <param name="IsWritten">True where the model writes the token itself: an assistant message after its role marker, its end included; T of them.</param>
public sealed record ChatTokens(int[] Ids, bool[] IsWritten);
