using System.Globalization;

namespace Hub.Nano.Tasks;

/// <summary>Questions that a small table answers, in one look or in two. Names in it are invented, so that nothing can be known by heart.</summary>
internal static class LookupTasks
{
    private const int Decoys = 3;

    /// <summary>One column of one row.</summary>
    public static Solution OneHop(Draft draft)
    {
        var (table, rows) = Table(draft);
        var field = draft.Random.Pick(table.Fields);
        var question = draft.Random.Chance(0.35)
            ? draft.Atom("lookup_whole_form", LookupPhrases.Whole)
            : draft.Atom("lookup_head_for", LookupPhrases.Heads).Replace("{q}", draft.Atom("lookup_noun", LookupPhrases.Nouns), StringComparison.Ordinal);
        return new Solution("lookup", Capital(question.Replace("{f}", field, StringComparison.Ordinal)),
            [new Move(Operation.Lookup, [Operand.Of(rows[0]), Operand.Of(field)], _ => $"I need the {field} of {rows[0]}.")],
            results => ($"The {field} of {rows[0]} is {results[0]}.", results[0]))
        { Table = table, Name = rows[0] };
    }

    /// <summary>A column of the row that another column names.</summary>
    public static Solution TwoHops(Draft draft)
    {
        var (table, rows) = Table(draft);
        var link = table.Fields[0]; // the first column is always a link
        var field = draft.Random.Pick(table.Fields);
        var inner = draft.Atom("hop_inner_to", LookupPhrases.Nouns).Replace("{f}", link, StringComparison.Ordinal);
        var question = draft.Random.Chance(0.35)
            ? draft.Atom("hop_wholes", LookupPhrases.TwoHops)
            : draft.Atom("hop_heads", LookupPhrases.Heads).Replace("{q}", draft.Atom("hop_outers", LookupPhrases.Outer), StringComparison.Ordinal);
        question = question.Replace("{q}", inner, StringComparison.Ordinal).Replace("{g}", field, StringComparison.Ordinal);
        return new Solution("two_hop", Capital(question),
            [
                new Move(Operation.Lookup, [Operand.Of(rows[0]), Operand.Of(link)], _ => $"First I need the {link} of {rows[0]}, then the {field} of that one."),
                new Move(Operation.Lookup, [Operand.Result(0), Operand.Of(field)], results => $"The {link} of {rows[0]} is {results[0]}. Now I need the {field} of {results[0]}."),
            ],
            results => ($"The {field} of {results[0]} is {results[1]}.", results[1]))
        { Table = table, Name = rows[0] };
    }

    /// <summary>A question for a column that the table does not have; its move asks the table all the same, and is told so.</summary>
    public static (Solution Solution, string Field) Missing(Draft draft)
    {
        var asked = OneHop(draft);
        var field = draft.Random.Pick([.. LookupPhrases.Links.Concat(LookupPhrases.Places).Concat(LookupPhrases.Numbers).Where(f => !asked.Table!.Fields.Contains(f))]);
        var known = asked.Moves[0].Operands[1].Text!;
        var missing = asked with
        {
            Question = asked.Question.Replace(known, field, StringComparison.OrdinalIgnoreCase),
            Moves = [new Move(Operation.Lookup, [asked.Moves[0].Operands[0], Operand.Of(field)], _ => $"I need the {field} of {asked.Name}.")],
            Finish = _ => ($"The table has no field {field}.", EpisodeGenerator.Refusal),
        };
        return (missing, field);
    }

    /// <summary>A question about a row that the table does not have, which only the table can tell.</summary>
    public static Solution MissingRow(Draft draft)
    {
        var asked = draft.Random.Chance(0.6) ? OneHop(draft) : TwoHops(draft);
        string stranger;
        do
            stranger = InventedNames.Draw(draft);
        while (asked.Table!.Rows.ContainsKey(stranger));
        var thought = asked.Moves[0].Thought([]).Replace(asked.Name!, stranger, StringComparison.Ordinal);
        return asked with
        {
            Name = stranger,
            Moves = [new Move(Operation.Lookup, [Operand.Of(stranger), asked.Moves[0].Operands[1]], _ => thought)],
            Finish = _ => ($"The table has no row {stranger}.", EpisodeGenerator.Refusal),
            CanBePlanned = asked.Moves.Count == 1,
        };
    }

    /// <summary>
    /// The same question with a slip of the finger in a column's name, and the slip copied into the first call: the table says which columns it has.
    /// Null where the question does not spell the name out.
    /// </summary>
    public static Solution? Misspelt(Draft draft, Solution asked, string question)
    {
        var field = asked.Moves[0].Operands[1].Text!;
        var slip = Sloppy.Slip(draft.Random, field);
        if (asked.Table!.Fields.Contains(slip) || question.Split(field, StringSplitOptions.None).Length != 2)
            return null;
        var row = asked.Moves[0].Operands[0];
        Move Again(Move move) => move with
        {
            Operands = [.. move.Operands.Select(o => o.From < 0 ? o : Operand.Result(o.From + 1))],
            Thought = results => move.Thought([.. results.Skip(1)]),
        };
        return asked with
        {
            Question = question.Replace(field, slip, StringComparison.Ordinal),
            Moves =
            [
                new Move(Operation.Lookup, [row, Operand.Of(slip)], _ => asked.Moves[0].Thought([]).Replace(field, slip, StringComparison.Ordinal)),
                Again(asked.Moves[0]) with { Thought = _ => $"The field is called {field}." },
                .. asked.Moves.Skip(1).Select(Again),
            ],
            Finish = results => asked.Finish([.. results.Skip(1)]),
            CanBePlanned = false,
        };
    }

    /// <summary>A table whose rows the question needs, and some that it does not.</summary>
    private static (NanoTable Table, IReadOnlyList<string> Rows) Table(Draft draft)
    {
        var random = draft.Random;
        var link = random.Pick(LookupPhrases.Links);
        List<string> fields = [link];
        var count = random.Range(2, 5);
        while (fields.Count < count)
        {
            var kind = random.Unit();
            var field = random.Pick(kind < 0.3 ? LookupPhrases.Links : kind < 0.7 ? LookupPhrases.Places : LookupPhrases.Numbers);
            if (!fields.Contains(field))
                fields.Add(field);
        }

        List<string> rows = [];
        while (rows.Count < 2 + Decoys)
        {
            var name = InventedNames.Draw(draft);
            if (!rows.Contains(name))
                rows.Add(name);
        }

        // The first row's first column names the second row; other links name any row.
        var cells = rows.ToDictionary(r => r, r => (IReadOnlyDictionary<string, string>)fields.ToDictionary(f => f, f => r == rows[0] && f == link ? rows[1] : Value(draft, f, rows)));
        return (new NanoTable(fields, cells), rows);
    }

    private static string Value(Draft draft, string field, List<string> rows) =>
        LookupPhrases.Links.Contains(field) ? draft.Random.Pick(rows)
        : LookupPhrases.Numbers.Contains(field) ? draft.Number(() => draft.Random.Range(2, 2999)).ToString("R", CultureInfo.InvariantCulture)
        : InventedNames.Draw(draft);

    private static string Capital(string question) => question[0] == '{' ? question : char.ToUpperInvariant(question[0]) + question[1..];
}
