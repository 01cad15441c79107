using System.Text;

namespace Hub.Cli.Rendering;

/// <summary>Turns streamed parts into whole lines.</summary>
internal sealed class LineBuffer
{
    private readonly StringBuilder _line = new();

    /// <summary>Adds a part and returns the lines that it completes.</summary>
    public IReadOnlyList<string> Push(string part)
    {
        List<string> lines = [];
        foreach (var c in part)
        {
            if (c == '\n')
            {
                lines.Add(_line.ToString());
                _line.Clear();
            }
            else
            {
                _line.Append(c);
            }
        }

        return lines;
    }

    /// <summary>What is left without a line end, or null.</summary>
    public string? Flush()
    {
        if (_line.Length == 0)
            return null;
        var rest = _line.ToString();
        _line.Clear();
        return rest;
    }
}
