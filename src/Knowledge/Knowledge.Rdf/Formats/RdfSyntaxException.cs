namespace Knowledge.Rdf;

/// <summary>Text that is not what its format allows. The message says what was found, what was needed, and where.</summary>
public sealed class RdfSyntaxException : FormatException
{
    /// <summary>An error at a place.</summary>
    /// <param name="problem">What was found and what was needed; one sentence without a place.</param>
    /// <param name="line">Line, from 1; 0 where lines mean nothing.</param>
    /// <param name="column">Column in characters, from 1; 0 where columns mean nothing.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public RdfSyntaxException(string problem, long line, long column, Exception? inner = null)
        : base(line == 0 ? problem : $"Line {line}, column {column}: {problem}", inner)
    {
        Problem = problem;
        Line = line;
        Column = column;
    }

    /// <summary>The message without its place.</summary>
    public string Problem { get; }

    /// <summary>Line, from 1.</summary>
    public long Line { get; }

    /// <summary>Column in characters, from 1.</summary>
    public long Column { get; }
}
