using System.Text;

namespace Knowledge.Rdf;

/// <summary>A base IRI, which makes relative references absolute.</summary>
/// <remarks>Source: RFC 3986, section 5.2, strict; RFC 3987, section 6.5, lets IRIs be resolved the same way. References that have a scheme stay as they are.</remarks>
public sealed class BaseIri
{
    private readonly byte[] _iri;

    // Ends of the parts: the scheme with its colon, the authority with its slashes, the path, the query with its question mark.
    private readonly int _scheme;
    private readonly int _authority;
    private readonly int _path;
    private readonly int _query;

    /// <summary>A base.</summary>
    /// <param name="iri">An absolute IRI; its fragment means nothing.</param>
    /// <exception cref="FormatException">It is not an absolute IRI.</exception>
    public BaseIri(string iri)
        : this(Encoding.UTF8.GetBytes(iri ?? throw new ArgumentNullException(nameof(iri))))
    {
        if (IriSyntax.Problem(_iri) is { } problem)
            throw new FormatException($"The base IRI is wrong: {problem}.");
    }

    internal BaseIri(byte[] iri)
    {
        _iri = iri;
        _scheme = IriSyntax.SchemeLength(iri) + 1;
        var rest = iri.AsSpan(_scheme);
        var authority = rest.StartsWith("//"u8) ? End(rest[2..], "/?#"u8) + 2 : 0;
        _authority = _scheme + authority;
        _path = _authority + End(iri.AsSpan(_authority), "?#"u8);
        _query = _path + End(iri.AsSpan(_path), "#"u8);
    }

    /// <summary>The absolute IRI of a reference.</summary>
    /// <param name="reference">An absolute or relative reference.</param>
    /// <returns>The IRI, with dot segments removed where the reference was relative; not checked further.</returns>
    public string Resolve(string reference)
    {
        var terms = new TermStack();
        Resolve(Encoding.UTF8.GetBytes(reference), terms);
        return Encoding.UTF8.GetString(terms.From(0));
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(_iri);

    /// <summary>Pushes the IRI of a reference; <c>5.2.2 Transform References</c>.</summary>
    internal void Resolve(ReadOnlySpan<byte> reference, TermStack output)
    {
        if (IriSyntax.HasScheme(reference))
        {
            output.Append(reference);
            return;
        }

        var path = End(reference, "?#"u8);
        if (reference.StartsWith("//"u8))
        {
            output.Append(_iri.AsSpan(0, _scheme));
            var authority = 2 + End(reference[2..], "/?#"u8);
            output.Append(reference[..authority]);
            AppendPath(default, reference[authority..Math.Max(path, authority)], output);
            path = Math.Max(path, authority);
        }
        else if (path == 0)
        {
            var keepsQuery = reference.IsEmpty || reference[0] != (byte)'?';
            output.Append(_iri.AsSpan(0, keepsQuery ? _query : _path));
        }
        else
        {
            output.Append(_iri.AsSpan(0, _authority));
            AppendPath(reference[0] == (byte)'/' ? default : MergeStart(), reference[..path], output);
        }

        output.Append(reference[path..]);
    }

    /// <summary><c>5.2.3 Merge Paths</c>: what the base gives to the beginning of a relative path.</summary>
    private ReadOnlySpan<byte> MergeStart()
    {
        var path = _iri.AsSpan(_authority, _path - _authority);
        if (path.IsEmpty && _authority > _scheme)
            return "/"u8;
        return path[..(path.LastIndexOf((byte)'/') + 1)];
    }

    /// <summary><c>5.2.4 Remove Dot Segments</c>, on two pieces of one path.</summary>
    private static void AppendPath(ReadOnlySpan<byte> start, ReadOnlySpan<byte> path, TermStack output)
    {
        var mark = output.Length;
        output.Append(start);
        output.Append(path);
        var input = output.From(mark).ToArray().AsSpan();
        output.Cut(mark);
        while (!input.IsEmpty)
        {
            if (input.StartsWith("../"u8))
                input = input[3..];
            else if (input.StartsWith("./"u8))
                input = input[2..];
            else if (input.StartsWith("/./"u8))
                input = input[2..];
            else if (input.SequenceEqual("/."u8))
                input = input[..1];
            else if (input.StartsWith("/../"u8) || input.SequenceEqual("/.."u8))
            {
                output.Cut(mark + Math.Max(output.From(mark).LastIndexOf((byte)'/'), 0));
                if (input.Length == 3)
                    input = input[..1];
                else
                    input = input[3..];
            }
            else if (input.SequenceEqual("."u8) || input.SequenceEqual(".."u8))
                return;
            else
            {
                var next = input[1..].IndexOf((byte)'/');
                var segment = next < 0 ? input.Length : next + 1;
                output.Append(input[..segment]);
                input = input[segment..];
            }
        }
    }

    private static int End(ReadOnlySpan<byte> text, ReadOnlySpan<byte> stops) => text.IndexOfAny(stops) is >= 0 and var stop ? stop : text.Length;
}
