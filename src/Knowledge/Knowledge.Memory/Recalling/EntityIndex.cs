namespace Knowledge.Memory;

/// <summary>Finds entities by their names in a text: by labels, and by the last part of their IRIs.</summary>
/// <remarks>Not for several threads while one of them adds.</remarks>
internal sealed class EntityIndex
{
    /// <summary>Most words of a name.</summary>
    public const int MaxWords = 6;

    /// <summary>Most entities that one name may mean; a name of more means nobody.</summary>
    public const int MaxMeanings = 16;

    private static readonly HashSet<string> s_labels = new(StringComparer.Ordinal)
    {
        "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2004/02/skos/core#altLabel", "http://xmlns.com/foaf/0.1/name", "http://schema.org/name",
    };

    private readonly Dictionary<string, List<TermId>> _names = new(StringComparer.Ordinal);
    private readonly HashSet<TermId> _known = [];

    /// <summary>Whether values of a property are names.</summary>
    public static bool IsLabel(string property) => s_labels.Contains(property);

    /// <summary>Adds the names that a quad gives.</summary>
    public void Add(QuadIds quad, Func<TermId, Term> term, bool isLabel)
    {
        Known(quad.Subject, term);
        if (isLabel && term(quad.Object) is Literal label)
            Name(label.Lexical, quad.Subject);
        else if (!isLabel)
            Known(quad.Object, term);
    }

    /// <summary>Entities of a name, by its words.</summary>
    public IReadOnlyList<TermId> Find(string name) => _names.GetValueOrDefault(Key(TextAnalysis.Words(name))) ?? [];

    /// <summary>Entities that a text names; longer names win over those within them.</summary>
    public List<TermId> In(string text)
    {
        var words = TextAnalysis.Words(text);
        List<TermId> found = [];
        for (var start = 0; start < words.Count; start++)
        {
            for (var length = Math.Min(MaxWords, words.Count - start); length > 0; length--)
            {
                var key = Key(words.GetRange(start, length));
                if ((length == 1 && TextAnalysis.IsStopWord(key)) || !_names.TryGetValue(key, out var meanings))
                    continue;
                found.AddRange(meanings.Count > MaxMeanings ? [] : meanings.Where(m => !found.Contains(m)));
                start += length - 1;
                break;
            }
        }

        return found;
    }

    private void Known(TermId id, Func<TermId, Term> term)
    {
        if (_known.Add(id) && term(id) is Iri iri)
            Name(Uri.UnescapeDataString(MemorySchema.LocalName(iri)), id);
    }

    private void Name(string name, TermId id)
    {
        var words = TextAnalysis.Words(name);
        if (words.Count is 0 or > MaxWords)
            return;
        var key = Key(words);
        if (!_names.TryGetValue(key, out var meanings))
            _names[key] = meanings = new List<TermId>(1);
        if (!meanings.Contains(id) && meanings.Count <= MaxMeanings)
            meanings.Add(id);
    }

    private static string Key(List<string> words) => string.Join(' ', words);
}
