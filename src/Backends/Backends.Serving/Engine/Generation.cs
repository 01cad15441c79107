using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Backends.Abstractions;
using Backends.Serving.Chat;
using Backends.Serving.Sampling;
using Backends.Serving.Tokenization;

namespace Backends.Serving.Engine;

/// <summary>One reply on its way: logits go in, events come out. Only the engine thread touches it, but for its channel.</summary>
internal sealed class Generation : IEngineWork
{
    private readonly GenerationRequest _request;
    private readonly ChatTemplate _template;
    private readonly ReplyConstraint _constraint;
    private readonly StopMatcher _stops;
    private readonly LogitBias _bias;
    private readonly LogprobTrail? _trail;
    private readonly Random _random;
    private readonly int _maxNewTokens;
    private readonly List<int> _tokens;
    private readonly Channel<GenerationEvent> _events =
        Channel.CreateUnbounded<GenerationEvent>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private TextDecoder _decoder;
    private string _callText = "";
    private bool _hasCalls;
    private int _decodedChars;
    private int _emittedChars;
    private GenerationEnded? _end;

    public Generation(GenerationRequest request, ChatTemplate template, ITokenModel model, CancellationToken cancelled)
    {
        request.Check(model, template.Tokenizer.VocabularySize);
        (_request, _template, Cancelled) = (request, template, cancelled);
        _tokens = [.. request.Prompt];
        _maxNewTokens = Math.Min(request.MaxNewTokens, model.ContextTokens - request.Prompt.Count);
        _constraint = new ReplyConstraint(template, request, model.VocabularySize);
        _stops = new StopMatcher(request.Stops);
        _bias = new LogitBias(request.LogitBias, request.FrequencyPenalty, request.PresencePenalty);
        _trail = request.TopLogprobs is { } top ? new LogprobTrail(template.Tokenizer, top) : null;
        _random = new Random(request.Seed);
        _decoder = template.Tokenizer.CreateDecoder();
        NeedsScore = request.ScoresPrompt && _trail is not null;
        if (_maxNewTokens == 0) End(GenerationEndReason.Length, []);
    }

    public CancellationToken Cancelled { get; }

    public ChannelReader<GenerationEvent> Events => _events.Reader;

    /// <summary>Prompt and reply so far; the model has seen all but the last of the reply.</summary>
    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    public int ReusedTokens { get; set; }

    public bool IsDone => _end is not null;

    /// <summary>Whether the prompt's logits at every place are wanted before anything else.</summary>
    public bool NeedsScore { get; private set; }

    /// <summary>Whether the reply is one token, so that the last row of a scored prompt is all that it takes.</summary>
    public bool IsOneToken => _maxNewTokens == 1;

    private int NewTokens => _tokens.Count - _request.Prompt.Count;

    /// <summary>Takes the logits at every place of the prompt.</summary>
    /// <param name="logits"><c>[T, V]</c> row by row, T tokens of the prompt.</param>
    public void AcceptScores(ReadOnlySpan<float> logits)
    {
        var trail = new LogprobTrail(_template.Tokenizer, _request.TopLogprobs ?? 0);
        var decoder = _template.Tokenizer.CreateDecoder();
        var offset = 0;
        var vocabulary = logits.Length / _request.Prompt.Count;
        for (var t = 0; t < _request.Prompt.Count; t++)
        {
            trail.Add(_request.Prompt[t], t == 0 ? default : logits.Slice((t - 1) * vocabulary, vocabulary), offset);
            offset += decoder.Push(_request.Prompt[t]).Length;
        }

        NeedsScore = false;
        _events.Writer.TryWrite(new PromptScored { Logprobs = trail.Rest() });
    }

    /// <summary>Chooses the next token, or ends the reply.</summary>
    /// <param name="logits">Logits after the last token, <c>[V]</c>.</param>
    /// <param name="sampler">The engine's sampler.</param>
    /// <param name="mask">Scratch space, <c>[V]</c>.</param>
    public void Accept(ReadOnlySpan<float> logits, Sampler sampler, Span<bool> mask)
    {
        var token = Choose(_bias.Apply(logits), sampler, mask);
        _bias.Count(token);
        _tokens.Add(token);
        // The calls of a chat and its control tokens are no text, so nothing is said of them.
        if (_request.IsRaw || (!_constraint.IsInCall && !_template.Tokenizer.IsControl(token))) _trail?.Add(token, logits, _decodedChars);
        if (token == _template.EndId)
        {
            FinishCall();
            FlushText();
            End(_hasCalls ? GenerationEndReason.Calls : GenerationEndReason.Stop, _trail?.Rest() ?? []);
        }
        else if (_request.IsRaw) Write(_template.Tokenizer.IsControl(token) && !_request.ShowsControlTokens ? "" : _decoder.Push(token));
        else if (token == _template.CallId)
        {
            FinishCall();
            FlushText();
        }
        else if (_constraint.IsInCall) _callText += _decoder.Push(token);
        else Write(_decoder.Push(token));

        if (IsDone) return;
        if (_stops.IsStopped) End(GenerationEndReason.Stop, []); // the tokens of the stop string are not part of the reply
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
        End(GenerationEndReason.Length, _trail?.Rest() ?? []);
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
        Write(_decoder.Flush());
        Emit(_stops.Flush());
    }

    private void Write(string text)
    {
        _decodedChars += text.Length;
        Emit(_stops.Push(text));
    }

    private void Emit(string text)
    {
        if (text.Length == 0) return;
        _emittedChars += text.Length;
        _events.Writer.TryWrite(new TextGenerated(text) { Logprobs = _trail?.Before(_emittedChars) ?? [] });
    }

    private void End(GenerationEndReason reason, IReadOnlyList<TokenLogprob> rest) =>
        _end = new GenerationEnded(reason, _request.Prompt.Count, ReusedTokens, NewTokens) { Logprobs = rest };
}
