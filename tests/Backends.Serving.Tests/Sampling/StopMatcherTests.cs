using Backends.Serving.Sampling;
using CsCheck;

namespace Backends.Serving.Tests.Sampling;

public class StopMatcherTests
{
    [Fact]
    public void Push_TextInAnyPieces_StopsWhereTheWholeTextWould() =>
        (from text in Gen.String[Gen.Char["aab\n"], 0, 30]
         from stops in Gen.String[Gen.Char["ab\n"], 1, 4].Array[0, 3]
         from cuts in Gen.Int[1, 4].Array[30]
         select (text, stops, cuts)).Sample(
            c =>
            {
                var (expected, stopped) = Whole(c.text, c.stops);
                var matcher = new StopMatcher(c.stops);
                var emitted = "";
                for (int at = 0, i = 0; at < c.text.Length; at += c.cuts[i++])
                {
                    emitted += matcher.Push(c.text[at..Math.Min(c.text.Length, at + c.cuts[i])]);
                    Assert.StartsWith(emitted, expected, StringComparison.Ordinal);
                }
                Assert.Equal(expected, emitted + matcher.Flush());
                Assert.Equal(stopped, matcher.IsStopped);
            },
            iter: 2_000, seed: "0000000000000");

    [Fact]
    public void Push_OtherStops_IsCaughtByTheWholeText()
    {
        var faulty = new StopMatcher(["Obs"]);
        Assert.NotEqual(Whole("x Observation", ["Observation"]).Text + "!", faulty.Push("x Observation"));
        Assert.NotEqual(Whole("x Obsidian", ["Observation"]).Text, new StopMatcher(["Obs"]).Push("x Obsidian"));
    }

    [Fact]
    public void Push_BeginningOfAStop_IsHeldBackUntilItIsNone()
    {
        var matcher = new StopMatcher(["\nObservation:"]);

        Assert.Equal("Action: add", matcher.Push("Action: add\nObs"));
        Assert.Equal("\nObstacle", matcher.Push("tacle"));
        Assert.Equal("", matcher.Push("\nObservation"));
        Assert.Equal("", matcher.Push(": 5"));
        Assert.True(matcher.IsStopped);
    }

    [Fact]
    public void Constructor_EmptyOrTooManyStops_Throws()
    {
        Assert.Throws<ArgumentException>(() => new StopMatcher([""]));
        Assert.Throws<ArgumentException>(() => new StopMatcher([.. Enumerable.Repeat("x", StopMatcher.MaxStops + 1)]));
    }

    // Pieces stop at the first stop string that is complete; in a whole text that is the one that ends first, the longest of those.
    private static (string Text, bool Stopped) Whole(string text, string[] stops)
    {
        for (var end = 0; end <= text.Length; end++)
        {
            var found = stops.Where(s => text[..end].EndsWith(s, StringComparison.Ordinal)).OrderByDescending(s => s.Length).FirstOrDefault();
            if (found is not null) return (text[..(end - found.Length)], true);
        }
        return (text, false);
    }
}
