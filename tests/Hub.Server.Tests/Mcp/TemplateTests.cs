using CsCheck;
using Hub.Server.Mcp;

namespace Hub.Server.Tests.Mcp;

/// <summary>Places in texts and addresses.</summary>
public sealed class TemplateTests
{
    private static readonly Gen<string> s_literal = Gen.Char["ab:/.-"].Array[1, 6].Select(c => new string(c));
    private static readonly Gen<string> s_value = Gen.Char["xyz012"].Array[1, 6].Select(c => new string(c)); // shares no character with the literals

    [Fact]
    public void Match_WhatFillMade_GivesTheValuesBack() => Gen.Select(s_literal, s_value, s_literal, s_value).Sample(
        (first, a, second, b) =>
        {
            var template = $"{first}{{a}}{second}{{b}}";
            var uri = Template.Fill(template, new Dictionary<string, string> { ["a"] = a, ["b"] = b });
            Assert.Equal($"{first}{a}{second}{b}", uri);
            Assert.Equal([KeyValuePair.Create("a", a), KeyValuePair.Create("b", b)], Template.Match(template, uri)!);
        },
        iter: 500);

    [Theory]
    [InlineData("run://{id}", "run://1", true)]
    [InlineData("run://{id}", "run://", false)]
    [InlineData("run://{id}", "run://1/2", false)]
    [InlineData("run://{id}", "ran://1", false)]
    [InlineData("a://{x}/b", "a://1/c", false)]
    [InlineData("a://{x}/b", "a://1/bc", false)]
    [InlineData("a://b", "a://b", true)]
    [InlineData("a://b", "a://bc", false)]
    public void Match_Address_FitsWhole(string template, string uri, bool fits) => Assert.Equal(fits, Template.Match(template, uri) is not null);

    [Theory]
    [InlineData("""{"id":"{id}","x":{}}""", """{"id":"7","x":{}}""")]
    [InlineData("{id}{id}", "77")]
    [InlineData("{other} { id } {", "{other} { id } {")]
    public void Fill_Text_ReplacesPlacesAlone(string text, string filled) => Assert.Equal(filled, Template.Fill(text, new Dictionary<string, string> { ["id"] = "7" }));
}
