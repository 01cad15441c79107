namespace Knowledge.Rdf.JsonLd;

/// <summary>IRI Expansion (JSON-LD 1.1 API, 5.2).</summary>
internal static class IriExpansion
{
    /// <param name="active">What terms mean.</param>
    /// <param name="value">A term, a compact IRI, an IRI reference or a keyword.</param>
    /// <param name="documentRelative">Whether it may be relative to the document's base.</param>
    /// <param name="vocab">Whether it may be a term, or relative to the vocabulary.</param>
    /// <param name="creation">The local context that is being processed, whose terms are defined when they are met; or null.</param>
    /// <returns>An IRI, a keyword, a blank node identifier, a relative reference that nothing resolves, or null.</returns>
    public static string? Expand(ActiveContext active, string? value, bool documentRelative = false, bool vocab = true, TermDefinitionCreation? creation = null)
    {
        if (value is null || Keywords.Is(value))
            return value;
        if (Keywords.HasForm(value))
            return null;
        creation?.CreateIfThere(value);
        if (active[value] is { } term && (vocab || (term.IriMapping is { } mapping && Keywords.Is(mapping))))
            return term.IriMapping;
        var colon = value.Length > 1 ? value.IndexOf(':', 1) : -1;
        if (colon > 0)
        {
            var prefix = value[..colon];
            var suffix = value[(colon + 1)..];
            if (prefix == "_" || suffix.StartsWith("//", StringComparison.Ordinal))
                return value;
            creation?.CreateIfThere(prefix);
            if (active[prefix] is { IriMapping: { } iri } known && (known.IsPrefix || known.ExpandsAnySuffix))
                return iri + suffix;
            if (IriReference.IsAbsolute(value))
                return value;
        }

        if (vocab && active.VocabularyMapping is { } vocabulary)
            return vocabulary + value;
        return documentRelative && active.BaseIri is { } @base ? IriReference.Resolve(@base, value) : value;
    }
}
