using System.Text;

namespace Hub.Workflows.Yaml;

/// <summary>A file's text with its variables filled in, and the way back to what was written.</summary>
/// <remarks>The toolkit fills variables in before it reads YAML, so that one may hold a list or a whole mapping.</remarks>
internal sealed class InterpolatedText
{
    private readonly List<Part> _parts = [];
    private readonly int[] _lineStarts;

    /// <summary>Fills variables in.</summary>
    /// <param name="source">The file's text.</param>
    /// <param name="environment">Value of a variable, or null.</param>
    public InterpolatedText(string source, Func<string, string?> environment)
    {
        _lineStarts = [0, .. Enumerable.Range(0, source.Length).Where(i => source[i] == '\n').Select(i => i + 1)];
        var text = new StringBuilder();
        var at = 0;
        foreach (var (index, length, value) in Interpolation.Find(source, environment))
        {
            text.Append(source, at, index - at);
            _parts.Add(new Part(text.Length, value, index, source.Substring(index, length)));
            text.Append(value);
            at = index + length;
        }

        Text = text.Append(source, at, source.Length - at).ToString();
    }

    /// <summary>The text with values in place of variables.</summary>
    public string Text { get; }

    /// <summary>The line, from 1, of what was written at a place of <see cref="Text"/>.</summary>
    public int Line(long index)
    {
        var shift = 0L;
        foreach (var part in _parts.TakeWhile(p => p.Start <= index))
        {
            if (index < part.End)
                return LineOf(part.Source);
            shift = part.Source + part.Written.Length - part.End;
        }

        return LineOf(index + shift);
    }

    /// <summary>A scalar's value with references in place of what came from the environment; null where nothing did.</summary>
    /// <param name="start">Where the scalar begins in <see cref="Text"/>.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="value">The scalar's value.</param>
    public string? Reference(long start, long end, string value)
    {
        Part[] inside = [.. _parts.Where(p => p.Value.Length > 0 && p.Start >= start && p.End <= end)];
        if (inside.Length == 0)
            return null;
        var at = 0;
        var text = new StringBuilder();
        foreach (var part in inside)
        {
            var found = value.IndexOf(part.Value, at, StringComparison.Ordinal);
            if (found < 0)
                return string.Concat(inside.Select(p => p.Written)); // escapes changed it: what came from where cannot be told apart
            text.Append(value, at, found - at).Append(part.Written);
            at = found + part.Value.Length;
        }

        return text.Append(value, at, value.Length - at).ToString();
    }

    /// <summary>References on a line of the source.</summary>
    public IReadOnlyList<string> ReferencesAt(int line) => [.. _parts.Where(p => LineOf(p.Source) == line).Select(p => p.Written)];

    private int LineOf(long index)
    {
        var found = Array.BinarySearch(_lineStarts, (int)Math.Min(index, int.MaxValue));
        return found >= 0 ? found + 1 : ~found;
    }

    /// <param name="Start">Where the value stands in the text.</param>
    /// <param name="Value">The value.</param>
    /// <param name="Source">Where the reference stands in the source.</param>
    /// <param name="Written">The reference.</param>
    private readonly record struct Part(int Start, string Value, int Source, string Written)
    {
        public int End => Start + Value.Length;
    }
}
