namespace Hub.Nano.Suite;

/// <summary>Wilson's score interval for a share.</summary>
/// <remarks>Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference", at 95 %.</remarks>
public static class Wilson
{
    private const double Z = 1.959963984540054;

    /// <summary>Lower and upper bound.</summary>
    /// <param name="successes">How many succeeded.</param>
    /// <param name="count">Of how many; at least 1.</param>
    public static (double Low, double High) Interval(int successes, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double n = count, p = successes / n;
        var centre = p + (Z * Z / (2 * n));
        var spread = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        var scale = 1 + (Z * Z / n);
        return (Math.Max(0, (centre - spread) / scale), Math.Min(1, (centre + spread) / scale));
    }
}
