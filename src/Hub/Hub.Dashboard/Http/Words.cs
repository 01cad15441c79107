using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Dashboard.Http;

/// <summary>Numbers and times as people read them.</summary>
internal static class Words
{
    /// <summary>A duration with the unit that suits it.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { Ticks: <= 0 } => "0 ms",
        { TotalMilliseconds: < 0.05 } => "<0.1 ms",
        { TotalMilliseconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms"),
        { TotalMilliseconds: < 1000 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} days"),
    };

    /// <summary>How long ago something was.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => now - then is { TotalSeconds: >= 5 } ago ? $"{Of(TimeSpan.FromSeconds((int)ago.TotalSeconds)).Replace(".0 s", " s", StringComparison.Ordinal)} ago" : "just now";

    /// <summary>A count with thousands set apart; a dash for nothing known.</summary>
    public static string Of(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A count of things, in the singular where it is one.</summary>
    public static string Count(long count, string thing) => $"{Of(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>Money in the currency of the prices; a dash where there are none.</summary>
    public static string Of(decimal? cost) => cost?.ToString(cost < 0.01m ? "0.######" : "0.00##", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A time to the second, in UTC.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A time for a machine.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>A percentage with two digits, for drawings.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(share, 0, 1) * 100:0.##}%");

    /// <summary>The name of a status as logs write it.</summary>
    public static string Of(RunStatus status) => JsonSerializer.Serialize(status, HubJson.Options).Trim('"');

    /// <summary>A status for people.</summary>
    public static string Label(RunStatus status) => status switch
    {
        RunStatus.Suspended => "waits for a person",
        RunStatus.BudgetExceeded => "budget spent",
        _ => Of(status),
    };

    /// <summary>A name in snake_case.</summary>
    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>JSON laid out in lines, other text as it is.</summary>
    public static string Pretty(string text)
    {
        if (text.Length == 0 || text[0] is not ('{' or '['))
            return text;
        try
        {
            return JsonSerializer.Serialize(JsonElement.Parse(text), s_indented);
        }
        catch (JsonException)
        {
            return text; // words that begin with a bracket
        }
    }

    private static readonly JsonSerializerOptions s_indented = new(HubJson.Options) { WriteIndented = true };
}
