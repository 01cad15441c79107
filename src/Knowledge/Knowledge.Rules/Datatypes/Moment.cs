using System.Globalization;

namespace Knowledge.Rules;

/// <summary>An <c>xsd:dateTime</c> on the line of time.</summary>
/// <param name="Seconds">Seconds in UTC, or of the clock where there is no zone.</param>
/// <param name="HasZone">Whether there is one.</param>
/// <remarks>Source: XML Schema 1.1 Part 2, 3.3.7.3: one with and one without a zone are ordered only where no zone could change it.</remarks>
internal readonly record struct Moment(decimal Seconds, bool HasZone)
{
    private const int MaxZoneSeconds = 14 * 3600;
    private const int DaysIn400Years = 146_097;

    /// <summary>Order; null where it cannot be told.</summary>
    public int? Compare(Moment other) => HasZone == other.HasZone || Math.Abs(Seconds - other.Seconds) > MaxZoneSeconds ? Seconds.CompareTo(other.Seconds) : null;

    /// <summary>The moment of a canonical text, as <see cref="Moments.DateTime"/> makes them.</summary>
    public static Moment OfCanonical(string text)
    {
        var end = text.LastIndexOf('-', text.LastIndexOf('-') - 1); // the year may begin with a sign
        var year = int.Parse(text.AsSpan(0, end), CultureInfo.InvariantCulture);
        var rest = text.AsSpan(end + 1).TrimEnd('Z');
        int Part(ReadOnlySpan<char> of, int at) => int.Parse(of.Slice(at, 2), CultureInfo.InvariantCulture);
        var cycle = ((year % 400) + 400) % 400; // a year of the same shape among those that the calendar type knows
        var days = new DateOnly(cycle + 400, Part(rest, 0), Part(rest, 3)).DayNumber + ((year - cycle - 400L) / 400 * DaysIn400Years);
        return new Moment((days * 86400m) + (Part(rest, 6) * 3600) + (Part(rest, 9) * 60) + decimal.Parse(rest[12..], CultureInfo.InvariantCulture), text.EndsWith('Z'));
    }
}
