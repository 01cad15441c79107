namespace Hub.Nano.Tasks;

/// <summary>What a date question asks for.</summary>
internal enum DatePart
{
    Date,
    Year,
    Month,
    Day,
    Time,
    Hour,
    TimeZone,
}
