using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Knowledge.Rules;

/// <summary>Builtins that make texts, IRIs, times and blank nodes.</summary>
internal static class NodeBuiltins
{
    /// <summary>How long one match of a regular expression may take.</summary>
    public static readonly TimeSpan MaxMatchTime = TimeSpan.FromSeconds(1);

    /// <summary>All of them.</summary>
    public static readonly Builtin[] All =
    [
        new("regex", 2, int.MaxValue, BuiltinUse.Body) { Body = IsMatch, Binds = true },
        new("strConcat", 1, int.MaxValue, BuiltinUse.Body) { Body = call => Concat(call) is { } text && call.Bind(call.Count - 1, new Literal(text)), Binds = true },
        new("uriConcat", 1, int.MaxValue, BuiltinUse.Body) { Body = call => Concat(call) is { } text && call.Bind(call.Count - 1, new Iri(text)), Binds = true },
        new("now", 1, 1, BuiltinUse.Body) { Body = call => call.Bind(0, LiteralValue.DateTime(call.Environment.Now)), Binds = true },
        new("makeTemp", 0, int.MaxValue, BuiltinUse.Body) { Body = MakeTemp, Binds = true },
        new("makeInstance", 3, 4, BuiltinUse.Body) { Body = MakeInstance, Binds = true },
        new("makeSkolem", 1, int.MaxValue, BuiltinUse.Body) { Body = call => call.Bind(0, Skolem(Enumerable.Range(1, call.Count - 1).Select(call.Term))), Binds = true },
    ];

    /// <summary>A blank node that is the same for the same terms.</summary>
    public static BlankNode Skolem(IEnumerable<Term?> terms)
    {
        var key = new StringBuilder();
        foreach (var term in terms)
            key.Append(term?.ToString() ?? "?").Append('\u0001');
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())).AsSpan(0, 16);
        // Base64 with the characters that labels of blank nodes may not hold exchanged.
        return new BlankNode("s" + Convert.ToBase64String(hash).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
    }

    /// <summary>The whole text must match; groups that took no part are empty.</summary>
    private static bool IsMatch(BuiltinCall call)
    {
        if (call.Term(0) is not Literal text || call.Term(1) is not Literal pattern)
            return false;
        Match match;
        try
        {
            match = Regex.Match(text.Lexical, $@"\A(?:{pattern.Lexical})\z", RegexOptions.CultureInvariant, MaxMatchTime);
        }
        catch (ArgumentException failure)
        {
            throw call.Error($"The pattern is no regular expression: {failure.Message}", failure);
        }
        catch (RegexMatchTimeoutException failure)
        {
            throw call.Error($"The match took more than {MaxMatchTime.TotalSeconds} s.", failure);
        }

        if (!match.Success)
            return false;
        for (var i = 1; i < match.Groups.Count && i + 1 < call.Count; i++)
            if (!call.Bind(i + 1, new Literal(match.Groups[i].Value)))
                return false;
        return true;
    }

    private static string? Concat(BuiltinCall call)
    {
        var text = new StringBuilder();
        for (var i = 0; i < call.Count - 1; i++)
        {
            switch (call.Term(i))
            {
                case Iri iri: text.Append(iri.Value); break;
                case Literal literal: text.Append(literal.Lexical); break;
                case BlankNode blank: text.Append(blank.Label); break;
                default: return null;
            }
        }

        return text.ToString();
    }

    private static bool MakeTemp(BuiltinCall call)
    {
        for (var i = 0; i < call.Count; i++)
            if (!call.Bind(i, call.Environment.Fresh(call, i)))
                return false;
        return true;
    }

    /// <summary>The value that an individual has for a property, perhaps of a class: one for each of these.</summary>
    private static bool MakeInstance(BuiltinCall call) =>
        call.IsBound(0) && call.IsBound(1) && call.Bind(call.Count - 1, Skolem([new Iri("urn:makeInstance"), .. Enumerable.Range(0, call.Count - 1).Select(call.Term)]));
}
