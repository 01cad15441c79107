namespace Hub.Abstractions;

/// <summary>A failure in its logged form: what live code and replayed code both see.</summary>
/// <param name="Type">Short name of the exception's type, e.g. <c>TimeoutException</c>.</param>
/// <param name="Message">Its message.</param>
public sealed record RunFailure(string Type, string Message)
{
    /// <summary>From an exception, the innermost meaning first.</summary>
    /// <param name="exception">What was thrown.</param>
    public static RunFailure From(Exception exception) => exception switch
    {
        EffectFailedException failed => failed.Failure,
        AggregateException { InnerExceptions.Count: 1 } one => From(one.InnerExceptions[0]),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => From(inner),
        _ => new RunFailure(exception.GetType().Name, exception.Message),
    };
}
