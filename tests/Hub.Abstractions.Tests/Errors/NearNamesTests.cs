using Hub.Abstractions;

namespace Hub.Abstractions.Tests.Errors;

public sealed class NearNamesTests
{
    [Theory]
    [InlineData("calulator", "calculator")]
    [InlineData("CALCULATOR", "calculator")]
    [InlineData("calc", "calculator")]
    [InlineData("wheather", "weather")]
    public void Of_NearName_SuggestsIt(string written, string meant) => Assert.Equal(meant, NearNames.Of(written, ["weather", "calculator", "zebra"])[0]);

    [Theory]
    [InlineData("zz")]
    [InlineData("")]
    [InlineData("completely different")]
    public void Of_NothingNear_SuggestsNothing(string written) => Assert.Empty(NearNames.Of(written, ["weather", "calculator"]));

    [Fact]
    public void Of_ManyNear_AtMostThreeNearestFirst() => Assert.Equal(["tool1", "tool2", "tool3"], NearNames.Of("tool1", ["tool4", "tool3", "tool2", "tool1"]));

    [Fact]
    public void UnknownName_Message_SaysWhatIsKnown()
    {
        Assert.Contains("Did you mean 'weather'?", new UnknownNameException("tool", "wether", ["weather"]).Message, StringComparison.Ordinal);
        Assert.Contains("Known: a, b.", new UnknownNameException("tool", "zzz", ["b", "a"]).Message, StringComparison.Ordinal);
        Assert.Contains("No tool is registered.", new UnknownNameException("tool", "zzz", []).Message, StringComparison.Ordinal);
    }
}
