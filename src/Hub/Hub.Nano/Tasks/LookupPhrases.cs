namespace Hub.Nano.Tasks;

/// <summary>Questions that a table answers: {n} is a row, {f} a column, {g} the column of the second hop.</summary>
internal static class LookupPhrases
{
    /// <summary>Columns whose values are rows themselves.</summary>
    public static readonly string[] Links = ["manager", "mentor", "neighbor", "assistant", "teacher", "sister", "brother", "tutor", "partner", "landlord", "doctor", "deputy", "rival", "coach", "cousin", "author", "owner", "leader"];

    /// <summary>Columns whose values are names of other things.</summary>
    public static readonly string[] Places = ["city", "country", "street", "team", "school", "company", "village", "harbor", "club", "ship", "planet", "language", "department", "island"];

    /// <summary>Columns whose values are numbers.</summary>
    public static readonly string[] Numbers = ["room", "age", "phone", "salary", "floor", "badge", "score", "birth year", "desk", "height"];

    /// <summary>Ways to ask for a thing, {q}.</summary>
    public static readonly string[] Heads =
    [
        "What is {q}?", "What's {q}?", "Tell me {q}.", "Give me {q}.", "Please tell me {q}.", "Please give me {q}.", "Do you know {q}?", "Can you tell me {q}?", "Could you tell me {q}?", "I need {q}.", "I need to know {q}.", "I want to know {q}.", "I would like to know {q}.", "Show me {q}.",
        "Find {q}.", "Find out {q}.", "Let me know {q}.", "Look up {q}.", "Please look up {q}.", "Can you find {q}?", "Could you look up {q}?", "{q}, please.", "{q}?", "Would you tell me {q}?", "Can you give me {q}?", "Say what {q} is.", "Tell me what {q} is.", "I forgot {q}.", "Check {q}.", "Search for {q}.",
        "What do we have as {q}?", "What does the table say about {q}?", "Which one is {q}?", "I am looking for {q}.", "Help me find {q}.", "Get {q}.", "Read {q} from the table.", "Do you have {q}?", "Name {q}.", "Is there an entry for {q}?",
    ];

    /// <summary>One column of one row.</summary>
    public static readonly string[] Nouns =
    [
        "the {f} of {n}", "{n}'s {f}", "the {f} for {n}", "the {f} that {n} has", "the {f} of the one called {n}", "the {f} listed for {n}", "the {f} belonging to {n}", "the {f} in the row of {n}", "the {f} noted for {n}", "the {f} that belongs to {n}", "the {f} stored for {n}", "the entry {f} of {n}",
        "the {f} we have for {n}", "the {f} known for {n}", "the {f} given for {n}", "{n}'s own {f}", "the {f} recorded for {n}",
    ];

    /// <summary>Whole questions for one column of one row.</summary>
    public static readonly string[] Whole =
    [
        "Which {f} does {n} have?", "What {f} does {n} have?", "{n} has which {f}?", "Which {f} belongs to {n}?", "For {n}, what is the {f}?", "About {n}: what is the {f}?", "Which {f} is listed for {n}?", "Which {f} is noted for {n}?", "What {f} is stored for {n}?", "What is written as {f} of {n}?",
        "{n}: which {f}?", "Take {n}. What is the {f}?", "In the row of {n}, what is the {f}?", "Look at {n} and tell me the {f}.", "Which {f} goes with {n}?", "Does the table have a {f} for {n}? Which one?", "Find {n} and give me the {f}.", "I know {n}, but what is the {f}?", "Under {n}, which {f} do you see?", "With {n}, what is the {f}?",
    ];

    /// <summary>One column of another row, {q}, which is itself found in the table.</summary>
    public static readonly string[] Outer =
    [
        "the {g} of {q}", "the {g} for {q}", "the {g} that {q} has", "the {g} listed for {q}", "the {g} belonging to {q}", "the {g} noted for {q}", "the {g} stored for {q}", "the {g} in the row of {q}", "the {g} that belongs to {q}",
    ];

    /// <summary>Whole questions of two hops; {q} is the first.</summary>
    public static readonly string[] TwoHops =
    [
        "Which {g} does {q} have?", "What {g} does {q} have?", "Who is {q}, and what is the {g} of that one?", "Find {q}, then tell me the {g}.", "Take {q}. What is the {g}?", "For {q}, what is the {g}?", "Which {g} belongs to {q}?", "Look up {q} and give me the {g}.", "First find {q}, and then the {g} of that one.",
        "About {q}: what is the {g}?", "Which {g} is listed for {q}?", "Which {g} goes with {q}?", "Get {q}, and after that the {g}.", "What {g} is stored for {q}?", "I am looking for {q}; what is the {g} there?", "With {q}, what is the {g}?", "Starting from {q}, what is the {g}?", "Under {q}, which {g} do you see?",
    ];
}
