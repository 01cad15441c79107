using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Backends.Serving.Constraints;

/// <summary>Constrains tool names and argument names in a reply to the listed ones; everything else stays free.</summary>
/// <remarks>
/// Three surfaces. ReAct text: <c>Action: NAME\nAction Input: {"key": …}</c> at the start of a line. A plan: <c>"tool": "NAME"</c> and the keys of
/// <c>"tool_input": {…}</c>. A native call: after the call token <c>NAME {"key": …}</c>. An input that is no object is free in the first two.
/// In an object only the keys are held (each at most once, no comma after the last); values are followed just far enough to find their end.
/// Pure: a state and bytes give the next state or a refusal. Thread safety: all members.
/// </remarks>
public sealed class ToolNameMask
{
    /// <summary>White space that may stand in a row between a key and what is around it; a weak model could write it for ever.</summary>
    public const int MaxSpaces = 32;

    private const string ActionMark = "Action:", InputMark = "\nAction Input:", ToolKey = "\"tool\"", InputKey = "\"tool_input\"";

    private readonly string[] _names;
    private readonly string[] _actionTargets;
    private readonly string[] _callTargets;
    private readonly string[] _planTargets;
    private readonly string[][] _keys;          // [tool][argument], as JSON writes them, closing quote included

    /// <summary>Creates a mask over the listed tools.</summary>
    /// <param name="tools">At least one tool.</param>
    /// <exception cref="ArgumentException">No tool, or a tool without a name.</exception>
    public ToolNameMask(IReadOnlyList<ToolSpec> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        if (tools.Count == 0) throw new ArgumentException("A mask needs at least one tool; leave it out where there is none.", nameof(tools));
        if (tools.Any(t => string.IsNullOrEmpty(t.Name))) throw new ArgumentException("A tool has no name.", nameof(tools));
        _names = [.. tools.Select(t => ToByteText(t.Name))];
        _actionTargets = [.. _names.Select(n => " " + n + InputMark)];
        _callTargets = [.. _names.Select(n => n + " {")];
        _planTargets = [.. tools.Select(t => JsonString(t.Name))];
        _keys = [.. tools.Select(t => t.Arguments.Select(JsonString).ToArray())];
    }

    /// <summary>What may follow a text reply.</summary>
    /// <param name="text">The reply so far.</param>
    /// <returns>The allowed continuations; null where the reply already broke the rules.</returns>
    public AllowedContinuations? AfterText(string text) => After(new MaskState(), text);

    /// <summary>What may follow inside a native call.</summary>
    /// <param name="text">The text after the call token.</param>
    /// <returns>The allowed continuations; null where the call already broke the rules.</returns>
    public AllowedContinuations? AfterCall(string text) => After(StartOfCall, text);

    internal static MaskState StartOfText => new();

    internal static MaskState StartOfCall => new() { Mode = MaskMode.CallName, IsCall = true };

    /// <summary>True where a reply may end.</summary>
    internal static bool CanEnd(in MaskState state) => state.Mode is MaskMode.Free or MaskMode.CallEnd;

    /// <summary>Follows the bytes of a token.</summary>
    /// <returns>False where one of them is not allowed.</returns>
    internal bool TryAdvance(in MaskState from, ReadOnlySpan<byte> bytes, out MaskState to)
    {
        to = from;
        foreach (var b in bytes)
        {
            if (!TryAdvance(to, (char)b, out var next)) return false;
            to = next;
        }
        return true;
    }

    internal AllowedContinuations Allowed(in MaskState state)
    {
        var (tail, used) = (state.Tail, state.UsedKeys);
        return state.Mode switch
        {
            MaskMode.Free or MaskMode.ActionInput or MaskMode.PlanInput or MaskMode.Value => AllowedContinuations.Free,
            MaskMode.ActionName => Rest(_actionTargets, tail),
            MaskMode.CallName => Rest(_callTargets, tail),
            MaskMode.PlanToolQuote => Texts(_planTargets.Select(t => "\"" + t)),
            MaskMode.PlanToolName => Rest(_planTargets, tail),
            MaskMode.FirstKey => Texts(_keys[state.Tool].Select(k => $"\"{k}:").Append("}")),
            MaskMode.NextKey => Texts(UnusedKeys(state.Tool, used).Select(k => $"\"{k}:")),
            MaskMode.Key => Rest(UnusedKeys(state.Tool, used), tail),
            MaskMode.Colon => Texts([":"]),
            _ => Texts([]),
        };
    }

    private AllowedContinuations? After(MaskState start, string text) =>
        TryAdvance(start, Encoding.UTF8.GetBytes(text), out var state) ? Allowed(state) : null;

    private bool TryAdvance(in MaskState s, char c, out MaskState next)
    {
        if (IsSpace(c) && IsBetween(s.Mode))
        {
            next = s with { Spaces = s.Spaces + 1 };
            return next.Spaces <= MaxSpaces;
        }
        return TryAdvanceVisible(s.Spaces == 0 ? s : s with { Spaces = 0 }, c, out next);
    }

    private bool TryAdvanceVisible(in MaskState s, char c, out MaskState next)
    {
        next = s;
        switch (s.Mode)
        {
            case MaskMode.Free:
                next = Watch(s, c);
                return true;
            case MaskMode.ActionName:
                return TryName(s, c, _actionTargets, MaskMode.ActionInput, out next);
            case MaskMode.PlanToolName:
                return TryName(s, c, _planTargets, MaskMode.Free, out next);
            case MaskMode.CallName:
                return TryName(s, c, _callTargets, MaskMode.FirstKey, out next);
            case MaskMode.ActionInput or MaskMode.PlanInput:
                if (c == '{') next = s with { Mode = MaskMode.FirstKey, UsedKeys = 0 };
                else next = Watch(s with { Mode = MaskMode.Free, Tail = "", Line = null }, c);
                return true;
            case MaskMode.PlanToolQuote:
                if (c == '"') next = s with { Mode = MaskMode.PlanToolName, Tail = "" };
                return c == '"';
            case MaskMode.Value:
                return TryValue(s, c, out next);
            case MaskMode.CallEnd:
                return false;
            default:
                return TryKey(s, c, out next);
        }
    }

    // Free text: look for "Action:" at the start of a line, and for the keys of a plan anywhere.
    private static MaskState Watch(in MaskState s, char c)
    {
        var line = c == '\n' ? "" : s.Line is null ? null : s.Line.Length == 0 && c == ' ' ? "" : s.Line + c;
        if (line == ActionMark) return s with { Mode = MaskMode.ActionName, Tail = "", Line = null, HasAction = true };
        if (line is not null && !ActionMark.StartsWith(line, StringComparison.Ordinal)) line = null;
        if (s.HasAction) return s with { Line = line };

        if (s.Tail is ToolKey or InputKey)
        {
            if (IsSpace(c)) return s with { Line = line };
            if (c == ':' && s.Tail == ToolKey) return s with { Mode = MaskMode.PlanToolQuote, Tail = "", Line = line };
            if (c == ':' && s.Tool >= 0) return s with { Mode = MaskMode.PlanInput, Tail = "", Line = line };
        }
        var tail = s.Tail + c;
        while (tail.Length > 0 && !InputKey.StartsWith(tail, StringComparison.Ordinal) && !ToolKey.StartsWith(tail, StringComparison.Ordinal)) tail = tail[1..];
        return s with { Tail = tail, Line = line };
    }

    private static bool TryName(in MaskState s, char c, string[] targets, MaskMode then, out MaskState next)
    {
        var tail = s.Tail + c;
        next = s with { Tail = tail };
        if (Array.IndexOf(targets, tail) is var tool and >= 0)
        {
            next = s with { Mode = then, Tail = "", Tool = tool, UsedKeys = 0 };
            return true;
        }
        return Array.Exists(targets, t => t.StartsWith(tail, StringComparison.Ordinal));
    }

    private bool TryKey(in MaskState s, char c, out MaskState next)
    {
        next = s;
        switch (s.Mode)
        {
            case MaskMode.Key:
                var tail = s.Tail + c;
                next = s with { Tail = tail };
                var key = Array.IndexOf(_keys[s.Tool], tail);
                if (key >= 0) next = s with { Mode = MaskMode.Colon, Tail = "", UsedKeys = s.UsedKeys | Bit(key) };
                return UnusedKeys(s.Tool, s.UsedKeys).Any(k => k.StartsWith(tail, StringComparison.Ordinal));
            case MaskMode.Colon:
                if (c == ':') next = s with { Mode = MaskMode.Value, Depth = 0, IsInString = false, IsEscaped = false };
                return c == ':';
            default:
                if (c == '}' && s.Mode == MaskMode.FirstKey)
                {
                    next = EndOfInput(s);
                    return true;
                }
                next = s with { Mode = MaskMode.Key, Tail = "" };
                return c == '"' && UnusedKeys(s.Tool, s.UsedKeys).Any();
        }
    }

    private bool TryValue(in MaskState s, char c, out MaskState next)
    {
        next = s;
        if (s.IsInString)
        {
            next = s with { IsEscaped = c == '\\' && !s.IsEscaped, IsInString = c != '"' || s.IsEscaped };
            return true;
        }
        switch (c)
        {
            case '"':
                next = s with { IsInString = true };
                return true;
            case '{' or '[':
                next = s with { Depth = s.Depth + 1 };
                return true;
            case '}' or ']' when s.Depth > 0:
                next = s with { Depth = s.Depth - 1 };
                return true;
            case '}':
                next = EndOfInput(s);
                return true;
            case ',' when s.Depth == 0:
                next = s with { Mode = MaskMode.NextKey };
                return UnusedKeys(s.Tool, s.UsedKeys).Any();
            default:
                return c != ']';
        }
    }

    private static MaskState EndOfInput(in MaskState s) => s.IsCall
        ? s with { Mode = MaskMode.CallEnd }
        : s with { Mode = MaskMode.Free, Tail = "", Line = null, Tool = -1 };

    private IEnumerable<string> UnusedKeys(int tool, ulong used) => _keys[tool].Where((_, i) => (used & Bit(i)) == 0);

    private static ulong Bit(int key) => key < 64 ? 1UL << key : 0;

    private static AllowedContinuations Rest(IEnumerable<string> targets, string tail) =>
        Texts(targets.Where(t => t.StartsWith(tail, StringComparison.Ordinal)).Select(t => t[tail.Length..]));

    private static AllowedContinuations Texts(IEnumerable<string> texts) => new(false, [.. texts.Select(FromByteText)]);

    private static bool IsBetween(MaskMode mode) =>
        mode is MaskMode.ActionInput or MaskMode.PlanInput or MaskMode.PlanToolQuote or MaskMode.FirstKey or MaskMode.NextKey or MaskMode.Colon;

    private static bool IsSpace(char c) => c is ' ' or '\n' or '\r' or '\t';

    // As JSON writes it, without the opening quote and with the closing one.
    private static string JsonString(string text) => ToByteText(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"");

    private static string ToByteText(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string FromByteText(string text) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));
}
