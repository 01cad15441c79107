namespace Hub.Nano.Tasks;

/// <summary>Names, descriptions and arguments that tools of a task are made of.</summary>
internal static class ToolPool
{
    private const string Nothing = """{"type":"object","properties":{}}""";

    private static readonly Dictionary<Operation, (string Built, string[] Names, string[] Texts)> s_known = new()
    {
        [Operation.Add] = ("Adds two or more numbers.", ["add", "sum", "plus", "add_numbers", "addition"], ["Adds numbers.", "Returns the sum of numbers.", "Computes the total of numbers.", "Adds the numbers together.", "Calculates a sum."]),
        [Operation.Subtract] = ("Subtracts the second number from the first.", ["subtract", "sub", "minus", "difference", "subtraction"], ["Returns the difference of two numbers.", "Computes the first number minus the second.", "Takes the second number away from the first.", "Calculates a difference."]),
        [Operation.Multiply] = ("Multiplies two or more numbers.", ["multiply", "mul", "times", "product", "multiplication"], ["Multiplies numbers.", "Returns the product of numbers.", "Computes the first number times the second.", "Multiplies the numbers together.", "Calculates a product."]),
        [Operation.Divide] = ("Divides the first number by the second.", ["divide", "div", "quotient", "divide_numbers", "division"], ["Returns the quotient of two numbers.", "Computes the first number divided by the second.", "Splits the first number by the second.", "Calculates a quotient."]),
        [Operation.Compare] = (
            "Says whether the first number is greater than, less than or equal to the second.", ["compare", "compare_numbers", "cmp", "comparison"],
            ["Compares two numbers.", "Tells which of two numbers is greater.", "Says how the first number compares with the second.", "Compares the first number with the second."]),
        [Operation.Now] = (
            "Returns the current date and time with the timezone offset.", ["current_datetime", "now", "get_time", "clock", "datetime_now", "current_time"],
            ["Returns the current date and time.", "Gives the date and time of today.", "Tells the current date and time.", "Tells what time and date it is."]),
        [Operation.TimeZone] = ("Returns the name of the current timezone.", ["current_timezone", "get_timezone", "timezone_name", "timezone"], ["Returns the time zone.", "Gives the name of the time zone.", "Tells the current time zone."]),
    };

    private static readonly string[] s_groups = ["calculator__", "calculator__", "calculator__", "math__", "calc__", "arithmetic__"];

    private static readonly string[][] s_pairs = [["a", "b"], ["a", "b"], ["x", "y"], ["first", "second"], ["left", "right"], ["n1", "n2"], ["first_number", "second_number"], ["num1", "num2"]];

    private static readonly string[] s_arrays = ["numbers", "numbers", "numbers", "numbers", "values", "nums"];

    /// <summary>Tools that no question needs: name, description, arguments with a type each.</summary>
    private static readonly (string Name, string Text, string Arguments)[] s_distractors =
    [
        ("get_weather", "Returns the weather of a city.", "city:string"), ("weather_forecast", "Gives the weather forecast for a place.", "location:string,days:integer"), ("wiki_search", "Searches Wikipedia for a topic.", "query:string"),
        ("web_search", "Searches the web.", "query:string"), ("internet_search__search", "Searches the internet and returns pages.", "question:string"), ("send_email", "Sends an email to a person.", "to:string,subject:string,body:string"),
        ("read_file", "Reads a text file.", "path:string"), ("write_file", "Writes text to a file.", "path:string,text:string"), ("list_files", "Lists the files of a folder.", "folder:string"), ("translate", "Translates a text into another language.", "text:string,language:string"),
        ("summarize", "Summarizes a text.", "text:string"), ("reverse_text", "Reverses a text.", "text:string"), ("count_letters", "Counts the letters of a text.", "text:string"), ("uppercase", "Turns a text into capital letters.", "text:string"),
        ("stock_price", "Returns the price of a stock.", "symbol:string"), ("exchange_rate", "Returns the exchange rate of two currencies.", "from:string,to:string"), ("find_flight", "Finds flights between two cities.", "origin:string,destination:string"),
        ("book_hotel", "Books a hotel room.", "city:string,nights:integer"), ("get_population", "Returns the population of a city.", "city:string"), ("get_capital", "Returns the capital of a country.", "country:string"), ("phone_lookup", "Looks up the phone number of a person.", "name:string"),
        ("address_lookup", "Looks up the address of a company.", "company:string"), ("play_music", "Plays a song.", "title:string"), ("set_alarm", "Sets an alarm.", "label:string"), ("create_note", "Creates a note.", "text:string"), ("list_notes", "Lists all notes.", ""),
        ("open_door", "Opens a door.", "door:string"), ("turn_on_light", "Turns a light on.", "room:string"), ("get_news", "Returns the latest news.", "topic:string"), ("movie_rating", "Returns the rating of a movie.", "title:string"), ("recipe_search", "Finds a recipe.", "dish:string"),
        ("dictionary", "Explains a word.", "word:string"), ("synonyms", "Finds words with the same meaning.", "word:string"), ("spell_check", "Checks the spelling of a text.", "text:string"), ("code_execution", "Runs a program.", "code:string"), ("image_search", "Finds pictures.", "query:string"),
        ("order_status", "Returns the status of an order.", "order_id:string"), ("track_package", "Tracks a package.", "number:string"), ("customer_lookup", "Looks up a customer.", "name:string"), ("kg_query", "Queries the knowledge graph.", "subject:string,relation:string"),
        ("calendar_events", "Lists the events of the calendar.", "day:string"), ("github_issues", "Lists the issues of a repository.", "repo:string"), ("ping", "Checks whether a host answers.", "host:string"), ("coin_flip", "Flips a coin.", ""), ("random_word", "Returns a random word.", ""),
        ("is_empty", "Says whether a text is empty.", "text:string"), ("text_to_speech", "Reads a text aloud.", "text:string"), ("unit_name", "Returns the name of a unit.", "symbol:string"), ("distance_lookup", "Returns the distance of two cities.", "from:string,to:string"),
    ];

    /// <summary>Distractors that cannot help with any off-topic question.</summary>
    private static readonly string[] s_unrelated = ["coin_flip", "ping", "count_letters", "uppercase", "unit_name", "list_files", "random_word", "is_empty", "list_notes"];

    public static int DistractorCount => s_distractors.Length;

    public static NanoTool Unrelated(NanoRandom random)
    {
        var name = random.Pick(s_unrelated);
        return Distractor(Array.FindIndex(s_distractors, d => d.Name == name));
    }

    public static NanoTool Distractor(int index)
    {
        var (name, text, arguments) = s_distractors[index];
        (string Name, string Type)[] parsed = arguments.Length == 0 ? [] : [.. arguments.Split(',').Select(a => (a.Split(':')[0], a.Split(':')[1]))];
        return new NanoTool(Operation.Distractor, name, text, Schema(parsed.Select(p => (p.Name, $$"""{"type":"{{p.Type}}"}"""))), [.. parsed.Select(p => p.Name)]);
    }

    /// <summary>How the calculator tools of one task look alike.</summary>
    public static ToolStyle Style(NanoRandom random)
    {
        // Half of all tasks have the hub's own calculator, word for word.
        if (random.Chance(0.45))
            return new ToolStyle("calculator__", ["numbers"], BuiltIn: true, IsDescribed: true);
        var prefix = random.Chance(0.35) ? random.Pick(s_groups) : "";
        return new ToolStyle(prefix, random.Chance(0.4) ? [random.Pick(s_arrays)] : random.Pick(s_pairs), BuiltIn: false, IsDescribed: random.Chance(0.8));
    }

    public static NanoTool Make(Operation operation, ToolStyle style, NanoRandom random)
    {
        var (built, names, texts) = s_known[operation];
        var isClock = operation is Operation.Now or Operation.TimeZone;
        var name = style.BuiltIn || random.Chance(0.3) ? names[0] : random.Pick(names);
        var text = !style.IsDescribed ? "" : style.BuiltIn || random.Chance(0.3) ? built : random.Pick(texts);
        if (isClock)
            return new NanoTool(operation, name, text, Nothing, []);
        return style.Arguments.Count == 1
            ? new NanoTool(operation, style.Prefix + name, text, Schema([(style.Arguments[0], """{"type":"array","items":{"type":"number"}}""")]), style.Arguments)
            : new NanoTool(operation, style.Prefix + name, text, Schema(style.Arguments.Select(a => (a, """{"type":"number"}"""))), style.Arguments);
    }

    private static string Schema(IEnumerable<(string Name, string Type)> arguments)
    {
        (string Name, string Type)[] all = [.. arguments];
        return all.Length == 0
            ? Nothing
            : $$"""{"type":"object","properties":{{{string.Join(',', all.Select(a => $"\"{a.Name}\":{a.Type}"))}}},"required":[{{string.Join(',', all.Select(a => $"\"{a.Name}\""))}}]}""";
    }
}
