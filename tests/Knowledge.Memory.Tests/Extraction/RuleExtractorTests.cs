namespace Knowledge.Memory.Tests.Extraction;

public sealed class RuleExtractorTests
{
    private static readonly MemorySchema s_schema = MemorySchema.Parse(GraphMemoryTests.Schema);

    [Theory]
    [InlineData("Bea moved to Oslo in May 2024.", "Bea livesIn Oslo 2024-05-01 -")]
    [InlineData("Yesterday Bea moved to Oslo.", "Bea livesIn Oslo 2024-05-14 -")]
    [InlineData("Bea Holm lives in the Hague.", "Bea Holm livesIn Hague - -")]
    [InlineData("Bea lives in Oslo until June 2025", "Bea livesIn Oslo - 2025-06-01")]
    [InlineData("Bea moved away from Oslo in 2023.", "Bea livesIn Oslo - 2023-01-01 Ends")]
    [InlineData("Ada's daughter is Bea.", "Ada daughter Bea - -")]
    [InlineData("Bea is Ada's daughter.", "Ada daughter Bea - -")]
    [InlineData("My daughter is Bea!", "Sam daughter Bea - -")]
    [InlineData("I like Vienna, you know.", "Sam likes Vienna - -")]
    [InlineData("Ada's age is 42.", "Ada age 42 - -")]
    [InlineData("I've moved to Zürich.", "Sam livesIn Zürich - -")]
    public async Task Extract_KnownForm_GivesTheFact(string text, string expected)
    {
        var fact = Assert.Single(await ExtractAsync(text));
        Assert.Equal(expected, $"{Name(fact.Subject)} {MemorySchema.LocalName(fact.Predicate)} {Name(fact.Object)} {fact.From?.ToString("yyyy-MM-dd") ?? "-"} {fact.To?.ToString("yyyy-MM-dd") ?? "-"}{(fact.Change == FactChange.Ends ? " Ends" : "")}");
        Assert.Equal(text[fact.Span!.Value].Trim(), text);
    }

    [Theory]
    [InlineData("Does Bea like Oslo?")]
    [InlineData("Bea does not like Oslo.")]
    [InlineData("Bea doesn't like Oslo.")]
    [InlineData("She lives in Oslo.")]
    [InlineData("Ada's age is unknown.")]
    [InlineData("Nothing of this is known.")]
    public async Task Extract_UnknownForm_GivesNothing(string text) => Assert.Empty(await ExtractAsync(text));

    private static Task<IReadOnlyList<MemoryFact>> ExtractAsync(string text) => new RuleExtractor().ExtractAsync(
        new RecalledTurn(new Iri("urn:t"), "s", "t", "", "Sam", new DateTimeOffset(2024, 5, 15, 0, 0, 0, TimeSpan.Zero), text),
        new ExtractionContext(s_schema, n => new Iri("urn:x:" + Uri.EscapeDataString(n))), CancellationToken.None);

    private static string Name(Term term) => term is Literal literal ? literal.Lexical : Uri.UnescapeDataString(((Iri)term).Value[6..]);
}
