using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests.Answers;

/// <summary>Answers of a type: read out of what is said around them, mended where they do not fit, refused in the end.</summary>
public sealed class StructuredReasonerTests
{
    [Fact]
    public async Task AskAsync_AnswerFitsAtOnce_IsTheType()
    {
        var (bench, model) = Saying("""{"name":"Oslo","people":717710}""");
        await using var hub = bench.Hub();

        Assert.Equal(new City("Oslo", 717710), await hub.AskAsync<City>("Which city?"));
        Assert.Equal(1, model.Calls);
    }

    [Theory]
    [InlineData("Here it is:\n```json\n{\"name\":\"Oslo\",\"people\":1}\n```\nDone.")]
    [InlineData("It is {\"name\":\"Oslo\",\"people\":1}, I think.")]
    public async Task AskAsync_JsonAmongWords_IsFound(string said)
    {
        var (bench, _) = Saying(said);
        await using var hub = bench.Hub();

        Assert.Equal(new City("Oslo", 1), await hub.AskAsync<City>("Which city?"));
    }

    [Fact]
    public async Task AskAsync_AnswerDoesNotFit_IsToldWhyAndAskedAgain()
    {
        var (bench, model) = Saying("Oslo, I think.", """{"name":"Oslo"}""", """{"name":"Oslo","people":717710}""");
        await using var hub = bench.Hub();

        Assert.Equal(new City("Oslo", 717710), await hub.AskAsync<City>("Which city?"));
        Assert.Equal(3, model.Calls);
        Assert.Contains("'people' is missing.", model.Last!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_NeverFits_IsATypedFailureAfterThreeAttempts()
    {
        var (bench, model) = Saying("no");
        await using var hub = bench.Hub();

        var failed = await Assert.ThrowsAsync<RunFailedException>(() => hub.AskAsync<City>("Which city?"));

        Assert.Equal(("AnswerFormatException", 3), (failed.Result.Failure!.Type, model.Calls));
        Assert.Contains("After 3 attempts the answer does not fit its schema: No JSON was found in it.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_InTheMiddleOfMending_GoesOnWithTheSchemaOfTheLog()
    {
        var (bench, model) = Saying("""{"name":"Oslo"}""", """{"name":"Oslo","people":2}""");
        var starts = 0;
        bench.CrashWhen(point => point == "effect:before" && ++starts == 2);
        string runId;
        await using (var hub = bench.Hub())
        {
            await Assert.ThrowsAsync<RunLogException>(() => hub.AskAsync<City>("Which city?"));
            runId = Assert.Single(bench.Store.List()).Header.RunId;
        }

        bench.FailPoint = null;
        var result = await bench.ResumeAsync(runId);

        Assert.Equal(("""{"name":"Oslo","people":2}""", 2), (result.Text, model.Calls));
    }

    private static (Bench Bench, Teller Model) Saying(params string[] replies)
    {
        var model = new Teller(replies);
        return (new Bench().Add("m", model).Add("main", new Answering()), model);
    }

    private sealed record City(string Name, int People);

    /// <summary>Says what the model says.</summary>
    private sealed class Answering : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer((await run.Model("m").GetResponseAsync(request.Messages)).Text);
    }

    private sealed class Teller(string[] replies) : DelegatingChatClient(new ScriptedModel(_ => ""))
    {
        public int Calls { get; private set; }

        public string? Last { get; private set; }

        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Last = messages.Last().Text;
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, replies[Math.Min(Calls++, replies.Length - 1)])));
        }
    }
}
