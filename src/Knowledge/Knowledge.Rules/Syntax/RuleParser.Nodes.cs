using System.Globalization;

namespace Knowledge.Rules;

/// <content>Variables, terms and functors.</content>
internal sealed partial class RuleParser
{
    // node := ?var | <iri> | prefix:local | iri | 'literal' | literal^^datatype | number | _label | NAME '(' node* ')' | bareword
    private RuleNode ParseNode()
    {
        var token = _tokens.Next();
        if (token.Kind == RuleTokenKind.Literal)
            return new TermNode(ParseLiteral(token));
        if (token.Kind != RuleTokenKind.Word || token.Text is "->" or "<-")
            throw Wrong(token, "a variable, a term or a functor");
        var text = token.Text;
        if (text[0] == '?')
            return Variable(text);
        if (text is "*" or "_")
            throw Error($"'{text}' as a wildcard is no longer supported; give the variable a name, as in ?x.", token);
        if (text is ['<', .., '>'])
            return new TermNode(new Iri(text[1..^1]));
        if (text[0] == '_')
            return new TermNode(new BlankNode(text[1..]));
        if (text.Contains(':', StringComparison.Ordinal))
            return new TermNode(new Iri(Expand(text, token)));
        if (_tokens.Peek().Is("("))
            return new FunctorNode(text, ParseNodes());
        if (char.IsAsciiDigit(text[0]) || (text.Length > 1 && text[0] == '-' && char.IsAsciiDigit(text[1])))
            return new TermNode(Number(text));
        return new TermNode(new Iri(text));
    }

    private VariableNode Variable(string name)
    {
        var index = _variables.IndexOf(name);
        if (index < 0)
        {
            index = _variables.Count;
            _variables.Add(name);
        }

        return new VariableNode(index);
    }

    private Literal ParseLiteral(RuleToken token)
    {
        var next = _tokens.Peek();
        if (next.Kind != RuleTokenKind.Word || !next.Follows)
            return new Literal(token.Text);
        if (next.Text.StartsWith("^^", StringComparison.Ordinal) && next.Text.Length > 2)
        {
            _tokens.Next();
            var datatype = next.Text[2..];
            return new Literal(token.Text, datatype is ['<', .., '>'] ? datatype[1..^1] : datatype.Contains(':', StringComparison.Ordinal) ? Expand(datatype, next) : datatype);
        }

        if (next.Text[0] != '@' || next.Text.Length == 1)
            return new Literal(token.Text);
        _tokens.Next();
        return Literal.InLanguage(token.Text, next.Text[1..]);
    }

    private string Expand(string name, RuleToken token)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var prefix = name[..colon];
        if (_prefixes.TryGetValue(prefix, out var iri))
            return iri + name[(colon + 1)..];
        if (RulePrefixes.IsScheme(prefix))
            return name;
        throw Error($"The prefix '{prefix}:' of '{name}' is not known. Declare it with '@prefix {prefix}: <iri>'; known are {string.Join(", ", _prefixes.Keys.Select(p => p + ":"))}.", token);
    }

    /// <summary>With a point an <c>xsd:float</c>, without one an <c>xsd:int</c>; where it is neither, a plain literal.</summary>
    private static Literal Number(string text)
    {
        if (text.Contains('.', StringComparison.Ordinal))
            return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? new Literal(text, XsdVocabulary.Namespace + "float") : new Literal(text);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? new Literal(text, XsdVocabulary.Namespace + "int") : new Literal(text);
    }
}
