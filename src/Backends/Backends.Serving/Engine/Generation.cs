using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Backends.Abstractions;
using Backends.Serving.Chat;
using Backends.Serving.Sampling;
using Backends.Serving.Tokenization;

namespace Backends.Serving.Engine;

/// <summary>One reply on its way: logits go in, events come out. Only the engine thread touches it, but for its channel.</summary>
internal sealed class Generation
{
    private readonly GenerationRequest _request;
    private readonly ChatTemplate _template;
    private readonly ReplyConstraint _constraint;
    private readonly StopMatcher _stops;
    private readonly Random _random;
    private readonly int _maxNewTokens;
    private readonly List<int> _tokens;
    private readonly Channel<GenerationEvent> _events =
        Channel.CreateUnbounded<GenerationEvent>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private TextDecoder _decoder;
    private string _callText = "";
    private bool _hasCalls;
    private GenerationEnded? _end;

    public Generation(GenerationRequest request, ChatTemplate template, ITokenModel model, CancellationToken cancelled)
    {
        if (request.Prompt.Count == 0) throw new ArgumentException("The prompt has no token; it needs at least one.", nameof(request));
        if (request.Prompt.Count >= model.ContextTokens) throw new ContextOverflowException(request.Prompt.Count + 1, model.ContextTokens);
        if (request is { RequireCall: true, CallMask: null })
            throw new ArgumentException(
                $"{nameof(request.RequireCall)} is set without {nameof(request.CallMask)}; list the tools that may be called.", nameof(request));
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxNewTokens, 1);
        request.Sampling.Validated();

        (_request, _template, Cancelled) = (request, template, cancelled);
        _tokens = [.. request.Prompt];
        _maxNewTokens = Math.Min(request.MaxNewTokens, model.ContextTokens - request.Prompt.Count);
        _constraint = new ReplyConstraint(template, request, model.VocabularySize);
        _stops = new StopMatcher(request.Stops);
        _random = new Random(request.Seed);
        _decoder = template.Tokenizer.CreateDecoder();
    }

    public CancellationToken Cancelled { get; }

    public ChannelReader<GenerationEvent> Events => _events.Reader;

    /// <summary>Prompt and reply so far; the model has seen all but the last of the reply.</summary>
    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    public int ReusedTokens { get; set; }

    public bool IsDone => _end is not null;

    private int NewTokens => _tokens.Count - _request.Prompt.Count;

    /// <summary>Chooses the next token, or ends the reply.</summary>
    /// <param name="logits">Logits after the last token, <c>[V]</c>.</param>
    /// <param name="sampler">The engine's sampler.</param>
    /// <param name="mask">Scratch space, <c>[V]</c>.</param>
    public void Accept(ReadOnlySpan<float> logits, Sampler sampler, Span<bool> mask)
    {
        var token = Choose(logits, sampler, mask);
        _tokens.Add(token);
        if (token == _template.EndId)
        {
            FinishCall();
            FlushText();
            End(_hasCalls ? GenerationEndReason.Calls : GenerationEndReason.Stop);
        }
        else if (token == _template.CallId)
        {
            FinishCall();
            FlushText();
        }
        else if (_constraint.IsInCall) _callText += _decoder.Push(token);
        else Emit(_stops.Push(_decoder.Push(token)));

        if (IsDone) return;
        if (_stops.IsStopped) End(GenerationEndReason.Stop);
        else if (NewTokens >= _maxNewTokens) EndAtLimit();
    }

    /// <summary>Tells the caller that a done reply has ended; called once its sequence is given back.</summary>
    public void Complete()
    {
        _events.Writer.TryWrite(_end ?? throw new UnreachableException("The reply is not done."));
        _events.Writer.TryComplete();
    }

    /// <summary>Ends the reply with an error, which the caller's enumeration throws.</summary>
    public void Fail(Exception error) => _events.Writer.TryComplete(error);

    private int Choose(ReadOnlySpan<float> logits, Sampler sampler, Span<bool> mask)
    {
        if (!_constraint.IsTight)
        {
            var free = sampler.Next(logits, _request.Sampling, _random);
            if (_constraint.TryAccept(free)) return free;
        }
        _constraint.Fill(mask);
        var token = sampler.Next(logits, _request.Sampling, _random, mask);
        _constraint.TryAccept(token);
        return token;
    }

    private void EndAtLimit()
    {
        if (_constraint.IsCallComplete) FinishCall();
        FlushText();
        End(GenerationEndReason.Length);
    }

    private void FinishCall()
    {
        if (_callText.Length == 0) return;
        _events.Writer.TryWrite(new CallGenerated(_callText + _decoder.Flush()));
        (_callText, _hasCalls) = ("", true);
        _decoder = _template.Tokenizer.CreateDecoder();
    }

    private void FlushText()
    {
        if (_callText.Length > 0) return;
        Emit(_stops.Push(_decoder.Flush()));
        Emit(_stops.Flush());
    }

    private void Emit(string text)
    {
        if (text.Length > 0) _events.Writer.TryWrite(new TextGenerated(text));
    }

    private void End(GenerationEndReason reason) => _end = new GenerationEnded(reason, _request.Prompt.Count, ReusedTokens, NewTokens);
}
