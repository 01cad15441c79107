using Backends.Serving.Chat;
using Backends.Serving.Constraints;

namespace Backends.Serving.Engine;

/// <summary>Decides which tokens may come next in one reply: control tokens in their places, names as the masks say.</summary>
/// <remarks>
/// In free text a token is sampled first and only checked; where it is refused, or where names are being written, every token is tried against the mask.
/// Shape legend: V = the model's vocabulary. Cost of a full mask: V times the bytes of a token that match.
/// </remarks>
internal sealed class ReplyConstraint(ChatTemplate template, GenerationRequest request, int vocabularySize)
{
    private MaskState _state = ToolNameMask.StartOfText;
    private ToolNameMask? _mask = request.TextMask;

    /// <summary>True after a call token.</summary>
    public bool IsInCall { get; private set; }

    /// <summary>True where a call is complete: only its end or another call may follow.</summary>
    public bool IsCallComplete => _state.Mode == MaskMode.CallEnd;

    /// <summary>True where most tokens would be refused, so that sampling must be masked from the start.</summary>
    public bool IsTight => (request.RequireCall && !IsInCall)
        || _state.Mode is not (MaskMode.Free or MaskMode.Value or MaskMode.ActionInput or MaskMode.PlanInput);

    public bool TryAccept(int token)
    {
        if (!IsAllowed(token, out var next)) return false;
        if (token == template.CallId && !request.IsRaw) (IsInCall, _mask) = (true, request.CallMask);
        _state = next;
        return true;
    }

    /// <summary>Marks the tokens that may come next, <c>[V]</c>.</summary>
    public void Fill(Span<bool> allowed)
    {
        for (var token = 0; token < vocabularySize; token++) allowed[token] = IsAllowed(token, out _);
    }

    private bool IsAllowed(int token, out MaskState next)
    {
        next = _state;
        if (request.IsRaw) return token < template.Tokenizer.VocabularySize;
        if (token == template.EndId) return ToolNameMask.CanEnd(_state) && (!request.RequireCall || IsInCall);
        if (token == template.CallId)
        {
            next = ToolNameMask.StartOfCall;
            return request.CallMask is not null && ToolNameMask.CanEnd(_state) && (!IsInCall || request.AllowParallelCalls);
        }
        if (token >= template.Tokenizer.VocabularySize || template.Tokenizer.IsControl(token)) return false;
        if (request.RequireCall && !IsInCall) return false;
        var bytes = template.Tokenizer.BytesOf(token).Span;
        return bytes.Length > 0 && (_mask is null || _mask.TryAdvance(_state, bytes, out next));
    }
}
