using System.Globalization;
using System.Text;
using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Conformance.Tests.Sparql;

/// <summary>Compares results with those of a suite: solutions as multisets up to blank nodes, in their order where the query gives one, numbers by value.</summary>
internal static class ResultComparison
{
    private const string Results = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

    /// <summary>Fails where a result is not the expected one.</summary>
    public static void Check(QueryResult result, Corpus corpus, string expectedIri, bool isLax)
    {
        if (result.Form is QueryForm.Construct or QueryForm.Describe)
        {
            var actual = result.Triples.Select(t => new Quad(t.Subject, t.Predicate, t.Object)).ToHashSet();
            var expected = TestData.File(corpus, expectedIri, "").Quads;
            if (!Isomorphism.AreIsomorphic(actual, [.. expected]))
                throw new TestFailedException($"It made:\n{Lines(actual)}\nexpected:\n{Lines(expected)}");
            return;
        }

        var document = Expected(corpus, expectedIri);
        if (document.Boolean is { } answer)
        {
            if (result.Boolean != answer)
                throw new TestFailedException($"The answer is {!answer}.");
            return;
        }

        var format = Path.GetExtension(expectedIri).TrimStart('.');
        var found = new SolutionTable(result.Variables, [.. result.Select(s => s.ToArray())]);

        // What CSV and TSV lose is lost on both sides: the result goes through the format.
        if (format is "csv" or "tsv" && ResultFormat.TryByName(format, out var separated))
            found = Through(separated, found);
        var isOrdered = IsOrdered(corpus, expectedIri, result);
        if (!AreEqual(found, document.Solutions!, isLax, isOrdered))
            throw new TestFailedException($"It answered ?{string.Join(" ?", found.Variables)}:\n{Lines(found)}\nexpected ?{string.Join(" ?", document.Solutions!.Variables)}:\n{Lines(document.Solutions!)}");
    }

    private static bool IsOrdered(Corpus corpus, string expectedIri, QueryResult result) => result.IsOrdered && !Path.GetExtension(corpus.PathOf(expectedIri)).Contains("rdf", StringComparison.Ordinal);

    private static SolutionTable Through(ResultFormat format, SolutionTable table)
    {
        using var stream = new MemoryStream();
        format.Write(table.Variables, table, stream);
        stream.Position = 0;
        return format.Read(stream).Solutions!;
    }

    private static ResultDocument Expected(Corpus corpus, string iri)
    {
        if (!ResultFormat.TryByName(Path.GetExtension(iri).TrimStart('.'), out var format))
            return OfGraph(TestData.File(corpus, iri, ""));
        using var stream = File.OpenRead(corpus.PathOf(iri));
        return format.Read(stream);
    }

    // The result set vocabulary of the first suites.
    private static ResultDocument OfGraph(Dataset graph)
    {
        var all = graph.Quads.ToLookup(q => q.Subject);
        Term? Value(Term node, string property) => all[node].FirstOrDefault(q => q.Predicate == new Iri(Results + property)).Object;
        var root = graph.Match(predicate: new Iri(RdfVocabulary.Type), @object: new Iri(Results + "ResultSet")).First().Subject;
        if (Value(root, "boolean") is Literal boolean)
            return new ResultDocument(null, boolean.Lexical is "true" or "1");
        var variables = all[root].Where(q => q.Predicate == new Iri(Results + "resultVariable")).Select(q => ((Literal)q.Object).Lexical).Order(StringComparer.Ordinal).ToList();
        var rows = all[root].Where(q => q.Predicate == new Iri(Results + "solution")).Select(q => q.Object)
            .OrderBy(s => Value(s, "index") is Literal index ? int.Parse(index.Lexical, CultureInfo.InvariantCulture) : 0)
            .Select(s =>
            {
                var row = new Term?[variables.Count];
                foreach (var binding in all[s].Where(q => q.Predicate == new Iri(Results + "binding")).Select(q => q.Object))
                    row[variables.IndexOf(((Literal)Value(binding, "variable")!).Lexical)] = Value(binding, "value");
                return row;
            });
        return new ResultDocument(new SolutionTable(variables, [.. rows]), null);
    }

    private static bool AreEqual(SolutionTable actual, SolutionTable expected, bool isLax, bool isOrdered)
    {
        if (!actual.Variables.Order(StringComparer.Ordinal).SequenceEqual(expected.Variables.Order(StringComparer.Ordinal)))
            return false;
        var (left, right) = (Rows(actual), Rows(expected));
        if (isOrdered && !left.Select(Blind).SequenceEqual(right.Select(Blind)))
            return false;
        if (isLax)
            (left, right) = ([.. left.DistinctBy(Text)], [.. right.DistinctBy(Text)]);
        return Isomorphism.AreIsomorphic(Quads(left), Quads(right));
    }

    // Rows with their variables in one order, and numbers in one form.
    private static List<(string Variable, Term? Value)[]> Rows(SolutionTable table)
    {
        var order = table.Variables.Select((v, i) => (v, i)).OrderBy(p => p.v, StringComparer.Ordinal).ToList();
        return [.. table.Rows.Select(r => order.Select(p => (p.v, Canonical(r[p.i]))).ToArray())];
    }

    private static Term? Canonical(Term? term)
    {
        if (term is not Literal literal || !literal.Datatype.StartsWith(XsdVocabulary.Namespace, StringComparison.Ordinal))
            return term;
        var lexical = literal.Lexical;
        return literal.Datatype[XsdVocabulary.Namespace.Length..] switch
        {
            "integer" or "decimal" or "int" when decimal.TryParse(lexical, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exact) =>
                literal with { Lexical = exact.ToString("0.############################", CultureInfo.InvariantCulture) },
            "double" or "float" when double.TryParse(lexical, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => literal with { Lexical = value.ToString("G6", CultureInfo.InvariantCulture) },
            _ => term,
        };
    }

    private static string Text((string Variable, Term? Value)[] row) => string.Join(' ', row.Select(p => $"{p.Variable}={p.Value}"));

    private static string Blind((string Variable, Term? Value)[] row) => Text([.. row.Select(p => (p.Variable, p.Value is BlankNode ? new BlankNode("any") : p.Value))]);

    // Solutions as a graph: a node for each, so that blank nodes are compared over the whole table. Equal rows without blank nodes are told apart by their number.
    private static HashSet<Quad> Quads(List<(string Variable, Term? Value)[]> rows)
    {
        var quads = new HashSet<Quad>();
        var seen = new Dictionary<string, int>();
        foreach (var row in rows)
        {
            var text = Text(row);
            var number = seen[text] = seen.GetValueOrDefault(text) + 1;
            Term node = text.Contains("_:", StringComparison.Ordinal) ? new BlankNode($"row{quads.Count}") : new Iri($"row:{number}:{text}");
            quads.Add(new Quad(node, new Iri("test:row"), new Literal("")));
            foreach (var (variable, value) in row)
                if (value is not null)
                    quads.Add(new Quad(node, new Iri("test:" + variable), value));
        }

        return quads;
    }

    private static string Lines(SolutionTable table) => string.Join('\n', table.Select(s => s.ToString()));

    private static string Lines(IEnumerable<Quad> quads) => string.Join('\n', quads.Select(q => q.ToString()).Order(StringComparer.Ordinal));
}
