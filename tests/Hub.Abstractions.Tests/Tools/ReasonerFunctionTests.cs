using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions.Tests.Tools;

public sealed class ReasonerFunctionTests
{
    [Fact]
    public void RequestOf_NamedOrOnlyArgument_IsTheQuestion()
    {
        Assert.Equal("why?", ReasonerFunction.RequestOf(new AIFunctionArguments { ["input_message"] = "why?", ["other"] = 1 }).Question);
        Assert.Equal("why?", ReasonerFunction.RequestOf(new AIFunctionArguments { ["question"] = "why?" }).Question);
        Assert.Equal("7", ReasonerFunction.RequestOf(new AIFunctionArguments { ["x"] = 7 }).Question);
    }

    [Fact]
    public void RequestOf_SeveralOthers_SaysWhatIsNeeded()
    {
        var error = Assert.Throws<ArgumentException>(() => ReasonerFunction.RequestOf(new AIFunctionArguments { ["a"] = 1, ["b"] = 2 }));

        Assert.Contains("[a, b]; it needs 'input_message'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_WithoutARun_SaysWhatToDo()
    {
        var function = new ReasonerFunction("agent", "Helps.", new Silent());

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await function.InvokeAsync(new AIFunctionArguments { ["input_message"] = "?" }));

        Assert.Contains("run.Tool(\"agent\")", error.Message, StringComparison.Ordinal);
    }

    private sealed class Silent : IReasoner
    {
        public Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => Task.FromResult(run.Answer(""));
    }
}
