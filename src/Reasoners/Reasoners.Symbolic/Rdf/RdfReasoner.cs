using Hub.Abstractions;
using Knowledge.Rules;
using Knowledge.Sparql;
using Knowledge.Store;
using Microsoft.Extensions.AI;

namespace Reasoners.Symbolic;

/// <summary>Answers a goal from facts and rules, with proofs. A question in words becomes a query by a model, whose mistakes go back to it with the parser's words.</summary>
/// <remarks>
/// <para>Each answer is an effect of the run, as each call of the model is: what was asked, the rows and the proofs stand in its log, and a resume does not infer again.</para>
/// <para>Facts and rules of the options are read at the first question and kept; those of a question live in a what-if of them. Thread safety: one instance serves any number of runs at once.</para>
/// </remarks>
public sealed class RdfReasoner : IReasoner, IDisposable
{
    private readonly RdfReasonerOptions _options;
    private readonly SemaphoreSlim _loading = new(1, 1);
    private KnowledgeBase? _base;

    /// <summary>Creates the reasoner.</summary>
    /// <param name="options">Options; not changed afterwards.</param>
    public RdfReasoner(RdfReasonerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Answers the last message of a request: triple patterns, SPARQL, words, or an object with <c>goal</c>, <c>rules</c> and <c>data</c>.</summary>
    /// <param name="run">The scope that this call works in.</param>
    /// <param name="request">The conversation.</param>
    /// <exception cref="ReasonerGaveUpException">The model wrote no query, repairs included.</exception>
    /// <exception cref="EffectFailedException">Facts or rules cannot be read, a limit was reached, or the model failed.</exception>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrWhiteSpace(request.Question))
            return await FinishAsync(run, "The question is empty. Please ask for a goal.");
        var asked = RdfQuestion.Parse(request.Question);
        // The one effect tells whether the goal is a query already; what it would need to become one comes with it.
        var first = await AskAsync(run, asked, isDescribed: _options.Llm is not null);
        if (first.Answer is { } answer)
            return await FinishAsync(run, answer.Text());
        if (_options.Llm is not { } llm)
            return await FinishAsync(run, $"The goal is neither triple patterns nor SPARQL: {first.Problem} Write it so, or set llm_name for questions in words.");
        var model = run.Model(llm);
        var messages = RdfPrompt.Start(asked.Goal, first.Description ?? "");
        for (var repairs = 0; repairs <= _options.MaxRepairs; repairs++)
        {
            var reply = (await model.GetResponseAsync(messages, cancellationToken: run.Cancelled)).Text;
            var outcome = await AskAsync(run, asked with { Goal = RdfPrompt.Query(reply) }, isDescribed: false);
            if (outcome.Answer is { } found)
                return await FinishAsync(run, found.Text());
            RdfPrompt.AddProblem(messages, reply, outcome.Problem ?? "");
        }

        throw new ReasonerGaveUpException("max_repairs", _options.MaxRepairs, "The model wrote no query that can be parsed. Raise the limit, take a stronger model, or ask in triple patterns.");
    }

    /// <summary>Frees the facts.</summary>
    public void Dispose()
    {
        _base?.Dispose();
        _loading.Dispose();
    }

    private Task<RdfOutcome> AskAsync(IRun run, RdfQuestion question, bool isDescribed) => run.EffectAsync(
        new Effect<RdfQuestion, RdfOutcome>(EffectKind.Task, "rdf.answer", (asked, context) => AnswerAsync(asked, isDescribed, context.Cancelled)) { Redo = Redo.Freely }, question);

    private async Task<RdfOutcome> AnswerAsync(RdfQuestion asked, bool isDescribed, CancellationToken cancellation)
    {
        try
        {
            var facts = await BaseAsync(cancellation);
            if (asked is { Data: null, Rules: null })
                return Answer(facts, asked, isDescribed, cancellation);
            using var own = facts.With(asked);
            return Answer(own, asked, isDescribed, cancellation);
        }
        catch (Exception e) when (e is RdfSyntaxException or RuleSyntaxException or RuleException or QueryLimitException or StoreException or IOException or NotSupportedException)
        {
            throw new HubException($"The facts and rules give no answer: {e.Message}", e);
        }
    }

    private RdfOutcome Answer(KnowledgeBase facts, RdfQuestion asked, bool isDescribed, CancellationToken cancellation) =>
        RdfQuestion.AsQuery(asked.Goal, facts.Prefixes, out var problem) is { } query
            ? new RdfOutcome(facts.Answer(query, _options, cancellation), null, null)
            : new RdfOutcome(null, problem, isDescribed ? facts.Describe() : null);

    private async Task<KnowledgeBase> BaseAsync(CancellationToken cancellation)
    {
        await _loading.WaitAsync(cancellation);
        try
        {
            return _base ??= await KnowledgeBase.LoadAsync(_options, cancellation);
        }
        finally
        {
            _loading.Release();
        }
    }

    private static async Task<ChatResponse> FinishAsync(IRun run, string text)
    {
        await run.EmitAsync(new ChatResponseUpdate(ChatRole.Assistant, text));
        return run.Answer(text);
    }

    private sealed record RdfOutcome(RdfAnswer? Answer, string? Problem, string? Description);
}
