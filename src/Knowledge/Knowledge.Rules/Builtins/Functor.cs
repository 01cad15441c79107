using System.Text;

namespace Knowledge.Rules;

/// <summary>Structured values as terms: a literal of a datatype of its own, whose lexical form is the name and the arguments in canonical N-Triples, as in <c>all(&lt;p&gt; &lt;c&gt;)</c>.</summary>
/// <remarks>So a functor has an id, stands in columns and dictionaries and is equal to another exactly where name and arguments are.</remarks>
public static class Functor
{
    /// <summary>The datatype.</summary>
    public const string Datatype = "urn:x-hp-jena:Functor";

    /// <summary>Whether a term is a functor.</summary>
    /// <param name="term">A term, or null.</param>
    public static bool Is(Term? term) => term is Literal { Datatype: Datatype };

    /// <summary>The term of a functor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Literal Term(string name, IEnumerable<Term> arguments) => new($"{name}({string.Join(' ', arguments)})", Datatype);

    /// <summary>Name and arguments of a functor.</summary>
    /// <param name="term">A term.</param>
    /// <param name="name">The name.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>Whether the term is a functor.</returns>
    public static bool TryRead(Term? term, out string name, out IReadOnlyList<Term> arguments)
    {
        (name, arguments) = ("", []);
        if (!Is(term))
            return false;
        var text = ((Literal)term!).Lexical;
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || text[^1] != ')')
            return false;
        var terms = new List<Term>();
        var rest = text.AsSpan(open + 1, text.Length - open - 2);
        while (!rest.IsEmpty)
        {
            var end = TermEnd(rest);
            terms.Add(TermText.Parse(Encoding.UTF8.GetBytes(rest[..end].ToString())));
            rest = end < rest.Length ? rest[(end + 1)..] : default;
        }

        (name, arguments) = (text[..open], terms);
        return true;
    }

    /// <summary>How deep functors stand in a term: 0 for one that is none.</summary>
    internal static int Depth(Term term) => TryRead(term, out _, out var arguments) ? 1 + arguments.Select(Depth).DefaultIfEmpty().Max() : 0;

    /// <summary>Where a term in canonical N-Triples ends.</summary>
    private static int TermEnd(ReadOnlySpan<char> text)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"':
                    for (at++; text[at] != '"'; at++)
                        at += text[at] == '\\' ? 1 : 0;
                    break;
                case '<' when text[at..].StartsWith("<<( "):
                    depth++;
                    at += 3;
                    break;
                case '<':
                    at += text[at..].IndexOf('>');
                    break;
                case ')' when text[at..].StartsWith(")>>"):
                    depth--;
                    at += 2;
                    break;
                case ' ' when depth == 0:
                    return at;
            }
        }

        return text.Length;
    }
}
