using System.Text.RegularExpressions;
using Reasoners.ReAct;

namespace Reasoners.Tests.Reference;

/// <summary>The strict grammar as the one pattern that defines it, on .NET's backtracking engine: obvious, and cubic on bad input.</summary>
internal static class ToolkitPattern
{
    private const RegexOptions Options = RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex s_action = new(
        @"action\s*\d*\s*:\s*(.*?)\s*(?:action\s*\d*\s*)?input\s*\d*\s*:\s*(.*?)(?=\s*[\n|\s]\s*observation\b|$)", Options);

    private static readonly Regex s_answer = new(@"final\s+answer\s*:", Options);

    public static ReActReply Parse(string text)
    {
        var (action, answer) = (s_action.Match(text), s_answer.Match(text));
        if (action.Success && answer.Success)
            return new ReActMalformed(ReActFault.AnswerAndAction);
        if (action.Success)
            return new ReActAction(action.Groups[1].Value.Trim(), action.Groups[2].Value.Trim(' ').Trim('"'));
        if (answer.Success)
            return new ReActAnswer(text[(answer.Index + answer.Length)..].Trim());
        if (!Regex.IsMatch(text, @"action\s*\d*\s*:", Options))
            return new ReActMalformed(ReActFault.MissingAction);
        return new ReActMalformed(Regex.IsMatch(text, @"input\s*\d*\s*:", Options) ? ReActFault.Unreadable : ReActFault.MissingActionInput);
    }
}
