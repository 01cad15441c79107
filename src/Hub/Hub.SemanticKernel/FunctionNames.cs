using Hub.Abstractions;

namespace Hub.SemanticKernel;

/// <summary>Names as Semantic Kernel allows them: ASCII letters, digits and underscores.</summary>
internal static class FunctionNames
{
    private const string HubPrefix = "hub/";

    /// <summary>The short name of a reasoner: <c>hub/rewoo</c> is <c>rewoo</c>, and <c>hub_rewoo</c> where a file has a <c>rewoo</c> of its own.</summary>
    /// <param name="names">Names of all reasoners.</param>
    /// <returns>The function's name for each, in their order.</returns>
    /// <exception cref="HubException">Two become the same.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> names)
    {
        var own = names.Where(n => !n.StartsWith(HubPrefix, StringComparison.Ordinal)).Select(Allowed).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] all = [.. names.Select(n => n.StartsWith(HubPrefix, StringComparison.Ordinal) && Allowed(n[HubPrefix.Length..]) is var shorter && !own.Contains(shorter) ? shorter : Allowed(n))];
        return all.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } same
            ? throw new HubException($"Several reasoners ({string.Join(", ", names)}) would be the function '{same.Key}' of Semantic Kernel. Give one of them another name.")
            : all;
    }

    /// <summary>A name with everything that is not allowed as an underscore.</summary>
    public static string Allowed(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
