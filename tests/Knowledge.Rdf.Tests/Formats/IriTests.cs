using System.Text;
using CsCheck;

namespace Knowledge.Rdf.Tests.Formats;

public sealed class IriTests
{
    /// <summary>RFC 3986, sections 5.4.1 and 5.4.2.</summary>
    [Theory]
    [InlineData("g:h", "g:h")]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q#s")]
    [InlineData("g#s", "http://a/b/c/g#s")]
    [InlineData("g?y#s", "http://a/b/c/g?y#s")]
    [InlineData(";x", "http://a/b/c/;x")]
    [InlineData("g;x?y#s", "http://a/b/c/g;x?y#s")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("./", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../", "http://a/")]
    [InlineData("../../g", "http://a/g")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("../../../../g", "http://a/g")]
    [InlineData("/./g", "http://a/g")]
    [InlineData("/../g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData(".g", "http://a/b/c/.g")]
    [InlineData("g..", "http://a/b/c/g..")]
    [InlineData("..g", "http://a/b/c/..g")]
    [InlineData("./../g", "http://a/b/g")]
    [InlineData("./g/.", "http://a/b/c/g/")]
    [InlineData("g/./h", "http://a/b/c/g/h")]
    [InlineData("g/../h", "http://a/b/c/h")]
    [InlineData("g;x=1/./y", "http://a/b/c/g;x=1/y")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("g?y/./x", "http://a/b/c/g?y/./x")]
    [InlineData("g?y/../x", "http://a/b/c/g?y/../x")]
    [InlineData("g#s/./x", "http://a/b/c/g#s/./x")]
    [InlineData("g#s/../x", "http://a/b/c/g#s/../x")]
    [InlineData("http:g", "http:g")]
    public void Resolve_ExamplesOfTheStandard_GiveItsResults(string reference, string expected) => Assert.Equal(expected, new BaseIri("http://a/b/c/d;p?q").Resolve(reference));

    [Theory]
    [InlineData("http://a", "b", "http://a/b")]
    [InlineData("http://a?q", "b", "http://a/b")]
    [InlineData("urn:x:y", "z", "urn:z")]
    [InlineData("file:///a/b", "../c", "file:///c")]
    [InlineData("http://a/b#f", "#g", "http://a/b#g")]
    public void Resolve_OtherBases_GiveWhatTheStandardSays(string basis, string reference, string expected) => Assert.Equal(expected, new BaseIri(basis).Resolve(reference));

    [Theory]
    [InlineData("http://example.org/")]
    [InlineData("HTTP://user:pw@example.org:8080/a/b;c=1?q=1/2?3#f/?")]
    [InlineData("http://[::1]:80/")]
    [InlineData("http://[v1.a:b]/")]
    [InlineData("http://été.example/€?\uE000#é")]
    [InlineData("urn:isbn:1")]
    [InlineData("a:")]
    [InlineData("file:///a%20b")]
    [InlineData("http:///x")]
    public void Problem_Iri_HasNone(string iri) => Assert.Null(IriSyntax.Problem(Encoding.UTF8.GetBytes(iri)));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1a:b")]
    [InlineData("a b:c")]
    [InlineData("http://a b/")]
    [InlineData("http://a/\u0001")]
    [InlineData("http://a/%")]
    [InlineData("http://a/%2")]
    [InlineData("http://a/%zz")]
    [InlineData("http://a#b#c")]
    [InlineData("http://a/[")]
    [InlineData("http://[::1/")]
    [InlineData("http://[1::2::3]/")]
    [InlineData("http://[::1]x/")]
    [InlineData("http://a:8x/")]
    [InlineData("http://a@b@c/")]
    [InlineData("http://a/\uE000")]
    [InlineData("http://a/\uFDD0")]
    [InlineData("http://a/{b}")]
    [InlineData("http://a/b|c")]
    [InlineData("http://a/^")]
    public void Problem_NoIri_IsSaid(string text) => Assert.NotNull(IriSyntax.Problem(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void TakePlain_WhatItTakes_TheGrammarAllows()
    {
        var taken = 0;
        Gen.Select(Documents.AnyOf("http://", "https://", "http:", "urn:", ""), Gen.Char["abz09-._~!$&'()*+,;=:@/?#%[]{}|^`\\ <é"].Array[0, 12]).Sample((start, rest) =>
        {
            var text = Encoding.UTF8.GetBytes($"{start}{new string(rest)}>");
            var length = IriSyntax.TakePlain(text);
            if (length < 0)
                return;
            taken++;
            Assert.Equal((byte)'>', text[length]);
            Assert.Null(IriSyntax.Problem(text.AsSpan(0, length)));
        }, iter: 20_000, threads: 1);
        Assert.InRange(taken, 100, 20_000);
    }
}
