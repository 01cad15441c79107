using System.Reflection;
using Hub.Abstractions;

namespace Hub.Abstractions.Tests.Runs;

public sealed class RunFailureTests
{
    [Fact]
    public void From_WrappedException_IsTheInnermostMeaning()
    {
        var inner = new TimeoutException("too late");

        Assert.Equal(new RunFailure("TimeoutException", "too late"), RunFailure.From(inner));
        Assert.Equal(RunFailure.From(inner), RunFailure.From(new AggregateException(new TargetInvocationException(inner))));
        Assert.Equal(RunFailure.From(inner), RunFailure.From(new EffectFailedException("0", "tool", RunFailure.From(inner))));
    }

    [Fact]
    public void From_SeveralExceptions_KeepsThemAll() =>
        Assert.Equal("AggregateException", RunFailure.From(new AggregateException(new TimeoutException(), new TimeoutException())).Type);
}
