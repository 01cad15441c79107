using CsCheck;

namespace Knowledge.Rdf.Tests.Terms;

public sealed class TermTextTests
{
    private static readonly Gen<string> s_text = Gen.OneOf(Gen.String, Gen.Char["\\\"\n\r\t\b\f\x01\x7fénu"].Array[0, 12].Select(c => new string(c)))
        .Where(t => t.EnumerateRunes().All(r => r.Value != 0xFFFD));

    private static readonly Gen<Term> s_leaf = Gen.OneOf<Term>(
        Gen.Int[0, 99].Select(n => (Term)new Iri($"http://example.org/é{n}")),
        Gen.Int[0, 99].Select(n => (Term)new BlankNode($"b{n}")),
        s_text.Select(t => (Term)new Literal(t)),
        s_text.Select(t => (Term)new Literal(t, XsdVocabulary.Integer)),
        s_text.Select(t => (Term)Literal.InLanguage(t, "en-GB")),
        s_text.Select(t => (Term)Literal.InLanguage(t, "ar", BaseDirection.RightToLeft)));

    private static readonly Gen<Term> s_term = Gen.OneOf(s_leaf, Gen.Select(s_leaf, s_leaf).Select((s, o) => (Term)new TripleTerm(s, new Iri("urn:p"), new TripleTerm(s, new Iri("urn:q"), o))));

    [Fact]
    public void Parse_WhatWriteWrote_GivesTheTerm() => s_term.Sample(term => TermText.Parse(TermText.Write(term)) == term);

    [Fact]
    public void Write_TwoTerms_EqualOnlyWhereTheyAre() => Gen.Select(s_term, s_term).Sample((one, other) => one == other == (one.ToString() == other.ToString()));

    [Theory]
    [InlineData("\"a\\\"b\\\\c\\n\\u0001\"")]
    [InlineData("\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>")]
    [InlineData("<<( _:a <urn:p> \"x\"@en--ltr )>>")]
    public void Write_WhatParseRead_GivesTheText(string text) => Assert.Equal(text, TermText.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("<urn:a")]
    [InlineData("\"a")]
    [InlineData("\"a\\x\"")]
    [InlineData("\"a\"@")]
    [InlineData("<urn:a> ")]
    [InlineData("_:")]
    [InlineData("<<( <urn:a> <urn:p> )>>")]
    public void Parse_NoTerm_SaysSo(string text) => Assert.Throws<FormatException>(() => TermText.Parse(text));

    [Fact]
    public void Write_TriplesTooDeep_SaysSo()
    {
        Term deep = new Iri("urn:a");
        for (var level = 0; level < TermText.MaxDepth + 2; level++)
            deep = new TripleTerm(new Iri("urn:s"), new Iri("urn:p"), deep);
        Assert.Throws<ArgumentException>(() => TermText.Write(deep));
    }
}
