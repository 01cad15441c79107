using System.Globalization;
using System.Runtime.CompilerServices;
using Knowledge.Benchmarks;

namespace Knowledge.Sparql.Tests.Reference;

/// <summary>A fact that asks Apache Jena; skipped, with the reason, where nobody wants it or it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JenaFactAttribute : FactAttribute
{
    /// <summary>The program that answers.</summary>
    public const string Program = "Oracle.java";

    private const string Variable = "HUB_JENA_CASES";

    public JenaFactAttribute()
    {
        if (Cases == 0)
            Skip = $"Set {Variable} to a number of cases, and install Jena (eval/peers/jena).";
        else if (!Peer.HasJena)
            Skip = "Jena is not installed: see eval/peers/jena.";
    }

    /// <summary>How many cases are asked.</summary>
    public static int Cases { get; } = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "0", CultureInfo.InvariantCulture);

    /// <summary>Where Jena's answers stand, of the project that asks.</summary>
    public static string GoldenFile([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "Golden", "jena.jsonl");
}
