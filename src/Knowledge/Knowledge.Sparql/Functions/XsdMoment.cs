using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>A date, a time, or both, with or without a time zone.</summary>
/// <remarks>Source: XML Schema 1.1 Part 2, 3.3.7 and D.2; order as in 3.3.7.3: with and without a zone compare only where no zone from -14:00 to +14:00 could change the answer.</remarks>
internal readonly record struct XsdMoment
{
    private const int MaxZoneMinutes = 14 * 60;

    /// <summary>Datatype: dateTime, date, time, gYearMonth or gYear.</summary>
    public required string Datatype { get; init; }

    public required long Year { get; init; }

    public required int Month { get; init; }

    public required int Day { get; init; }

    public int Hour { get; init; }

    public int Minute { get; init; }

    public decimal Second { get; init; }

    /// <summary>Minutes east of UTC; null where there is no zone.</summary>
    public int? Zone { get; init; }

    /// <summary>Seconds since year 0 as the clock shows them.</summary>
    private decimal LocalSeconds => (DaysBefore(Year, Month) + Day - 1) * 86400m + (Hour * 3600) + (Minute * 60) + Second;

    /// <summary>Whether a datatype is one of moments.</summary>
    public static bool IsMoment(string datatype) => datatype is XsdVocabulary.DateTime or XsdVocabulary.Date or XsdTypes.Time or XsdTypes.YearMonth or XsdTypes.Year;

    /// <summary>The moment of a literal; null where it is none.</summary>
    public static XsdMoment? Of(Literal literal)
    {
        var text = literal.Lexical.AsSpan().Trim(" \t\r\n");
        var zone = TakeZone(ref text, out var isWrong);
        if (isWrong)
            return null;
        var moment = new XsdMoment { Datatype = literal.Datatype, Year = 1972, Month = 12, Day = 31, Zone = zone };
        return literal.Datatype switch
        {
            XsdVocabulary.DateTime => text.IndexOf('T') is var t and > 0 && TakeDate(text[..t], 3, ref moment) && TakeTime(text[(t + 1)..], ref moment) ? moment : null,
            XsdVocabulary.Date => TakeDate(text, 3, ref moment) ? moment : null,
            XsdTypes.YearMonth => TakeDate(text, 2, ref moment) ? moment with { Day = 1 } : null,
            XsdTypes.Year => TakeDate(text, 1, ref moment) ? moment with { Month = 1, Day = 1 } : null,
            XsdTypes.Time => TakeTime(text, ref moment) ? moment : null,
            _ => null,
        };
    }

    /// <summary>A moment of the clock as a dateTime in UTC.</summary>
    public static Literal Literal(DateTimeOffset moment) =>
        new(moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture), XsdVocabulary.DateTime);

    /// <summary>Order of two moments of one datatype; null where it cannot be told.</summary>
    public static int? Compare(XsdMoment a, XsdMoment b)
    {
        if (a.Zone is null == b.Zone is null)
            return (a.LocalSeconds - (60 * (a.Zone ?? 0))).CompareTo(b.LocalSeconds - (60 * (b.Zone ?? 0)));
        if (a.Zone is null)
            return -Compare(b, a);
        var at = a.LocalSeconds - (60 * a.Zone!.Value);
        return at < b.LocalSeconds - (60 * MaxZoneMinutes) ? -1 : at > b.LocalSeconds + (60 * MaxZoneMinutes) ? 1 : null;
    }

    /// <summary>The order that sorting uses where <see cref="Compare"/> cannot tell: as if in UTC, those without a zone first.</summary>
    public static int TotalOrder(XsdMoment a, XsdMoment b)
    {
        var order = (a.LocalSeconds - (60 * (a.Zone ?? 0))).CompareTo(b.LocalSeconds - (60 * (b.Zone ?? 0)));
        return order != 0 ? order : (a.Zone is null ? 0 : 1).CompareTo(b.Zone is null ? 0 : 1);
    }

    // Proleptic Gregorian days before a month (year 0 is a leap year).
    private static long DaysBefore(long year, int month)
    {
        var y = month <= 2 ? year - 1 : year;
        var era = Math.DivRem(y, 400, out var ofEra);
        if (ofEra < 0)
            (era, ofEra) = (era - 1, ofEra + 400);
        var ofYear = ((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5;
        return (era * 146097) + (ofEra * 365) + (ofEra / 4) - (ofEra / 100) + ofYear;
    }

    private static int? TakeZone(ref ReadOnlySpan<char> text, out bool isWrong)
    {
        isWrong = false;
        if (text.EndsWith("Z"))
        {
            text = text[..^1];
            return 0;
        }

        if (text.Length < 7 || text[^3] != ':' || text[^6] is not ('+' or '-'))
            return null;
        var zone = text[^6..];
        isWrong = !TakeNumber(zone[1..3], out var hours) || !TakeNumber(zone[4..], out var minutes) || minutes > 59 || (hours * 60) + minutes > MaxZoneMinutes;
        text = text[..^6];
        return isWrong ? null : (zone[0] == '-' ? -1 : 1) * ((hours * 60) + (TakeNumber(zone[4..], out var m) ? m : 0));
    }

    private static bool TakeDate(ReadOnlySpan<char> text, int parts, ref XsdMoment moment)
    {
        var isNegative = text.StartsWith("-");
        if (isNegative)
            text = text[1..];
        var yearEnd = text.IndexOf('-');
        var yearText = yearEnd < 0 ? text : text[..yearEnd];
        if (yearText.Length < 4 || (yearText.Length > 4 && yearText[0] == '0') || yearText.Length > 9 || !TakeNumber(yearText, out var year))
            return false;
        moment = moment with { Year = isNegative ? -year : year };
        if (parts == 1)
            return yearEnd < 0;
        var rest = yearEnd < 0 ? [] : text[(yearEnd + 1)..];
        if (rest.Length != (parts == 2 ? 2 : 5) || !TakeNumber(rest[..2], out var month) || month is < 1 or > 12)
            return false;
        moment = moment with { Month = month, Day = 1 };
        if (parts == 2)
            return true;
        var days = moment.Month == 12 ? 31 : DaysBefore(moment.Year, month + 1) - DaysBefore(moment.Year, month);
        if (rest[2] != '-' || !TakeNumber(rest[3..], out var day) || day < 1 || day > days)
            return false;
        moment = moment with { Day = day };
        return true;
    }

    private static bool TakeTime(ReadOnlySpan<char> text, ref XsdMoment moment)
    {
        if (text.Length < 8 || text[2] != ':' || text[5] != ':' || !TakeNumber(text[..2], out var hour) || !TakeNumber(text[3..5], out var minute))
            return false;
        var seconds = text[6..];
        if (!char.IsAsciiDigit(seconds[0]) || !char.IsAsciiDigit(seconds[1]) || (seconds.Length > 2 && (seconds[2] != '.' || seconds.Length == 3)))
            return false;
        if (!decimal.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var second))
            return false;
        if (hour > 24 || minute > 59 || second >= 60 || (hour == 24 && (minute > 0 || second > 0)))
            return false;
        moment = moment with { Hour = hour, Minute = minute, Second = second };
        return true;
    }

    private static bool TakeNumber(ReadOnlySpan<char> digits, out int number) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>A duration: months and seconds apart.</summary>
/// <param name="Months">Months, with sign.</param>
/// <param name="Seconds">Seconds, with sign.</param>
internal readonly record struct XsdDuration(long Months, decimal Seconds)
{
    /// <summary>Whether a datatype is one of durations.</summary>
    public static bool IsDuration(string datatype) => datatype is XsdTypes.Duration or XsdTypes.DayTimeDuration or XsdTypes.YearMonthDuration;

    /// <summary>The duration of a literal; null where it is none.</summary>
    public static XsdDuration? Of(Literal literal)
    {
        var text = literal.Lexical.AsSpan().Trim(" \t\r\n");
        var isNegative = text.StartsWith("-");
        if (isNegative)
            text = text[1..];
        if (!text.StartsWith("P") || text.Length < 3 || text[^1] == 'T')
            return null;
        text = text[1..];
        var (months, seconds) = (0m, 0m);
        var designators = "YMDTHMS";
        while (!text.IsEmpty)
        {
            if (text[0] == 'T')
            {
                designators = "HMS";
                text = text[1..];
                continue;
            }

            var length = text.IndexOfAnyExceptInRange('.', '9');
            if (length <= 0 || !decimal.TryParse(text[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return null;
            var isTime = designators.Length <= 3;
            var place = designators.IndexOf(text[length], StringComparison.Ordinal);
            if (place < 0 || (!isTime && place > 2) || (text[length] != 'S' && text[..length].Contains('.')))
                return null;
            switch (text[length], isTime)
            {
                case ('Y', _): months += number * 12; break;
                case ('M', false): months += number; break;
                case ('D', _): seconds += number * 86400; break;
                case ('H', _): seconds += number * 3600; break;
                case ('M', true): seconds += number * 60; break;
                default: seconds += number; break;
            }

            designators = designators[(place + 1)..];
            text = text[(length + 1)..];
            if (isTime && designators.Length == 0 && !text.IsEmpty)
                return null;
        }

        return isNegative ? new XsdDuration(-(long)months, -seconds) : new XsdDuration((long)months, seconds);
    }

    /// <summary>Order of two durations; null where months and seconds would have to be weighed.</summary>
    public static int? Compare(XsdDuration a, XsdDuration b)
    {
        if (a == b)
            return 0;
        var (months, seconds) = (a.Months.CompareTo(b.Months), a.Seconds.CompareTo(b.Seconds));
        return months == 0 ? seconds : seconds == 0 || Math.Sign(months) == Math.Sign(seconds) ? months : null;
    }

    /// <summary>Minutes from UTC as a dayTimeDuration, as TIMEZONE gives it.</summary>
    public static Literal OfZone(int minutes)
    {
        var (hours, rest) = (Math.Abs(minutes) / 60, Math.Abs(minutes) % 60);
        var text = minutes == 0 ? "PT0S" : string.Create(CultureInfo.InvariantCulture, $"{(minutes < 0 ? "-" : "")}PT{(hours > 0 ? $"{hours}H" : "")}{(rest > 0 ? $"{rest}M" : "")}");
        return new Literal(text, XsdTypes.DayTimeDuration);
    }
}
