using System.Globalization;

namespace Hub.Nano.Tasks;

/// <summary>Questions that the clock answers, alone or with a sum.</summary>
internal static class DateTasks
{
    private static readonly string[] s_zones = ["Etc/UTC", "Europe/Oslo", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Africa/Cairo", "Australia/Perth", "America/Lima", "Asia/Kolkata", "Europe/Lisbon", "Pacific/Auckland", "America/Denver"];

    // The hard ones, and those that people ask most, come twice.
    private static readonly DatePart[] s_parts =
        [DatePart.Date, DatePart.Date, DatePart.Year, DatePart.Month, DatePart.Month, DatePart.Day, DatePart.Time, DatePart.Time, DatePart.Hour, DatePart.TimeZone, DatePart.TimeZone];

    public static NanoClock Clock(NanoRandom random) => new(
        new DateTimeOffset(random.Range(1990, 2060), 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(random.Below(365)).AddSeconds(random.Below(86_400))
            .ToOffset(random.Chance(0.6) ? TimeSpan.Zero : TimeSpan.FromHours(random.Range(-11, 12))),
        random.Pick(s_zones));

    public static Solution Ask(Draft draft, NanoClock clock)
    {
        if (draft.Random.Chance(0.3))
            return Year(draft, clock);
        var part = draft.Random.Pick(s_parts);
        var question = draft.Random.Chance(0.5) ? draft.Atom($"date_{part}", DatePhrases.Questions[part]) : Named(draft, part);
        var name = part switch { DatePart.Day => "day of the month", DatePart.TimeZone => "time zone", _ => part.ToString().ToLowerInvariant() };
        var answer = Answer(part, clock);
        var move = part == DatePart.TimeZone
            ? new Move(Operation.TimeZone, [], _ => "I need the time zone.")
            : new Move(Operation.Now, [], _ => $"I need the current date and time to find the {name}.");
        return new Solution("date", question, [move], _ => ($"The {name} is {answer}.", answer));
    }

    private static string Named(Draft draft, DatePart part)
    {
        var question = draft.Atom("date_head", DatePhrases.Heads).Replace("{d}", draft.Random.Pick(DatePhrases.Names[part]), StringComparison.Ordinal);
        return char.ToUpperInvariant(question[0]) + question[1..];
    }

    private static Solution Year(Draft draft, NanoClock clock)
    {
        var years = draft.Number(() => draft.Random.Range(2, 150));
        var later = draft.Random.Chance(0.5);
        var operation = later ? Operation.Add : Operation.Subtract;
        var question = draft.Atom(later ? "year_later" : "year_earlier", later ? DatePhrases.YearLater : DatePhrases.YearEarlier).Replace("{n}", draft.Written(years), StringComparison.Ordinal);
        var text = Calculator.Text(years);
        double now = clock.Now.Year;
        return new Solution("date", question,
            [
                new Move(Operation.Now, [], _ => $"First I need the current year, then {Verbs.Then(operation, text)}."),
                new Move(operation, [Operand.Of(now), Operand.Of(years)], _ => $"The year is {Calculator.Text(now)}. Now I need to {Verbs.Do(operation, Calculator.Text(now), text)}."),
            ],
            ArithmeticTasks.Result)
        { CanBePlanned = false };
    }

    private static string Answer(DatePart part, NanoClock clock) => part switch
    {
        DatePart.Date => clock.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DatePart.Year => clock.Now.ToString("yyyy", CultureInfo.InvariantCulture),
        DatePart.Month => clock.Now.ToString("MMMM", CultureInfo.InvariantCulture),
        DatePart.Day => clock.Now.ToString("%d", CultureInfo.InvariantCulture),
        DatePart.Time => clock.Now.ToString("HH:mm", CultureInfo.InvariantCulture),
        DatePart.Hour => clock.Now.ToString("%H", CultureInfo.InvariantCulture),
        _ => clock.Zone,
    };
}
