namespace Knowledge.Sparql;

/// <summary>Relative IRIs to absolute ones. Source: RFC 3986, section 5.2; nothing is normalised but dot segments of what was relative.</summary>
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
    public static string Resolve(string baseIri, string reference)
    {
        var schemeEnd = baseIri.IndexOf(':', StringComparison.Ordinal) + 1;
        var hash = baseIri.IndexOf('#', StringComparison.Ordinal);
        var bare = hash < 0 ? baseIri : baseIri[..hash];
        if (reference.Length == 0 || reference[0] == '#')
            return bare + reference;
        if (reference.StartsWith("//", StringComparison.Ordinal))
            return baseIri[..schemeEnd] + reference;
        var question = bare.IndexOf('?', StringComparison.Ordinal);
        var hierarchy = question < 0 ? bare : bare[..question];
        if (reference[0] == '?')
            return hierarchy + reference;
        var hasAuthority = hierarchy.AsSpan(schemeEnd).StartsWith("//");
        var pathStart = schemeEnd;
        if (hasAuthority)
        {
            var slash = hierarchy.IndexOf('/', schemeEnd + 2);
            pathStart = slash < 0 ? hierarchy.Length : slash;
        }

        var end = reference.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? reference : reference[..end];
        var tail = end < 0 ? "" : reference[end..];
        if (path.Length > 0 && path[0] == '/')
            return hierarchy[..pathStart] + RemoveDots(path) + tail;
        var last = hierarchy.LastIndexOf('/');
        var folder = last < pathStart ? (hasAuthority ? "/" : "") : hierarchy[pathStart..(last + 1)];
        return hierarchy[..pathStart] + RemoveDots(folder + path) + tail;
    }

    private static string RemoveDots(string path)
    {
        var kept = new List<string>();
        var segments = path.Split('/');
        for (var at = 0; at < segments.Length; at++)
        {
            var isLast = at == segments.Length - 1;
            if (segments[at] == "..")
            {
                if (kept.Count > 1)
                    kept.RemoveAt(kept.Count - 1);
                if (isLast)
                    kept.Add("");
            }
            else if (segments[at] != ".")
            {
                kept.Add(segments[at]);
            }
            else if (isLast)
            {
                kept.Add("");
            }
        }

        return string.Join('/', kept);
    }
}
