namespace Backends.Serving.Sampling;

/// <summary>Finds stop strings in text that arrives in pieces and holds back what may be the beginning of one.</summary>
/// <remarks>Thread safety: none; one matcher belongs to one reply. Cost: O(held-back text · stop strings) a piece.</remarks>
public sealed class StopMatcher
{
    /// <summary>Most stop strings of one request.</summary>
    public const int MaxStops = 64;

    private readonly string[] _stops;
    private string _held = "";

    /// <summary>Creates a matcher.</summary>
    /// <param name="stops">Stop strings, none empty; none at all means that nothing stops.</param>
    /// <exception cref="ArgumentException">A stop string is empty, or there are more than <see cref="MaxStops"/>.</exception>
    public StopMatcher(IReadOnlyList<string> stops)
    {
        ArgumentNullException.ThrowIfNull(stops);
        if (stops.Any(string.IsNullOrEmpty))
            throw new ArgumentException("A stop string is empty; every stop string needs at least one character.", nameof(stops));
        if (stops.Count > MaxStops) throw new ArgumentException($"There are {stops.Count} stop strings; at most {MaxStops} are allowed.", nameof(stops));
        _stops = [.. stops];
    }

    /// <summary>True once a stop string was found; nothing is emitted any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Adds a piece of text.</summary>
    /// <param name="piece">The text that follows.</param>
    /// <returns>Text that is certainly before any stop string; the stop string itself is never returned.</returns>
    public string Push(string piece)
    {
        if (IsStopped) return "";
        var text = _held + piece;
        if (FirstStop(text) is var first and >= 0)
        {
            IsStopped = true;
            _held = "";
            return text[..first];
        }
        var keep = HeldLength(text);
        _held = text[^keep..];
        return text[..^keep];
    }

    /// <summary>Ends the text.</summary>
    /// <returns>What was held back and turned out to be no stop string.</returns>
    public string Flush()
    {
        var rest = _held;
        _held = "";
        return rest;
    }

    // Start of the stop string that ends first, the longest of those: what a reader of single characters would find, however the text was cut.
    private int FirstStop(string text)
    {
        var (start, end) = (-1, int.MaxValue);
        foreach (var stop in _stops)
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            if (at < 0 || (at + stop.Length, at).CompareTo((end, start)) >= 0) continue;
            (start, end) = (at, at + stop.Length);
        }
        return start;
    }

    // The longest end of the text that begins a stop string.
    private int HeldLength(string text)
    {
        var longest = 0;
        foreach (var stop in _stops)
            for (var length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length))) longest = length;
        return longest;
    }
}
