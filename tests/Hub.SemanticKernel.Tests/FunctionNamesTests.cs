using Hub.Abstractions;

namespace Hub.SemanticKernel.Tests;

public sealed class FunctionNamesTests
{
    [Theory]
    [InlineData("hub/rewoo", "rewoo")]
    [InlineData("workflow,hub/react,hub/tool_calling", "workflow,react,tool_calling")]
    [InlineData("rewoo,hub/rewoo", "rewoo,hub_rewoo")]
    [InlineData("my-agent.v2", "my_agent_v2")]
    public void Of_Names_AreAllowedAndDistinct(string names, string expected) => Assert.Equal(expected.Split(','), FunctionNames.Of(names.Split(',')));

    [Fact]
    public void Of_TwoThatBecomeTheSame_SaysSo() =>
        Assert.Contains("'a_b'", Assert.Throws<HubException>(() => FunctionNames.Of(["a.b", "a-b"])).Message);
}
