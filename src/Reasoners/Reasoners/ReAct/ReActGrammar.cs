using System.Text.RegularExpressions;

namespace Reasoners.ReAct;

/// <summary>Reads a model's turn. Pure; time is linear in the reply's length.</summary>
/// <remarks>
/// Source of the form: Yao et al. 2023, arXiv:2210.03629, section 2. Strict mode has the outcomes of the NeMo Agent
/// Toolkit's parser, whose one pattern (an action label, the first input label after it, everything up to an observation)
/// is read here in three searches, because that pattern takes cubic time on long runs of spaces.
/// </remarks>
public static partial class ReActGrammar
{
    /// <summary>The longest reply that is read, in UTF-16 code units.</summary>
    public const int MaxReplyChars = 200_000;

    private const int TimeoutMilliseconds = 1000;
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const string Space = @"(?>[\s\x1c-\x1f]*)";
    private const string ActionWord = $@"action{Space}(?>\d*){Space}";
    private const string InputWord = $@"(?:{ActionWord})?input{Space}(?>\d*){Space}";
    private const string AnswerWord = @"final(?>[\s\x1c-\x1f]+)answer" + Space;

    /// <summary>Reads a turn.</summary>
    /// <param name="reply">The model's text, without what it thought between tags.</param>
    /// <param name="mode">How strictly.</param>
    /// <exception cref="RegexMatchTimeoutException">Reading took more than a second; no text is known that makes it so.</exception>
    public static ReActReply Parse(string reply, ReActGrammarMode mode = ReActGrammarMode.Tolerant)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.Length > MaxReplyChars)
            return new ReActMalformed(ReActFault.TooLong);
        return mode == ReActGrammarMode.Strict ? Strict(reply) : ReActTolerance.Read(reply);
    }

    /// <summary>A reply without any label, which is an answer in itself; null where it has words of the form after all.</summary>
    /// <param name="reply">A reply that <see cref="Parse"/> found to be without an action.</param>
    /// <param name="mode">How strictly: tolerant mode looks behind bold and heading marks too.</param>
    public static string? DirectAnswer(string reply, ReActGrammarMode mode = ReActGrammarMode.Tolerant)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var text = reply.Trim();
        var words = mode == ReActGrammarMode.Tolerant ? text.TrimStart('*', '_', '#', ' ') : text;
        return words.Length == 0 || FormBegins().IsMatch(words) ? null : text;
    }

    /// <summary>A turn up to a line that begins with "Observation:", which only a tool may write; for models that ignore the stop sequence.</summary>
    /// <param name="reply">The model's text.</param>
    public static string BeforeObservation(string reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return ObservationLine().Match(reply) is { Success: true } line ? reply[..line.Index].Trim() : reply.Trim();
    }

    /// <summary>Reads a turn as the toolkit does.</summary>
    internal static ReActReply Strict(string reply)
    {
        var action = FindAction(reply, 0);
        var answer = AnswerLabel().Match(reply);
        if (action is { } found)
            return answer.Success ? new ReActMalformed(ReActFault.AnswerAndAction) : new ReActAction(found.Tool, Unquote(found.Input));
        if (answer.Success)
            return new ReActAnswer(Strip(reply[(answer.Index + answer.Length)..]));
        if (!ActionLabel().IsMatch(reply))
            return new ReActMalformed(ReActFault.MissingAction);
        return new ReActMalformed(InputLabel().IsMatch(reply) ? ReActFault.Unreadable : ReActFault.MissingActionInput);
    }

    /// <summary>The first action at or after a place: where its label begins, the tool's name, and the input up to an observation.</summary>
    internal static (int Start, string Tool, string Input)? FindAction(string reply, int from)
    {
        var action = ActionLabel().Match(reply, from);
        if (!action.Success)
            return null;
        var nameAt = action.Index + action.Length;
        var input = InputLabel().Match(reply, nameAt);
        if (!input.Success)
            return null;
        var inputAt = input.Index + input.Length;
        while (inputAt < reply.Length && IsSpace(reply[inputAt]))
            inputAt++;
        return (action.Index, Strip(reply[nameAt..input.Index]), reply[inputAt..InputEnd(reply, inputAt)]);
    }

    /// <summary>The first line that begins with an answer's label, and its end; null where none does.</summary>
    internal static (int Start, int End)? FindAnswerLine(string reply) =>
        AnswerLine().Match(reply) is { Success: true } line ? (line.Index, line.Index + line.Length) : null;

    /// <summary>White space as Python has it: .NET's, and four separators.</summary>
    internal static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    /// <summary>A text without white space at its ends.</summary>
    internal static string Strip(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && IsSpace(text[from]))
            from++;
        while (from < to && IsSpace(text[to - 1]))
            to--;
        return text[from..to];
    }

    /// <summary>An input without spaces, and then without quotation marks, at its ends.</summary>
    internal static string Unquote(string input) => input.Trim(' ').Trim('"');

    /// <summary>Where an input ends: before the white space (or one bar) that leads to the word "observation"; else before a last line feed.</summary>
    private static int InputEnd(string reply, int from)
    {
        for (var word = Observation().Match(reply, from); word.Success; word = word.NextMatch())
        {
            var at = SkipBack(reply, word.Index, from);
            if (at > from && reply[at - 1] == '|')
                at = SkipBack(reply, at - 1, from);
            if (at < word.Index)
                return at;
        }

        return Math.Max(from, reply.EndsWith('\n') ? reply.Length - 1 : reply.Length);
    }

    private static int SkipBack(string text, int at, int from)
    {
        while (at > from && IsSpace(text[at - 1]))
            at--;
        return at;
    }

    [GeneratedRegex(ActionWord + ":", Plain, TimeoutMilliseconds)]
    internal static partial Regex ActionLabel();

    [GeneratedRegex("^[ \t]*" + ActionWord + ":", Plain | RegexOptions.Multiline, TimeoutMilliseconds)]
    internal static partial Regex ActionLine();

    [GeneratedRegex(AnswerWord + ":", Plain, TimeoutMilliseconds)]
    internal static partial Regex AnswerLabel();

    [GeneratedRegex(InputWord + ":", Plain, TimeoutMilliseconds)]
    private static partial Regex InputLabel();

    [GeneratedRegex("^[ \t]*" + AnswerWord + ":", Plain | RegexOptions.Multiline, TimeoutMilliseconds)]
    private static partial Regex AnswerLine();

    [GeneratedRegex(@"observation\b", Plain, TimeoutMilliseconds)]
    private static partial Regex Observation();

    [GeneratedRegex(@"^[ \t]*(?:\*{1,3}|__|#{1,6}[ \t]*)?observation[ \t]*(?:\*{1,3}|__)?[ \t]*:", Plain | RegexOptions.Multiline, TimeoutMilliseconds)]
    private static partial Regex ObservationLine();

    [GeneratedRegex(@"^(?:thought|question\s*:|previous\s+conversation)", Plain, TimeoutMilliseconds)]
    private static partial Regex FormBegins();
}
