namespace Knowledge.Rdf;

/// <summary>A column would hold more pairs than it can.</summary>
/// <param name="message">The limit, and what was met.</param>
public sealed class ColumnLimitException(string message) : InvalidOperationException(message);
