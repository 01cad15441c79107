using System.Text;

namespace Knowledge.Rdf.JsonLd;

/// <summary>IRI references as text (RFC 3986 and 3987): resolved against a base and made relative to one, without normalisation.</summary>
internal static class IriReference
{
    /// <summary>Length of the scheme with which a reference begins, or 0.</summary>
    private static int SchemeLength(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetter(reference[0]))
            return 0;
        for (var at = 1; at < colon; at++)
            if (!char.IsAsciiLetterOrDigit(reference[at]) && reference[at] is not ('+' or '-' or '.'))
                return 0;
        return colon;
    }

    /// <summary>Whether text has the form of an IRI: a scheme, and no white space after it.</summary>
    public static bool IsAbsolute(string text) => SchemeLength(text) > 0 && !text.Any(char.IsWhiteSpace);

    /// <summary>Whether text is an IRI as RFC 3987 writes them.</summary>
    public static bool IsWellFormed(string text) => IriSyntax.Problem(Encoding.UTF8.GetBytes(text)) is null;

    /// <summary>A reference made absolute; one that has a scheme stays as it is, as all do where the base has none.</summary>
    public static string Resolve(string @base, string reference) => SchemeLength(@base) > 0 ? new BaseIri(Encoding.UTF8.GetBytes(@base)).Resolve(reference) : reference;

    /// <summary>A short reference that resolves to an IRI against a base: the IRI itself where there is none.</summary>
    public static string MakeRelative(string @base, string iri)
    {
        var b = Parts.Of(@base);
        var i = Parts.Of(iri);
        if (b.Scheme is null || b.Scheme != i.Scheme || b.Authority != i.Authority)
            return iri;
        if (b.Path == i.Path && b.Query == i.Query && i.Fragment is not null)
            return "#" + i.Fragment;
        if (b.Path == i.Path && i.Query is not null)
            return new Parts(null, null, "", i.Query, i.Fragment).ToString();
        var folder = b.Path[..(b.Path.LastIndexOf('/') + 1)];
        var shared = 0;
        for (var at = 0; at < folder.Length && at < i.Path.Length && folder[at] == i.Path[at]; at++)
            if (folder[at] == '/')
                shared = at + 1;
        if (shared == 0)
            return iri;
        var path = new StringBuilder();
        for (var up = folder.AsSpan(shared).Count('/'); up > 0; up--)
            path.Append("../");
        path.Append(i.Path, shared, i.Path.Length - shared);
        if (path.Length == 0)
            path.Append("./");
        var relative = new Parts(null, null, path.ToString(), i.Query, i.Fragment).ToString();
        return relative.AsSpan(0, Math.Max(0, relative.AsSpan().IndexOf('/'))).Contains(':') || SchemeLength(relative) > 0 ? "./" + relative : relative;
    }

    /// <summary>The five parts of a reference by the expression of RFC 3986, appendix B.</summary>
    private sealed record Parts(string? Scheme, string? Authority, string Path, string? Query, string? Fragment)
    {
        public static Parts Of(string reference)
        {
            var rest = reference;
            string? scheme = null, authority = null, query = null, fragment = null;
            if (SchemeLength(rest) is > 0 and var length)
            {
                scheme = rest[..length];
                rest = rest[(length + 1)..];
            }

            if (rest.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash)
            {
                fragment = rest[(hash + 1)..];
                rest = rest[..hash];
            }

            if (rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark)
            {
                query = rest[(mark + 1)..];
                rest = rest[..mark];
            }

            if (rest.StartsWith("//", StringComparison.Ordinal))
            {
                var end = rest.IndexOf('/', 2);
                authority = end < 0 ? rest[2..] : rest[2..end];
                rest = end < 0 ? "" : rest[end..];
            }

            return new Parts(scheme, authority, rest, query, fragment);
        }

        public override string ToString()
        {
            var text = new StringBuilder();
            if (Scheme is not null)
                text.Append(Scheme).Append(':');
            if (Authority is not null)
                text.Append("//").Append(Authority);
            text.Append(Path);
            if (Query is not null)
                text.Append('?').Append(Query);
            if (Fragment is not null)
                text.Append('#').Append(Fragment);
            return text.ToString();
        }
    }
}
