using System.Text.RegularExpressions;

namespace Reasoners.ReAct;

/// <summary>Reads turns that say what they mean in a form which the strict grammar does not know.</summary>
internal static partial class ReActTolerance
{
    private const int TimeoutMilliseconds = 1000;
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const string Labels = @"(?<label>final[ \t]+answer|(?:action[ \t]*\d*[ \t]*)?input|action[ \t]*\d*|thought|observation)";

    /// <summary>Reads a turn: of an action and an answer, the first counts.</summary>
    public static ReActReply Read(string reply)
    {
        var text = Marked().Replace(reply, "${label}: ");
        var action = FindAction(text);
        var line = ReActGrammar.FindAnswerLine(text);
        if (action is { } found && (line is null || found.Start < line.Value.Start))
            return new ReActAction(Name(found.Tool), Input(found.Input));
        if (line is { } label)
            return Answer(text[label.End..(action?.Start ?? text.Length)]);
        var strict = ReActGrammar.Strict(text);
        return strict is ReActAnswer answer ? Answer(answer.Text) : strict;
    }

    /// <summary>An action whose label begins a line is preferred to the word in the middle of a thought.</summary>
    private static (int Start, string Tool, string Input)? FindAction(string text)
    {
        var line = ReActGrammar.ActionLine().Match(text);
        return (line.Success ? ReActGrammar.FindAction(text, line.Index) : null) ?? ReActGrammar.FindAction(text, 0);
    }

    private static ReActReply Answer(string text)
    {
        var answer = Unmark(ReActGrammar.Strip(text));
        return answer.Length == 0 ? new ReActMalformed(ReActFault.EmptyAnswer) : new ReActAnswer(answer);
    }

    /// <summary>The first line, without marks around it.</summary>
    private static string Name(string tool)
    {
        var end = tool.AsSpan().IndexOfAny('\r', '\n');
        return (end < 0 ? tool : tool[..end]).Trim(' ', '\t', '*', '`', '"', '\'');
    }

    /// <summary>The input up to the next label at the beginning of a line, without fences, backticks or marks around it.</summary>
    private static string Input(string input)
    {
        var next = NextLabel().Match(input);
        var text = Unmark(ReActGrammar.Strip(next.Success ? input[..next.Index] : input));
        if (!text.StartsWith("```", StringComparison.Ordinal))
            return text is ['`', .., '`'] ? text[1..^1].Trim() : ReActGrammar.Unquote(text);
        var body = text.IndexOf('\n', StringComparison.Ordinal);
        var close = text.IndexOf("```", 3, StringComparison.Ordinal);
        if (body < 0 || (close >= 0 && close < body))
            return FenceWord().Replace(text.Trim('`'), "").Trim();
        return text[body..(close < 0 ? text.Length : close)].Trim();
    }

    /// <summary>Drops a bold mark at the end whose other half stood before the label.</summary>
    private static string Unmark(string text)
    {
        if (!text.EndsWith("**", StringComparison.Ordinal))
            return text;
        var marks = 0;
        for (var at = text.IndexOf("**", StringComparison.Ordinal); at >= 0; at = text.IndexOf("**", at + 2, StringComparison.Ordinal))
            marks++;
        return marks % 2 == 0 ? text : text[..^2].TrimEnd();
    }

    /// <summary>A label with bold, italic or heading marks before it, whatever marks follow.</summary>
    [GeneratedRegex(@"(?:(?<![\w*])(?:\*{1,3}|__)|^[ \t]*#{1,6})[ \t]*" + Labels + @"[ \t]*(?:\*{1,3}|__)?[ \t]*:(?:\*{1,3}|__)?[ \t]*",
        Plain | RegexOptions.Multiline, TimeoutMilliseconds)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^[ \t]*(?:thought|question|observation|action[ \t]*\d*|final[ \t]+answer)[ \t]*:", Plain | RegexOptions.Multiline, TimeoutMilliseconds)]
    private static partial Regex NextLabel();

    [GeneratedRegex(@"^(?:json|python|text)\b", Plain, TimeoutMilliseconds)]
    private static partial Regex FenceWord();
}
