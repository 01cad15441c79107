using System.Diagnostics.CodeAnalysis;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>A format of query results: how it is called, and its reader and writer.</summary>
public abstract class ResultFormat
{
    /// <summary>SPARQL Query Results XML Format.</summary>
    public static ResultFormat Xml { get; } = new XmlResults();

    /// <summary>SPARQL Query Results JSON Format.</summary>
    public static ResultFormat Json { get; } = new JsonResults();

    /// <summary>Comma-separated values: for spreadsheets; what kind of term a value was is lost.</summary>
    public static ResultFormat Csv { get; } = new CsvResults();

    /// <summary>Tab-separated values, terms as in Turtle.</summary>
    public static ResultFormat Tsv { get; } = new TsvResults();

    /// <summary>Every format, the preferred ones first.</summary>
    public static IReadOnlyList<ResultFormat> All { get; } = [Json, Xml, Tsv, Csv];

    /// <summary>A short name.</summary>
    public abstract string Name { get; }

    /// <summary>Media types without parameters, the registered one first.</summary>
    public abstract IReadOnlyList<string> MediaTypes { get; }

    /// <summary>Extension of file names, without the dot.</summary>
    public abstract string Extension { get; }

    /// <summary>Whether the answer of an ASK query can be written.</summary>
    public virtual bool HasBooleans => true;

    /// <summary>The format of a media type; its parameters are not looked at.</summary>
    public static bool TryByMediaType(string mediaType, [NotNullWhen(true)] out ResultFormat? format)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        var type = mediaType.Split(';')[0].Trim();
        format = All.FirstOrDefault(f => f.MediaTypes.Contains(type, StringComparer.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>The format of a name or an extension.</summary>
    public static bool TryByName(string name, [NotNullWhen(true)] out ResultFormat? format)
    {
        format = All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || f.Extension.Equals(name, StringComparison.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>Writes solutions as they come; the stream is left open.</summary>
    /// <param name="variables">Names in order, without question marks.</param>
    /// <param name="solutions">Their terms.</param>
    /// <param name="stream">Where the text goes, in UTF-8.</param>
    public abstract void Write(IReadOnlyList<string> variables, IEnumerable<Solution> solutions, Stream stream);

    /// <summary>Writes the answer of an ASK query; the stream is left open.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="stream">Where the text goes, in UTF-8.</param>
    /// <exception cref="NotSupportedException">The format has no booleans.</exception>
    public abstract void Write(bool answer, Stream stream);

    /// <summary>Writes what a SELECT or ASK query answers; the stream is left open.</summary>
    /// <param name="result">The result.</param>
    /// <param name="stream">Where the text goes, in UTF-8.</param>
    /// <exception cref="InvalidOperationException">The query is a CONSTRUCT or DESCRIBE: an RDF format writes its triples.</exception>
    public void Write(QueryResult result, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Form == QueryForm.Ask)
            Write(result.Boolean, stream);
        else
            Write(result.Variables, result, stream);
    }

    /// <summary>Reads a result.</summary>
    /// <param name="stream">The text, in UTF-8; read to its end and left open.</param>
    /// <exception cref="RdfSyntaxException">The text is not what the format allows.</exception>
    public abstract ResultDocument Read(Stream stream);

    /// <summary>Reads all text.</summary>
    private protected static string ReadText(Stream stream)
    {
        using var reader = new StreamReader(stream, new System.Text.UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        return reader.ReadToEnd();
    }

    /// <summary>A writer of text that leaves its stream open.</summary>
    private protected static StreamWriter NewWriter(Stream stream) => new(stream, new System.Text.UTF8Encoding(false), leaveOpen: true);
}

/// <summary>A result that was read: solutions, or the answer of an ASK query.</summary>
/// <param name="Solutions">The solutions; null where there is an answer.</param>
/// <param name="Boolean">The answer; null where there are solutions.</param>
public sealed record ResultDocument(SolutionTable? Solutions, bool? Boolean);
