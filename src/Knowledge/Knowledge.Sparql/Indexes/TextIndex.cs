using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Words of literals, best matches first: <c>(?literal ?score) text:search ("words" limit)</c>, with <c>PREFIX text: &lt;urn:knowledge:text#&gt;</c>.</summary>
/// <remarks>
/// <para>Plain literals and those with a language are indexed. A match has at least one of the words; more and rarer words in shorter texts score higher.</para>
/// <para>Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, equation 3.15, k1 = 1.2 and b = 0.75, with an inverse document frequency that is never negative.
/// Equal scores stand in the order of the literals' ids.</para>
/// </remarks>
public sealed class TextIndex : IPropertyFunction, IDisposable
{
    /// <summary>Namespace of the function.</summary>
    public const string Namespace = "urn:knowledge:text#";

    /// <summary>Matches where the query gives no limit.</summary>
    public const int DefaultLimit = 100;

    /// <summary>Most matches.</summary>
    public const int MaxLimit = 100_000;

    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly LiteralIndex<TextSegment> _index;

    /// <summary>An index of a source, built when it is first asked.</summary>
    /// <param name="source">The quads.</param>
    /// <param name="predicates">Predicates whose literals are indexed; null for all.</param>
    public TextIndex(IQuadSource source, IReadOnlyCollection<Iri>? predicates = null) => _index = new LiteralIndex<TextSegment>(source, predicates, Build, s => s.Literals);

    /// <inheritdoc/>
    public string Iri => Namespace + "search";

    /// <inheritdoc/>
    public int Width => 2;

    /// <inheritdoc/>
    public double ExpectedRows => 20;

    /// <summary>Ends the keeping up with changes.</summary>
    public void Dispose() => _index.Dispose();

    /// <inheritdoc/>
    public IEnumerable<Term[]> Evaluate(PropertyFunctionCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var limit = LimitOf(Iri, call.Arguments);
        if (call.Arguments[0] is not Literal words)
            throw new PropertyFunctionException(Iri, $"{call.Arguments[0]} is no text to search for.");
        return Search(call.Snapshot, words.Lexical, limit, call.IsNow).Select(m => new Term[] { m.Literal, new Literal(m.Score.ToString("R", CultureInfo.InvariantCulture), XsdVocabulary.Double) });
    }

    /// <summary>The best matches.</summary>
    /// <param name="snapshot">A snapshot of the index's source, of now.</param>
    /// <param name="words">Words; a literal that has one of them is a match.</param>
    /// <param name="limit">How many matches at most.</param>
    public IReadOnlyList<(Literal Literal, double Score)> Search(IQuadSnapshot snapshot, string words, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Search(snapshot, words, limit, isNow: true);
    }

    private List<(Literal Literal, double Score)> Search(IQuadSnapshot snapshot, string words, int limit, bool isNow)
    {
        var parts = _index.At(snapshot, isNow);
        var count = parts.Sum(p => (long)p.Segment.Literals.Length - p.Gone.Count);
        var length = parts.Sum(p => p.Segment.TotalLength - p.Gone.Sum(g => (long)p.Segment.Lengths[g]));
        var average = (double)length / Math.Max(1, count);
        var scores = new Dictionary<uint, double>();
        foreach (var word in TextTokens.Of(words).Distinct(StringComparer.Ordinal))
        {
            var postings = parts.SelectMany(p => p.Segment.Postings(word).ToArray().Where(o => !p.Gone.Contains(o.At)).Select(o => (p.Segment, o.At, o.Count))).ToList();
            var rarity = Math.Log(1 + ((count - postings.Count + 0.5) / (postings.Count + 0.5)));
            foreach (var (segment, at, occurrences) in postings)
            {
                var score = rarity * occurrences * (K1 + 1) / (occurrences + (K1 * (1 - B + (B * segment.Lengths[at] / average))));
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(scores, segment.Literals[at], out _) += score;
            }
        }

        var best = scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(limit);
        return [.. best.Select(s => (LiteralIndex<TextSegment>.LiteralOf(snapshot.Terms, s.Key), s.Value))];
    }

    /// <summary>The limit of a call: its second argument.</summary>
    internal static int LimitOf(string function, IReadOnlyList<Term> arguments)
    {
        if (arguments.Count is not (1 or 2))
            throw new PropertyFunctionException(function, $"There are {arguments.Count} terms on its right; what to look for and, if wanted, a limit are needed.");
        if (arguments.Count == 1)
            return DefaultLimit;
        return arguments[1] is Literal literal && int.TryParse(literal.Lexical, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= MaxLimit
            ? limit
            : throw new PropertyFunctionException(function, $"{arguments[1]} is no limit; a whole number from 1 to {MaxLimit} is needed.");
    }

    private static TextSegment? Build(ITermDictionary terms, IEnumerable<uint> literals)
    {
        var segment = TextSegment.Of(literals.Select(id => (id, LiteralIndex<TextSegment>.LiteralOf(terms, id)))
            .Where(l => l.Item2.Datatype is XsdVocabulary.String or RdfVocabulary.LangString or RdfVocabulary.DirLangString).Select(l => (l.id, l.Item2.Lexical)));
        return segment.Literals.Length == 0 ? null : segment;
    }
}
