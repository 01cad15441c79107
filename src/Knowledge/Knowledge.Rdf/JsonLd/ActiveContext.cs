namespace Knowledge.Rdf.JsonLd;

/// <summary>What terms mean at one place of a document (JSON-LD 1.1 API, 4.1). It is filled by <see cref="ContextProcessing"/> and not changed afterwards.</summary>
internal sealed class ActiveContext
{
    private readonly Dictionary<string, TermDefinition> _terms;
    private InverseContext? _inverse;

    public ActiveContext(string? originalBaseUrl)
    {
        _terms = new(StringComparer.Ordinal);
        BaseIri = OriginalBaseUrl = originalBaseUrl;
    }

    private ActiveContext(ActiveContext other)
    {
        _terms = new(other._terms, StringComparer.Ordinal);
        BaseIri = other.BaseIri;
        OriginalBaseUrl = other.OriginalBaseUrl;
        VocabularyMapping = other.VocabularyMapping;
        DefaultLanguage = other.DefaultLanguage;
        DefaultDirection = other.DefaultDirection;
        Previous = other.Previous;
    }

    public string? BaseIri { get; set; }

    public string? OriginalBaseUrl { get; }

    public string? VocabularyMapping { get; set; }

    public string? DefaultLanguage { get; set; }

    public string? DefaultDirection { get; set; }

    /// <summary>The context to fall back to at the next node object, where this one is not propagated.</summary>
    public ActiveContext? Previous { get; set; }

    public IReadOnlyDictionary<string, TermDefinition> Terms => _terms;

    public TermDefinition? this[string? term] => term is not null && _terms.TryGetValue(term, out var definition) ? definition : null;

    public InverseContext Inverse => _inverse ??= InverseContext.Create(this);

    public bool HasProtectedTerms => _terms.Values.Any(t => t.IsProtected);

    public ActiveContext Clone() => new(this);

    public Containers ContainerOf(string? term) => this[term]?.Container ?? Containers.None;

    public void Define(string term, TermDefinition definition) => _terms[term] = definition;

    public TermDefinition? Undefine(string term) => _terms.Remove(term, out var definition) ? definition : null;
}
