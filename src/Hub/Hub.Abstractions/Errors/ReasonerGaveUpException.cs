using System.Globalization;

namespace Hub.Abstractions;

/// <summary>A reasoner reached one of its limits without an answer.</summary>
public sealed class ReasonerGaveUpException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="limit">The option that set the limit, as a workflow file writes it.</param>
    /// <param name="value">Its value.</param>
    /// <param name="message">What happened, and what to do.</param>
    public ReasonerGaveUpException(string limit, int value, string message)
        : base(string.Create(CultureInfo.InvariantCulture, $"{message} (limit {limit}: {value})"))
    {
        Limit = limit;
        Value = value;
    }

    /// <summary>The option that set the limit, as a workflow file writes it.</summary>
    public string Limit { get; }

    /// <summary>The limit's value.</summary>
    public int Value { get; }
}
