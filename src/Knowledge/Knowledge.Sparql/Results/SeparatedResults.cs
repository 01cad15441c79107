using System.Text;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>SPARQL 1.1 Query Results CSV: values without their kinds.</summary>
internal sealed class CsvResults : ResultFormat
{
    public override string Name => "csv";

    public override IReadOnlyList<string> MediaTypes => ["text/csv"];

    public override string Extension => "csv";

    public override bool HasBooleans => false;

    public override void Write(IReadOnlyList<string> variables, IEnumerable<Solution> solutions, Stream stream)
    {
        using var text = NewWriter(stream);
        text.Write(string.Join(',', variables.Select(Quote)) + "\r\n");
        foreach (var solution in solutions)
        {
            for (var i = 0; i < variables.Count; i++)
            {
                text.Write(i == 0 ? "" : ",");
                text.Write(Quote(Value(solution[i])));
            }

            text.Write("\r\n");
        }
    }

    public override void Write(bool answer, Stream stream) => throw new NotSupportedException("CSV has no booleans: take XML or JSON for ASK.");

    private static string Value(Term? term) => term switch
    {
        null => "",
        Iri iri => iri.Value,
        Literal literal => literal.Lexical,
        _ => term.ToString(),
    };

    private static string Quote(string value) => value.AsSpan().IndexOfAny("\",\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override ResultDocument Read(Stream stream)
    {
        var rows = Rows(ReadText(stream)).ToList();
        if (rows.Count == 0)
            throw new RdfSyntaxException("The text is empty; a line with the variables is needed.", 1, 1);
        var variables = rows[0];
        var terms = rows.Skip(1).Select((r, i) => Terms(r, variables.Count, i + 2)).ToList();
        return new ResultDocument(new SolutionTable(variables, terms), null);
    }

    // What kind of term a value was cannot be told: all are plain strings, but for blank nodes.
    private static Term?[] Terms(List<string> row, int width, int line)
    {
        if (row.Count != width)
            throw new RdfSyntaxException($"a row has {row.Count} values; the head has {width} variables.", line, 1);
        return [.. row.Select(v => v.Length == 0 ? null : v.StartsWith("_:", StringComparison.Ordinal) ? (Term)new BlankNode(v[2..]) : new Literal(v))];
    }

    // RFC 4180.
    private static IEnumerable<List<string>> Rows(string text)
    {
        var row = new List<string>();
        var value = new StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (isQuoted && c == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                value.Append('"');
                at++;
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && c is ',' or '\n' && !isQuoted)
            {
                row.Add(value.ToString());
                value.Clear();
                if (c == ',')
                    continue;
                yield return row;
                row = [];
            }
            else if (isQuoted || c != '\r')
            {
                value.Append(c);
            }
        }

        if (row.Count > 0 || value.Length > 0)
            yield return [.. row, value.ToString()];
    }
}

/// <summary>SPARQL 1.1 Query Results TSV: terms as in Turtle without prefixes.</summary>
internal sealed class TsvResults : ResultFormat
{
    public override string Name => "tsv";

    public override IReadOnlyList<string> MediaTypes => ["text/tab-separated-values"];

    public override string Extension => "tsv";

    public override bool HasBooleans => false;

    public override void Write(IReadOnlyList<string> variables, IEnumerable<Solution> solutions, Stream stream)
    {
        using var text = NewWriter(stream);
        text.Write(string.Join('\t', variables.Select(v => "?" + v)) + "\n");
        foreach (var solution in solutions)
        {
            for (var i = 0; i < variables.Count; i++)
            {
                text.Write(i == 0 ? "" : "\t");
                text.Write(Value(solution[i]));
            }

            text.Write('\n');
        }
    }

    public override void Write(bool answer, Stream stream) => throw new NotSupportedException("TSV has no booleans: take XML or JSON for ASK.");

    // Numbers stand bare where Turtle reads them back as the same literal.
    private static string Value(Term? term) => term switch
    {
        null => "",
        Literal { Datatype: XsdVocabulary.Integer or XsdVocabulary.Decimal or XsdVocabulary.Double } literal when IsBare(literal) => literal.Lexical,
        _ => term.ToString(),
    };

    private static bool IsBare(Literal literal)
    {
        try
        {
            return SparqlParser.ParseTerm(literal.Lexical).Equals(literal);
        }
        catch (RdfSyntaxException)
        {
            // Not a number in Turtle: it is written in full.
            return false;
        }
    }

    public override ResultDocument Read(Stream stream)
    {
        var lines = ReadText(stream).Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        if (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        if (lines.Count == 0)
            throw new RdfSyntaxException("The text is empty; a line with the variables is needed.", 1, 1);
        var variables = lines[0].Length == 0 ? [] : lines[0].Split('\t').Select(v => v.TrimStart('?')).ToList();
        var rows = new List<Term?[]>();
        for (var line = 1; line < lines.Count; line++)
            rows.Add(Row(lines[line], variables.Count, line + 1));
        return new ResultDocument(new SolutionTable(variables, rows), null);
    }

    private static Term?[] Row(string line, int width, int number)
    {
        string[] values = width == 0 ? [] : line.Split('\t');
        if (values.Length != width)
            throw new RdfSyntaxException($"a row has {values.Length} values; the head has {width} variables.", number, 1);
        var row = new Term?[width];
        for (var i = 0; i < width; i++)
        {
            try
            {
                row[i] = values[i].Length == 0 ? null : SparqlParser.ParseTerm(values[i]);
            }
            catch (RdfSyntaxException failure)
            {
                throw new RdfSyntaxException(failure.Problem, number, line.Split('\t').Take(i).Sum(v => v.Length + 1) + failure.Column, failure);
            }
        }

        return row;
    }
}
