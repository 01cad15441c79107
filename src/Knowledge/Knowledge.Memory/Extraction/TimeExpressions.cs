using System.Globalization;
using System.Text.RegularExpressions;

namespace Knowledge.Memory;

/// <summary>Finds the times that an English text names.</summary>
/// <remarks>
/// Known are days, months and years of the Gregorian calendar in digits or with the month's name, and today, yesterday, tomorrow,
/// weekdays, weeks, months and years before or after the day on which it is said.
/// Not known are times of day, seasons, holidays, and counting from anything but the day on which it is said.
/// All days are days in UTC. A month without a year is the last such month, the current one included.
/// </remarks>
public static partial class TimeExpressions
{
    private const string Months = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec";
    private const string Days = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
    private const string Numbers = "a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,3}";

    private static readonly string[] s_numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    [GeneratedRegex(@"\b(?:(?<rel>in|on|since|from|until|till|by|during|of|as of)\s+)?(?:(?<iso>\d{4}-\d\d-\d\d)\b|(?<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(?<m>" + Months + @")\.?,?\s+(?<y>\d{4})\b|(?<m>" + Months +
        @")\.?\s+(?<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<y>\d{4})\b|(?<m>" + Months + @")\.?,?\s+(?:of\s+)?(?<y>\d{4})\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Dates();

    [GeneratedRegex(@"\b(?<rel>in|since|from|until|till|by|during)\s+(?:the\s+year\s+)?(?:(?<y>(?:19|20)\d\d)\b|(?<m>" + Months + @")\b(?!\s+\d))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex YearsAndMonths();

    [GeneratedRegex(@"\b(?:(?<rel>on|since|from|until|till)\s+)?(?:(?<day>today|yesterday|tomorrow)|(?<step>last|this|next)\s+(?<unit>week|month|year|" + Days + @")|(?<n>" + Numbers + @")\s+(?<unit>day|week|month|year)s?\s+ago)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Relative();

    /// <summary>Times in a text, in its order; where several fit, the longest.</summary>
    /// <param name="text">English text.</param>
    /// <param name="said">When it is said.</param>
    public static IReadOnlyList<TimeExpression> In(string text, DateTimeOffset said)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<TimeExpression> found = [];
        foreach (var match in Dates().Matches(text).Concat(YearsAndMonths().Matches(text)).Concat(Relative().Matches(text)).OrderBy(m => m.Index).ThenByDescending(m => m.Length))
        {
            if (found.Count > 0 && match.Index < found[^1].Index + found[^1].Length)
                continue;
            if (Interval(match, said.UtcDateTime.Date) is not { } interval)
                continue;
            var relation = match.Groups["rel"].Value.ToLowerInvariant() switch
            {
                "since" or "from" => TimeRelation.Since,
                "until" or "till" => TimeRelation.Until,
                _ => TimeRelation.During,
            };
            found.Add(new TimeExpression(Utc(interval.From), Utc(interval.To), relation, match.Index, match.Length));
        }

        return found;
    }

    private static (DateTime From, DateTime To)? Interval(Match match, DateTime today)
    {
        if (match.Groups["iso"] is { Success: true } iso)
            return DateTime.TryParseExact(iso.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? (day, day.AddDays(1)) : null;
        if (match.Groups["day"] is { Success: true } named)
        {
            var there = today.AddDays(named.Value.ToLowerInvariant() switch { "yesterday" => -1, "tomorrow" => 1, _ => 0 });
            return (there, there.AddDays(1));
        }

        if (match.Groups["unit"] is { Success: true } unit)
            return match.Groups["n"] is { Success: true } n ? Ago(unit.Value.ToLowerInvariant(), Number(n.Value), today) : Step(match.Groups["step"].Value.ToLowerInvariant(), unit.Value.ToLowerInvariant(), today);
        return Calendar(match, today);
    }

    private static (DateTime From, DateTime To)? Calendar(Match match, DateTime today)
    {
        var month = match.Groups["m"] is { Success: true } m ? Month(m.Value) : 0;
        var year = match.Groups["y"] is { Success: true } y ? int.Parse(y.Value, CultureInfo.InvariantCulture) : month > today.Month ? today.Year - 1 : today.Year;
        if (year is < 1 or > 9998)
            return null;
        if (match.Groups["d"] is { Success: true } d)
        {
            var day = int.Parse(d.Value, CultureInfo.InvariantCulture);
            return day >= 1 && day <= DateTime.DaysInMonth(year, month) ? (new DateTime(year, month, day), new DateTime(year, month, day).AddDays(1)) : null;
        }

        var from = new DateTime(year, Math.Max(1, month), 1);
        return (from, month == 0 ? from.AddYears(1) : from.AddMonths(1));
    }

    private static (DateTime From, DateTime To) Ago(string unit, int count, DateTime today) => unit switch
    {
        "day" => (today.AddDays(-count), today.AddDays(1 - count)),
        "week" => (Monday(today).AddDays(-7 * count), Monday(today).AddDays(7 - (7 * count))),
        "month" => (First(today).AddMonths(-count), First(today).AddMonths(1 - count)),
        _ => (new DateTime(today.Year - count, 1, 1), new DateTime(today.Year - count + 1, 1, 1)),
    };

    private static (DateTime From, DateTime To) Step(string step, string unit, DateTime today)
    {
        var direction = step switch { "last" => -1, "next" => 1, _ => 0 };
        if (unit is "week" or "month" or "year")
            return Ago(unit, -direction, today);
        var weekday = Array.IndexOf(Days.Split('|'), unit);
        var offset = weekday - (((int)today.DayOfWeek + 6) % 7);
        // The last Monday is the one before today, the next the one after; this Monday is that of the week.
        var days = direction < 0 && offset >= 0 ? offset - 7 : direction > 0 && offset <= 0 ? offset + 7 : offset;
        return (today.AddDays(days), today.AddDays(days + 1));
    }

    private static DateTime Monday(DateTime day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static DateTime First(DateTime day) => new(day.Year, day.Month, 1);

    private static int Month(string name) => (Array.FindIndex(Months.Split('|'), 0, 12, m => m.StartsWith(name[..3], StringComparison.OrdinalIgnoreCase)) + 1) is > 0 and var month ? month : 1;

    private static int Number(string word) => word.ToLowerInvariant() is "a" or "an" ? 1
        : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Array.IndexOf(s_numbers, word.ToLowerInvariant());

    private static DateTimeOffset Utc(DateTime day) => new(day, TimeSpan.Zero);
}
