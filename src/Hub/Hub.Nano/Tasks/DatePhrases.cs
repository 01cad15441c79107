namespace Hub.Nano.Tasks;

/// <summary>Questions about date and time.</summary>
internal static class DatePhrases
{
    public static readonly IReadOnlyDictionary<DatePart, string[]> Questions = new Dictionary<DatePart, string[]>
    {
        [DatePart.Date] =
        [
            "What is the date today?", "What's today's date?", "Which date is it?", "What date do we have today?", "Tell me the date.", "Give me today's date.", "What is the current date?", "Can you tell me the date of today?", "Today is which date?", "I need the current date.", "What date is it right now?",
            "Please tell me today's date.", "Do you know the date?", "What is the date now?", "Say the date of today.", "Which date do we have?", "Could you give me the current date?", "The date today, please.", "Tell me what date it is.", "Say which date it is today.", "What date is today?", "Which date is today?", "Can you say what date it is?", "Find out the date of today.", "Show me today's date.",
        ],
        [DatePart.Year] =
        [
            "What year is it?", "Which year is it?", "Which year do we have?", "Tell me the current year.", "What is the current year?", "In which year are we?", "Give me the year.", "What year do we have now?", "Do you know what year it is?", "Please tell me the year.", "I need to know the current year.",
            "What is the year today?", "Can you tell me the year?", "The current year, please.", "Find out which year it is.", "Say what year it is now.", "What year are we in?", "Could you tell me which year we have?", "Tell me which year it is.", "Say which year we have.", "Find out what year it is.", "Which year is it now?", "Which year are we in?",
        ],
        [DatePart.Month] =
        [
            "What month is it?", "Which month is it?", "Which month do we have?", "Tell me the current month.", "What is the current month?", "In which month are we?", "What month do we have now?", "Do you know what month it is?", "Please tell me the month.", "What is the name of the current month?",
            "Can you tell me the month?", "The current month, please.", "Find out which month it is.", "What month are we in?", "I need to know the month.", "Say which month it is now.", "Say which month we have.", "Tell me which month it is.", "Which month is it now?", "Which month are we in?", "What month is it now?", "Can you say what month it is?", "Tell me what month it is.", "Find out what month it is now.",
        ],
        [DatePart.Day] =
        [
            "What day of the month is it?", "Which day of the month is it?", "Which day of the month do we have?", "Tell me the day of the month.", "What is the current day of the month?", "What day of this month is today?", "Give me the day of the month.", "Please tell me the day of the month.",
            "Do you know the day of the month?", "The day of the month, please.", "Tell me which day of the month it is.", "Say which day of the month we have.", "What day of the month do we have?", "What day of the month is today?", "Can you tell me the day of this month?", "Find out the day of the month.",
        ],
        [DatePart.Time] =
        [
            "What time is it?", "What is the time?", "What's the time now?", "Tell me the time.", "What is the current time?", "Can you tell me the time?", "Give me the current time.", "Do you know what time it is?", "Please tell me what time it is.", "I need the current time.", "What time do we have?",
            "How late is it?", "The time now, please.", "Find out the current time.", "What does the clock say?", "Say what time it is now.", "Could you tell me the time?", "Show me the time.",
        ],
        [DatePart.Hour] =
        [
            "What hour is it?", "Which hour of the day is it?", "Tell me the current hour.", "What is the current hour?", "In which hour of the day are we?", "Give me the hour.", "Please tell me the hour.", "Do you know which hour it is?", "Find out the current hour.", "Tell me which hour it is.", "Say what hour it is.", "Which hour is it?", "What hour of the day is it?", "The current hour, please.",
        ],
        [DatePart.TimeZone] =
        [
            "What is the time zone?", "Which time zone is it?", "Tell me the time zone.", "What time zone do we have?", "What's the current time zone?", "In which time zone are we?", "Give me the name of the time zone.", "Do you know our time zone?", "Please tell me the time zone.", "What is my time zone?",
            "Which time zone is set?", "Find out the time zone.", "Which time zone do we have?", "Which time zone are we in?", "What time zone are we in?", "What time zone is it?", "Tell me which time zone it is.", "Say which time zone is set.", "Do you know which time zone we have?", "What time zone is set here?",
        ],
    };

    /// <summary>Ways to ask for a part of the date by its name, {d}.</summary>
    public static readonly string[] Heads =
    [
        "What is {d}?", "What's {d}?", "Tell me {d}.", "Give me {d}.", "Please tell me {d}.", "Please give me {d}.", "Do you know {d}?", "Can you tell me {d}?", "Could you tell me {d}?", "I need {d}.", "I need to know {d}.", "I want to know {d}.", "I would like to know {d}.", "Say {d}.", "Show me {d}.",
        "Find out {d}.", "Find {d}.", "Let me know {d}.", "Look up {d}.", "Can you find out {d}?", "{d}, please.", "{d}?", "Would you tell me {d}?", "Can you give me {d}?", "What is {d} now?", "What is {d} right now?", "Tell me what {d} is.", "Say what {d} is.", "I forgot {d}.", "Check {d}.",
    ];

    /// <summary>Names of the parts. Never reserved.</summary>
    public static readonly IReadOnlyDictionary<DatePart, string[]> Names = new Dictionary<DatePart, string[]>
    {
        [DatePart.Date] = ["the date", "today's date", "the current date", "the date of today"],
        [DatePart.Year] = ["the year", "the current year", "this year's number"],
        [DatePart.Month] = ["the month", "the current month", "the name of the month", "the name of this month"],
        [DatePart.Day] = ["the day of the month", "the day of this month", "the current day of the month"],
        [DatePart.Time] = ["the time", "the current time", "the time of day"],
        [DatePart.Hour] = ["the hour", "the current hour", "the hour of the day"],
        [DatePart.TimeZone] = ["the time zone", "our time zone", "my time zone", "the current time zone", "the name of the time zone"],
    };

    public static readonly string[] YearLater =
    [
        "What year will it be in {n} years?", "Which year will it be {n} years from now?", "What year is {n} years from now?", "In {n} years, which year will it be?", "Which year comes {n} years after this one?", "What will the year be in {n} years?", "Tell me the year {n} years from now.", "What year is it in {n} years?",
        "Add {n} years to the current year.", "What is the current year plus {n}?", "Which year do we have in {n} years?", "Find the year that is {n} years ahead.", "Say which year it will be in {n} years.", "How do you write the year {n} years from today?", "What year do we have in {n} years?", "Tell me which year it will be in {n} years.", "In which year are we {n} years from now?", "What year comes {n} years from now?", "Which year is it in {n} years?", "What year will we have in {n} years?", "What will be the year {n} years from now?", "Say which year comes {n} years after this one.", "Tell me the year in {n} years.", "What is the year {n} years ahead?",
    ];

    public static readonly string[] YearEarlier =
    [
        "What year was it {n} years ago?", "Which year was {n} years ago?", "Which year did we have {n} years ago?", "{n} years ago, which year was it?", "Which year came {n} years before this one?", "Tell me the year {n} years ago.", "What is the current year minus {n}?", "Take {n} years away from the current year.",
        "Find the year that lies {n} years back.", "In which year were we {n} years ago?", "If someone is {n} years old today, in which year were they born?", "I turn {n} this year. In which year was I born?", "My house is {n} years old. In which year was it built?", "Say which year it was {n} years ago.", "What year did we have {n} years ago?", "Tell me which year it was {n} years ago.", "What was the year {n} years ago?", "What was the year {n} years before this one?", "A tree is {n} years old. In which year was it planted?", "My car is {n} years old. In which year was it built?", "I am {n} years old this year. In which year was I born?", "What year lies {n} years back?", "Say which year came {n} years before this one.", "Which year was it {n} years back?",
    ];
}
