using System.Globalization;

namespace Hub.Nano.Tasks;

/// <summary>What the clock tools of a task tell.</summary>
/// <param name="Now">Date and time with its offset.</param>
/// <param name="Zone">Name of the time zone.</param>
public sealed record NanoClock(DateTimeOffset Now, string Zone)
{
    /// <summary>Text of <c>current_datetime</c>.</summary>
    public string DateTimeText => string.Create(CultureInfo.InvariantCulture, $"The current time of day is {Now:yyyy-MM-dd HH:mm:ss} {Offset}");

    /// <summary>Text of <c>current_timezone</c>.</summary>
    public string ZoneText => $"The time zone is {Zone}";

    private string Offset => string.Create(CultureInfo.InvariantCulture, $"{(Now.Offset < TimeSpan.Zero ? '-' : '+')}{Now.Offset:hhmm}");
}
