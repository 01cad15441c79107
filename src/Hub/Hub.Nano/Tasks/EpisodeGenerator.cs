namespace Hub.Nano.Tasks;

/// <summary>Makes tasks: arithmetic, comparison, dates, look-ups in a table, and refusal where no tool can answer.</summary>
/// <remarks>Deterministic in its seed. Thread safety: none.</remarks>
public sealed class EpisodeGenerator
{
    /// <summary>The answer where no tool can help.</summary>
    public const string Refusal = "I cannot answer that with the tools I have.";

    /// <summary>Families that calculator and clock answer, in the order of reports.</summary>
    public static readonly IReadOnlyList<string> Families = ["arithmetic", "two_step", "comparison", "date", "refusal"];

    /// <summary>Families that a table answers.</summary>
    public static readonly IReadOnlyList<string> LookupFamilies = ["lookup", "two_hop"];

    private const int MaxAttempts = 10_000;
    private const double MisspeltShare = 0.08;
    private const double AskedAllTheSame = 0.4;
    private static readonly double[] s_weights = [0.21, 0.24, 0.27, 0.11, 0.17];
    private static readonly Operation[] s_numeric = [Operation.Add, Operation.Subtract, Operation.Multiply, Operation.Divide, Operation.Compare];
    private readonly NanoRandom _random;

    /// <summary>Seeds the generator.</summary>
    /// <param name="seed">Any number.</param>
    public EpisodeGenerator(ulong seed)
    {
        _random = new NanoRandom(seed);
    }

    /// <summary>The fewest tools of a task.</summary>
    public int MinTools { get; set; } = 2;

    /// <summary>The most tools of a task.</summary>
    public int MaxTools { get; set; } = 9;

    /// <summary>Share of look-ups among drawn tasks, from 0 to 1. Above 0, refusals and distractors know of tables too; at 0 the tasks are those of the first family alone.</summary>
    public double LookupShare { get; set; }

    /// <summary>Where chance stands, for exact resumption.</summary>
    public ulong State
    {
        get => _random.State;
        set => _random.State = value;
    }

    /// <summary>The next task.</summary>
    /// <param name="split">Which wordings and numbers it may have.</param>
    /// <param name="family">One of <see cref="Families"/> or <see cref="LookupFamilies"/>; null for a drawn one.</param>
    public NanoEpisode Next(Split split, string? family = null)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var draft = new Draft(_random, split);
            var episode = Make(draft, family ?? Draw());
            var isFar = split != Split.Reserved || draft.HasReserved;
            var isNew = split == Split.Training || draft.HasHeldValue || !draft.HasValue;
            if (isFar && isNew && episode.Steps.All(s => s.Tool.Operation == Operation.Lookup || IsReadable(s.Result)))
                return episode;
        }

        throw new InvalidOperationException($"No task of family '{family}' for split {split} was found in {MaxAttempts} attempts.");
    }

    /// <summary>Failures and powers of ten are left out; long fractions are rare.</summary>
    private bool IsReadable(string result) => result != Calculator.DivisionByZero
        && (result.Contains(' ', StringComparison.Ordinal) || (!result.Contains('E', StringComparison.Ordinal) && (result.Length <= 9 || _random.Chance(0.04))));

    private string Draw()
    {
        if (LookupShare > 0 && _random.Chance(LookupShare))
            return _random.Pick(LookupFamilies);
        var u = _random.Unit();
        for (var i = 0; i < s_weights.Length; i++)
        {
            u -= s_weights[i];
            if (u < 0)
                return Families[i];
        }

        return Families[^1];
    }

    private NanoEpisode Make(Draft draft, string family)
    {
        var clock = DateTasks.Clock(_random);
        if (family == "refusal" && _random.Chance(0.3))
            return OffTopicRefusal(draft, clock);
        if (family == "refusal" && LookupShare > 0 && _random.Chance(0.45))
            return TableRefusal(draft, clock);
        var solution = family switch
        {
            "arithmetic" => ArithmeticTasks.OneStep(draft),
            "two_step" => ArithmeticTasks.TwoSteps(draft),
            "comparison" => ComparisonTasks.Claim(draft),
            "date" => DateTasks.Ask(draft, clock),
            "lookup" => LookupTasks.OneHop(draft),
            "two_hop" => LookupTasks.TwoHops(draft),
            _ => _random.Below(3) switch { 0 => DateTasks.Ask(draft, clock), 1 => ArithmeticTasks.TwoSteps(draft), _ => ArithmeticTasks.OneStep(draft) },
        };
        var question = Written(draft, solution);
        var needed = solution.Moves.Select(m => m.Operation).Distinct().ToArray();
        if (family == "refusal")
        {
            var missing = _random.Pick(needed);
            return Refused(draft, clock, question, Tools([.. needed.Where(n => n != missing)], [missing]), $"I would need to {Verbs.Name(missing)}, but no tool can do that.");
        }

        // An evaluation sees what the model does by itself; training also shows the way out of a mistake.
        if (solution.Table is not null && draft.Split == Split.Training && _random.Chance(MisspeltShare) && LookupTasks.Misspelt(draft, solution, question) is { } misspelt)
            (solution, question) = (misspelt, misspelt.Question);
        return Solved(draft, clock, family, solution, question);
    }

    private NanoEpisode Solved(Draft draft, NanoClock clock, string family, Solution solution, string question)
    {
        var tools = Tools([.. solution.Moves.Select(m => m.Operation).Distinct()], [], table: solution.Table);
        var steps = Solve(solution, tools, clock);
        var (thought, answer) = solution.Finish([.. steps.Select(s => s.Result)]);
        return new NanoEpisode
        {
            Family = family,
            Frame = draft.Frame,
            IsReserved = draft.HasReserved,
            Tools = tools,
            Question = question,
            Steps = steps,
            LastThought = thought,
            Answer = answer,
            Clock = clock,
            CanBePlanned = solution.CanBePlanned,
            Table = solution.Table,
        };
    }

    private static string Written(Draft draft, Solution solution)
    {
        var question = Sloppy.Write(draft, solution.Question);
        return solution.Name is { } name ? question.Replace("{n}", name, StringComparison.OrdinalIgnoreCase) : question;
    }

    /// <summary>A look-up without a table, or for a column or a row that the table does not have.</summary>
    private NanoEpisode TableRefusal(Draft draft, NanoClock clock)
    {
        var kind = _random.Unit();
        if (kind < 0.3)
        {
            var unread = _random.Chance(0.5) ? LookupTasks.OneHop(draft) : LookupTasks.TwoHops(draft);
            return Refused(draft, clock, Written(draft, unread), Tools([], [Operation.Lookup]), $"I would need to {Verbs.Name(Operation.Lookup)}, but no tool can do that.");
        }

        if (kind < 0.55)
        {
            var stranger = LookupTasks.MissingRow(draft);
            return Solved(draft, clock, "refusal", stranger, Written(draft, stranger));
        }

        var (solution, field) = LookupTasks.Missing(draft);
        if (draft.Split == Split.Training && _random.Chance(AskedAllTheSame))
            return Solved(draft, clock, "refusal", solution, Written(draft, solution));
        return Refused(draft, clock, Written(draft, solution), Tools([Operation.Lookup], [], table: solution.Table), $"I would need the {field}, but no tool has that field.") with { Table = solution.Table };
    }

    private NanoEpisode OffTopicRefusal(Draft draft, NanoClock clock)
    {
        var question = Sloppy.Write(draft, OffTopic.Ask(draft));
        var tools = Tools([], [], withDistractors: false);
        return Refused(draft, clock, question, tools, "No tool in the list can tell that.");
    }

    private static NanoEpisode Refused(Draft draft, NanoClock clock, string question, IReadOnlyList<NanoTool> tools, string thought) => new()
    {
        Family = "refusal",
        Frame = draft.Frame,
        IsReserved = draft.HasReserved,
        Tools = tools,
        Question = question,
        Steps = [],
        LastThought = thought,
        Answer = Refusal,
        Clock = clock,
    };

    private List<NanoTool> Tools(Operation[] needed, Operation[] banned, bool withDistractors = true, NanoTable? table = null)
    {
        var style = ToolPool.Style(_random);
        var count = Math.Max(needed.Length, Math.Max(1, _random.Range(MinTools, MaxTools)));
        List<Operation> chosen = [.. needed];
        Operation[] others = [.. s_numeric.Append(Operation.Now).Append(Operation.TimeZone).Where(o => !needed.Contains(o) && !banned.Contains(o))];
        _random.Shuffle(others);
        var known = _random.Range(0, others.Length);
        chosen.AddRange(others.Take(Math.Max(0, Math.Min(known, count - chosen.Count))));
        List<NanoTool> tools = [.. chosen.Select(o => o == Operation.Lookup ? TablePool.Make(table!.Fields, _random) : ToolPool.Make(o, style, _random))];
        var asksTable = needed.Contains(Operation.Lookup) || banned.Contains(Operation.Lookup);
        if (LookupShare > 0 && !asksTable && withDistractors && _random.Chance(0.2))
            tools.Add(TablePool.Any(_random));
        var guard = 0;
        while (tools.Count < count && guard++ < 100)
        {
            var extra = withDistractors ? ToolPool.Distractor(_random.Below(ToolPool.DistractorCount)) : ToolPool.Unrelated(_random);
            if (tools.All(t => t.ToolName != extra.ToolName) && !(asksTable && TablePool.Answers(extra)))
                tools.Add(extra);
        }

        _random.Shuffle(tools);
        return tools;
    }

    private static List<NanoStep> Solve(Solution solution, List<NanoTool> tools, NanoClock clock)
    {
        List<NanoStep> steps = [];
        List<int> lastStepOf = [];
        foreach (var move in solution.Moves)
        {
            var tool = tools.First(t => t.Operation == move.Operation);
            string[] results = [.. lastStepOf.Select(i => steps[i].Result)];
            string Value(Operand o) => o.Text is { } text ? Quoted(text) : o.From < 0 ? Calculator.Text(o.Number) : move.Operation == Operation.Lookup ? Quoted(results[o.From]) : results[o.From];
            string Planned(Operand o) => o.Text is { } text ? Quoted(text) : o.From < 0 ? Calculator.Text(o.Number) : $"\"#E{lastStepOf[o.From] + 1}\"";
            string[] values = [.. move.Operands.Select(Value)];
            string[] planned = [.. move.Operands.Select(Planned)];
            var thought = move.Thought(results);
            if (values.Length > 2 && !tool.TakesArray)
            {
                // A tool of two arguments takes three numbers in two calls.
                steps.Add(Step(thought, tool, values[..2], planned[..2], clock));
                var name = move.Operation == Operation.Add ? "add" : "multiply";
                steps.Add(Step($"Now I need to {name} {steps[^1].Result} and {values[2]}.", tool, [steps[^1].Result, values[2]], [$"\"#E{steps.Count}\"", planned[2]], clock));
            }
            else
            {
                steps.Add(tool.Operation == Operation.Lookup ? Look(solution.Table!, thought, tool, values, planned) : Step(thought, tool, values, planned, clock));
            }

            lastStepOf.Add(steps.Count - 1);
        }

        return steps;
    }

    private static NanoStep Step(string thought, NanoTool tool, IReadOnlyList<string> values, IReadOnlyList<string> planned, NanoClock clock)
    {
        var result = tool.Operation switch
        {
            Operation.Now => clock.DateTimeText,
            Operation.TimeZone => clock.ZoneText,
            _ => Calculator.Run(tool.Operation, [.. values.Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))]),
        };
        return new NanoStep(thought, tool, values, planned, result);
    }

    private static NanoStep Look(NanoTable table, string thought, NanoTool tool, string[] values, string[] planned) =>
        new(thought, tool, values, planned, table.Find(values[0].Trim('"'), values[1].Trim('"')));

    private static string Quoted(string text) => $"\"{text}\"";
}
