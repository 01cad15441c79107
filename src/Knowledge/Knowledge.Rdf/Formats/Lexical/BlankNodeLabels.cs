using System.Buffers.Text;
using System.Text;

namespace Knowledge.Rdf;

/// <summary>Labels of a document's blank nodes in its scope: those that it writes, and new ones for those without a label.</summary>
/// <remarks>
/// In the scope <c>s</c>, <c>_:a</c> becomes <c>_:s-a</c>, so that no label of one scope is one of another. New nodes are <c>genid-0</c>, <c>genid-1</c> and so on;
/// a label that the document itself begins with <c>genid-</c> becomes <c>genid-u</c> and its rest, so that it cannot meet one of them.
/// </remarks>
internal sealed class BlankNodeLabels
{
    private readonly byte[] _start;
    private long _made;

    /// <summary>Labels in a scope.</summary>
    /// <param name="scope">ASCII letters and digits, or nothing: then labels stay as they are.</param>
    /// <exception cref="ArgumentException">The scope has other characters.</exception>
    public BlankNodeLabels(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"A blank node scope consists of ASCII letters and digits; '{scope}' does not.", nameof(scope));
        IsOpen = scope.Length == 0;
        _start = Encoding.ASCII.GetBytes(IsOpen ? "_:" : $"_:{scope}-");
    }

    /// <summary>Whether there is no scope.</summary>
    public bool IsOpen { get; }

    /// <summary>Pushes the node of a label.</summary>
    public TermSlice Append(ReadOnlySpan<byte> label, TermStack terms)
    {
        var mark = terms.Length;
        terms.Append(_start);
        if (label.StartsWith("genid-"u8))
        {
            terms.Append("genid-u"u8);
            label = label[6..];
        }

        terms.Append(label);
        return terms.Since(mark);
    }

    /// <summary>Pushes a node that nothing else is.</summary>
    public TermSlice AppendNew(TermStack terms)
    {
        var mark = terms.Length;
        terms.Append(_start);
        terms.Append("genid-"u8);
        Utf8Formatter.TryFormat(_made++, terms.GetSpan(20), out var written);
        terms.Advance(written);
        return terms.Since(mark);
    }
}
