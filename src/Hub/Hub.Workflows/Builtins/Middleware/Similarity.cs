namespace Hub.Workflows.Builtins.Middleware;

/// <summary>How alike two texts are, as Python's <c>difflib.SequenceMatcher.ratio</c> counts it without its junk heuristic.</summary>
/// <remarks>Source: J. W. Ratcliff, D. Metzener, "Pattern Matching: The Gestalt Approach", Dr. Dobb's Journal, 1988.</remarks>
public static class Similarity
{
    /// <summary>Twice the matching characters over all characters: 1 for equal texts, 0 for texts without a common character.</summary>
    /// <param name="a">One text.</param>
    /// <param name="b">The other.</param>
    public static double Ratio(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Length + b.Length == 0 ? 1 : 2.0 * Matches(a, b) / (a.Length + b.Length);
    }

    /// <summary>Characters of the longest common block, and of those left and right of it.</summary>
    private static int Matches(string a, string b)
    {
        var total = 0;
        Stack<(int A, int AEnd, int B, int BEnd)> rest = new([(0, a.Length, 0, b.Length)]);
        while (rest.TryPop(out var part))
        {
            var (i, j, length) = Longest(a, b, part);
            if (length == 0)
                continue;
            total += length;
            rest.Push((part.A, i, part.B, j));
            rest.Push((i + length, part.AEnd, j + length, part.BEnd));
        }

        return total;
    }

    private static (int I, int J, int Length) Longest(string a, string b, (int A, int AEnd, int B, int BEnd) part)
    {
        var best = (I: part.A, J: part.B, Length: 0);
        var previous = new int[part.BEnd - part.B + 1];
        for (var i = part.A; i < part.AEnd; i++)
        {
            var current = new int[previous.Length];
            for (var j = part.B; j < part.BEnd; j++)
            {
                if (a[i] != b[j])
                    continue;
                var length = current[j - part.B + 1] = previous[j - part.B] + 1;
                if (length > best.Length)
                    best = (i - length + 1, j - length + 1, length);
            }

            previous = current;
        }

        return best;
    }
}
