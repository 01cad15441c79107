namespace Knowledge.Memory.Tests.Extraction;

public sealed class TimeExpressionsTests
{
    // A Wednesday.
    private static readonly DateTimeOffset s_said = new(2024, 5, 15, 13, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("She moved in May 2024.", "2024-05-01", "2024-06-01", TimeRelation.During)]
    [InlineData("since 3 March 2021", "2021-03-03", "2021-03-04", TimeRelation.Since)]
    [InlineData("on March 3rd, 2021", "2021-03-03", "2021-03-04", TimeRelation.During)]
    [InlineData("until 2021-12-31", "2021-12-31", "2022-01-01", TimeRelation.Until)]
    [InlineData("in 1999", "1999-01-01", "2000-01-01", TimeRelation.During)]
    [InlineData("It was in August.", "2023-08-01", "2023-09-01", TimeRelation.During)]
    [InlineData("in May", "2024-05-01", "2024-06-01", TimeRelation.During)]
    [InlineData("I saw him yesterday.", "2024-05-14", "2024-05-15", TimeRelation.During)]
    [InlineData("last Friday", "2024-05-10", "2024-05-11", TimeRelation.During)]
    [InlineData("last Wednesday", "2024-05-08", "2024-05-09", TimeRelation.During)]
    [InlineData("next Monday", "2024-05-20", "2024-05-21", TimeRelation.During)]
    [InlineData("last week", "2024-05-06", "2024-05-13", TimeRelation.During)]
    [InlineData("two months ago", "2024-03-01", "2024-04-01", TimeRelation.During)]
    [InlineData("3 days ago", "2024-05-12", "2024-05-13", TimeRelation.During)]
    [InlineData("since last year", "2023-01-01", "2024-01-01", TimeRelation.Since)]
    public void In_Words_GivesTheInterval(string text, string from, string to, TimeRelation relation)
    {
        var time = Assert.Single(TimeExpressions.In(text, s_said));
        Assert.Equal((from, to, relation), ($"{time.From:yyyy-MM-dd}", $"{time.To:yyyy-MM-dd}", time.Relation));
    }

    [Theory]
    [InlineData("He may come.")]
    [InlineData("There were 2021 people.")]
    [InlineData("on 31 February 2021")]
    [InlineData("room 2024-99-99")]
    public void In_NoTime_GivesNothing(string text) => Assert.Empty(TimeExpressions.In(text, s_said));
}
