namespace Hub.Nano.Tasks;

/// <summary>Questions about date and time.</summary>
internal static class DatePhrases
{
    public static readonly IReadOnlyDictionary<DatePart, string[]> Questions = new Dictionary<DatePart, string[]>
    {
        [DatePart.Date] =
        [
            "What is the date today?", "What's today's date?", "Which date is it?", "What date do we have today?", "Tell me the date.", "Give me today's date.", "What is the current date?", "Can you tell me the date of today?", "Today is which date?", "I need the current date.", "What date is it right now?",
            "Please tell me today's date.", "Do you know the date?", "What is the date now?", "Say the date of today.", "Which date do we have?", "Could you give me the current date?", "The date today, please.", "Find out the date of today.", "Show me today's date.",
        ],
        [DatePart.Year] =
        [
            "What year is it?", "Which year is it?", "Which year do we have?", "Tell me the current year.", "What is the current year?", "In which year are we?", "Give me the year.", "What year do we have now?", "Do you know what year it is?", "Please tell me the year.", "I need to know the current year.",
            "What is the year today?", "Can you tell me the year?", "The current year, please.", "Find out which year it is.", "Say what year it is now.", "What year are we in?", "Could you tell me which year we have?",
        ],
        [DatePart.Month] =
        [
            "What month is it?", "Which month is it?", "Which month do we have?", "Tell me the current month.", "What is the current month?", "In which month are we?", "What month do we have now?", "Do you know what month it is?", "Please tell me the month.", "What is the name of the current month?",
            "Can you tell me the month?", "The current month, please.", "Find out which month it is.", "What month are we in?", "I need to know the month.", "Say which month it is now.",
        ],
        [DatePart.Day] =
        [
            "What day of the month is it?", "Which day of the month is it?", "Which day of the month do we have?", "Tell me the day of the month.", "What is the current day of the month?", "What day of this month is today?", "Give me the day of the month.", "Please tell me the day of the month.",
            "Do you know the day of the month?", "The day of the month, please.", "Can you tell me the day of this month?", "Find out the day of the month.",
        ],
        [DatePart.Time] =
        [
            "What time is it?", "What is the time?", "What's the time now?", "Tell me the time.", "What is the current time?", "Can you tell me the time?", "Give me the current time.", "Do you know what time it is?", "Please tell me what time it is.", "I need the current time.", "What time do we have?",
            "How late is it?", "The time now, please.", "Find out the current time.", "What does the clock say?", "Say what time it is now.", "Could you tell me the time?", "Show me the time.",
        ],
        [DatePart.Hour] =
        [
            "What hour is it?", "Which hour of the day is it?", "Tell me the current hour.", "What is the current hour?", "In which hour of the day are we?", "Give me the hour.", "Please tell me the hour.", "Do you know which hour it is?", "Find out the current hour.", "The current hour, please.",
        ],
        [DatePart.TimeZone] =
        [
            "What is the time zone?", "Which time zone is it?", "Tell me the time zone.", "What time zone do we have?", "What's the current time zone?", "In which time zone are we?", "Give me the name of the time zone.", "Do you know our time zone?", "Please tell me the time zone.", "What is my time zone?",
            "Which time zone is set?", "Find out the time zone.",
        ],
    };

    public static readonly string[] YearLater =
    [
        "What year will it be in {n} years?", "Which year will it be {n} years from now?", "What year is {n} years from now?", "In {n} years, which year will it be?", "Which year comes {n} years after this one?", "What will the year be in {n} years?", "Tell me the year {n} years from now.", "What year is it in {n} years?",
        "Add {n} years to the current year.", "What is the current year plus {n}?", "Which year do we have in {n} years?", "Find the year that is {n} years ahead.", "Say which year it will be in {n} years.", "How do you write the year {n} years from today?",
    ];

    public static readonly string[] YearEarlier =
    [
        "What year was it {n} years ago?", "Which year was {n} years ago?", "Which year did we have {n} years ago?", "{n} years ago, which year was it?", "Which year came {n} years before this one?", "Tell me the year {n} years ago.", "What is the current year minus {n}?", "Take {n} years away from the current year.",
        "Find the year that lies {n} years back.", "In which year were we {n} years ago?", "If someone is {n} years old today, in which year were they born?", "I turn {n} this year. In which year was I born?", "My house is {n} years old. In which year was it built?", "Say which year it was {n} years ago.",
    ];
}
