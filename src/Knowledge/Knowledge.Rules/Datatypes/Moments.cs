using System.Globalization;
using System.Text.RegularExpressions;

namespace Knowledge.Rules;

/// <summary>Lexical forms of points in time and the canonical texts of their values.</summary>
/// <remarks>Source: XML Schema 1.1 Part 2, section 3.3.7: points with a zone are told in UTC, fractions of a second without zeros at their end, midnight as the day that begins.</remarks>
internal static partial class Moments
{
    /// <summary>Datatypes of XML Schema that are checked for their form alone.</summary>
    public static IReadOnlyDictionary<string, Regex> Forms { get; } = new Dictionary<string, Regex>
    {
        ["date"] = DateForm(),
        ["time"] = TimeForm(),
        ["gYear"] = YearForm(),
        ["gYearMonth"] = YearMonthForm(),
        ["gMonth"] = MonthForm(),
        ["gMonthDay"] = MonthDayForm(),
        ["gDay"] = DayForm(),
        ["duration"] = DurationForm(),
    };

    /// <summary>Whether a canonical text of a point in time has a zone.</summary>
    public static bool HasZone(string canonical) => canonical.EndsWith('Z');

    /// <summary>Canonical text of a point in time; null where the text is none.</summary>
    public static string? DateTime(string text)
    {
        if (DateTimeForm().Match(text) is not { Success: true } match)
            return null;
        var (year, month, day) = (match.Groups["year"].Value, Number(match, "month"), Number(match, "day"));
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        var fraction = match.Groups["fraction"].Value.TrimEnd('0');
        if (year.Length > 9 || month is < 1 or > 12 || minute > 59 || second > 59 || (hour > 23 && !(hour == 24 && minute == 0 && second == 0 && fraction.Length == 0)))
            return null;
        var years = int.Parse(year, CultureInfo.InvariantCulture);
        if (day < 1 || day > System.DateTime.DaysInMonth(SameCalendar(years), month))
            return null;
        if (!TryZone(match.Groups["zone"].Value, out var zoneMinutes))
            return null;
        var days = day - 1;
        var minutes = (60 * hour) + minute - zoneMinutes;
        var start = new DateTime(SameCalendar(years), month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        var moment = start.AddDays(days).AddMinutes(minutes);
        years += moment.Year - start.Year;
        return string.Create(CultureInfo.InvariantCulture, $"{Years(years)}-{moment.Month:D2}-{moment.Day:D2}T{moment.Hour:D2}:{moment.Minute:D2}:{second:D2}{(fraction.Length > 0 ? "." + fraction : "")}{(match.Groups["zone"].Length > 0 ? "Z" : "")}");
    }

    /// <summary>A year between 2000 and 2399 with the same calendar.</summary>
    private static int SameCalendar(int year) => 2000 + (((year % 400) + 400) % 400);

    private static string Years(int year) => (year < 0 ? "-" : "") + Math.Abs(year).ToString("D4", CultureInfo.InvariantCulture);

    private static bool TryZone(string zone, out int minutes)
    {
        minutes = 0;
        if (zone.Length is 0 or 1)
            return true;
        minutes = (60 * int.Parse(zone.AsSpan(1, 2), CultureInfo.InvariantCulture)) + int.Parse(zone.AsSpan(4, 2), CultureInfo.InvariantCulture);
        if (minutes > 14 * 60 || int.Parse(zone.AsSpan(4, 2), CultureInfo.InvariantCulture) > 59)
            return false;
        minutes = zone[0] == '-' ? -minutes : minutes;
        return true;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private const string Zone = @"(?<zone>Z|[+-][0-9]{2}:[0-9]{2})?$";
    private const string Year = @"^(?<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))";

    [GeneratedRegex(Year + @"-(?<month>[0-9]{2})-(?<day>[0-9]{2})T(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\.(?<fraction>[0-9]+))?" + Zone, RegexOptions.CultureInvariant)]
    private static partial Regex DateTimeForm();

    [GeneratedRegex(Year + @"-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))" + Zone, RegexOptions.CultureInvariant)]
    private static partial Regex DateForm();

    [GeneratedRegex(@"^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)" + Zone, RegexOptions.CultureInvariant)]
    private static partial Regex TimeForm();

    [GeneratedRegex(Year + Zone, RegexOptions.CultureInvariant)]
    private static partial Regex YearForm();

    [GeneratedRegex(Year + @"-(?:0[1-9]|1[0-2])" + Zone, RegexOptions.CultureInvariant)]
    private static partial Regex YearMonthForm();

    [GeneratedRegex(@"^--(?:0[1-9]|1[0-2])" + Zone, RegexOptions.CultureInvariant)]
    private static partial Regex MonthForm();

    [GeneratedRegex(@"^--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])" + Zone, RegexOptions.CultureInvariant)]
    private static partial Regex MonthDayForm();

    [GeneratedRegex(@"^---(?:0[1-9]|[12][0-9]|3[01])" + Zone, RegexOptions.CultureInvariant)]
    private static partial Regex DayForm();

    [GeneratedRegex(@"^-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationForm();
}
