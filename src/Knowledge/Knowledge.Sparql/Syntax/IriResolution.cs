using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>IRIs as queries write them.</summary>
internal static class IriResolution
{
    /// <summary>Whether a scheme stands in front.</summary>
    public static bool IsAbsolute(ReadOnlySpan<char> iri)
    {
        if (iri.IsEmpty || !char.IsAsciiLetter(iri[0]))
            return false;
        foreach (var c in iri)
        {
            if (c == ':')
                return true;
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
                return false;
        }

        return false;
    }

    /// <summary>The absolute form of a reference.</summary>
    /// <param name="baseIri">Absolute.</param>
    /// <param name="reference">Relative.</param>
    /// <exception cref="FormatException">The base is not an absolute IRI.</exception>
    public static string Resolve(string baseIri, string reference) => new BaseIri(baseIri).Resolve(reference);
}
