using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Conformance.Tests.Fuzz;

/// <summary>Documents that are nearly like others.</summary>
/// <param name="seeds">The others.</param>
/// <param name="tokens">What is put in between.</param>
/// <param name="random">Chance.</param>
internal sealed class Mutants(IReadOnlyList<byte[]> seeds, IReadOnlyList<string> tokens, Random random)
{
    private const int MaxMutant = 1 << 16;

    /// <summary>Checks one after the other until a time has passed.</summary>
    /// <param name="time">For how long.</param>
    /// <param name="check">Says what is wrong with one; null where nothing is.</param>
    /// <returns>What is wrong with the first that something is wrong with; null where there is none.</returns>
    public string? FirstWrong(TimeSpan time, Func<byte[], string?> check)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
            if (check(Next()) is { } wrong)
                return wrong;
        return null;
    }

    /// <summary>What is wrong with one, with the document as it can be put into a test.</summary>
    public static string Report(string kind, int seed, long number, string problem, byte[] document) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}, seed {seed}, mutant {number}: {problem}\nConvert.FromBase64String(\"{Convert.ToBase64String(document)}\")");

    /// <summary>The next one: a document with up to four faults.</summary>
    public byte[] Next()
    {
        var mutant = seeds[random.Next(seeds.Count)].ToList();
        for (var faults = random.Next(0, 5); faults > 0; faults--)
        {
            var at = random.Next(mutant.Count + 1);
            switch (random.Next(7))
            {
                case 0 when at < mutant.Count:
                    mutant[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutant.RemoveRange(at, Math.Min(random.Next(1, 30), mutant.Count - at));
                    break;
                case 2:
                    var other = seeds[random.Next(seeds.Count)];
                    var from = random.Next(other.Length + 1);
                    mutant.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 80), other.Length - from)).ToArray());
                    break;
                case 3:
                    var part = mutant.GetRange(at, Math.Min(random.Next(1, 40), mutant.Count - at));
                    for (var times = random.Next(1, 80); times > 0; times--)
                        mutant.InsertRange(at, part);
                    break;
                default:
                    mutant.InsertRange(at, Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Count)]));
                    break;
            }
        }

        return [.. mutant.Take(MaxMutant)];
    }
}
