namespace Hub.Nano.Tasks;

/// <summary>Tools that read a table: they say which fields it has.</summary>
internal static class TablePool
{
    private static readonly string[] s_names =
        ["table_lookup", "table_lookup", "table_lookup", "lookup", "people", "directory", "records__get", "find_field", "get_field", "employees", "registry__lookup", "table__read", "contacts", "look_up", "archive__find"];

    private static readonly string[] s_texts =
    [
        "Looks up a field of a row: {f}.", "Looks up a field of a row: {f}.", "Looks up a field of a row: {f}.", "Returns one field of a row. Fields: {f}.", "Reads a table with the fields {f}.", "Finds a field of an entry: {f}.", "Gives the {f} of an entry.", "Knows the fields {f} of each row.",
    ];

    private static readonly string[][] s_arguments =
        [["row", "field"], ["row", "field"], ["row", "field"], ["name", "field"], ["entity", "attribute"], ["person", "property"], ["key", "column"], ["subject", "relation"], ["entry", "field"]];

    /// <summary>Distractors that could answer a question for a field of somebody.</summary>
    private static readonly HashSet<string> s_similar = ["phone_lookup", "address_lookup", "customer_lookup", "kg_query", "get_population", "get_capital", "wiki_search", "web_search", "internet_search__search"];

    public static NanoTool Make(IReadOnlyList<string> fields, NanoRandom random)
    {
        var arguments = random.Pick(s_arguments);
        var text = random.Pick(s_texts).Replace("{f}", string.Join(", ", fields), StringComparison.Ordinal);
        var schema = $$$"""{"type":"object","properties":{"{{{arguments[0]}}}":{"type":"string"},"{{{arguments[1]}}}":{"type":"string"}},"required":["{{{arguments[0]}}}","{{{arguments[1]}}}"]}""";
        return new NanoTool(Operation.Lookup, random.Pick(s_names), text, schema, arguments);
    }

    /// <summary>A table that the question does not need.</summary>
    public static NanoTool Any(NanoRandom random)
    {
        List<string> fields = [random.Pick(LookupPhrases.Links), random.Pick(LookupPhrases.Places), random.Pick(LookupPhrases.Numbers)];
        return Make(fields.GetRange(0, random.Range(2, 3)), random);
    }

    public static bool Answers(NanoTool tool) => s_similar.Contains(tool.ToolName);
}
