using Hub.Abstractions;
using Hub.Core;
using Hub.Nano.Tasks;
using Microsoft.Extensions.AI;

namespace Hub.Nano.Suite;

/// <summary>Held-out questions through the real reasoners and tools.</summary>
public static class NanoSuite
{
    /// <summary>Seed of the held-out questions. No training decision looks at them; development has seeds of its own.</summary>
    public const ulong HeldOutSeed = 20261123;

    /// <summary>The reasoners that are tried.</summary>
    public static readonly IReadOnlyList<string> Reasoners = ["react_agent", "tool_calling_agent", "rewoo_agent"];

    private const int Parallel = 16;
    private const double LookupShare = 0.5; // above 0: refusals and distractors know of tables
    private static readonly RunBudget s_budget = new() { MaxSteps = 14 };

    /// <summary>The questions for a reasoner: families and splits in turn, so that every count is a fair share.</summary>
    /// <param name="reasoner">A plan cannot read a year before it is known, so ReWOO gets no such question.</param>
    /// <param name="seed">Seed of the questions.</param>
    /// <param name="count">How many.</param>
    /// <param name="families">Families to ask; null for those of calculator and clock.</param>
    public static IReadOnlyList<NanoEpisode> Questions(string reasoner, ulong seed, int count, IReadOnlyList<string>? families = null)
    {
        families ??= EpisodeGenerator.Families;
        var generator = new EpisodeGenerator(seed) { LookupShare = families.Any(EpisodeGenerator.LookupFamilies.Contains) ? LookupShare : 0 };
        List<NanoEpisode> questions = [];
        while (questions.Count < count)
        {
            var split = questions.Count % 2 == 0 ? Split.Seen : Split.Reserved;
            var episode = generator.Next(split, families[questions.Count / 2 % families.Count]);
            if (reasoner != "rewoo_agent" || episode.CanBePlanned)
                questions.Add(episode);
        }

        return questions;
    }

    /// <summary>Asks all questions.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reasoner">One of <see cref="Reasoners"/>.</param>
    /// <param name="questions">The questions.</param>
    /// <param name="progress">Told how many are answered; null for nobody.</param>
    /// <param name="cancellationToken">Stops between questions.</param>
    /// <returns>One result a question, in their order.</returns>
    public static async Task<IReadOnlyList<NanoResult>> RunAsync(
        IChatClient model, string reasoner, IReadOnlyList<NanoEpisode> questions, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(questions);
        var results = new NanoResult[questions.Count];
        var done = 0;
        await System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(0, questions.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (i, _) =>
            {
                results[i] = await AskAsync(model, reasoner, questions[i]);
                progress?.Report(Interlocked.Increment(ref done));
            });
        return results;
    }

    private static async Task<NanoResult> AskAsync(IChatClient model, string reasoner, NanoEpisode episode)
    {
        await using var hub = new ReasoningHub(new HubOptions
        {
            Components = new FixedComponents(new EpisodeComponents(model, episode), [reasoner]),
            Store = new MemoryRunStore(),
            Budget = s_budget,
        });
        var run = await hub.RunAsync(reasoner, episode.Question);
        var calls = hub.Runs.Read(run.RunId).Count(e => e.Kind == RunEventKind.ToolEnd);
        var isRight = run.Status == RunStatus.Completed && IsRight(episode, run.Text) && (calls > 0 || episode.Steps.Count == 0);
        return new NanoResult(episode, run.Text, isRight, calls, run.Status == RunStatus.Completed ? null : run.Failure?.Message);
    }

    /// <summary>Exact, case and a final full stop aside; a yes or no question is judged by its first word.</summary>
    internal static bool IsRight(NanoEpisode episode, string answer)
    {
        var given = Normal(answer);
        var wanted = Wanted(episode);
        return wanted is "yes" or "no" ? given.Split(',', ' ', '.')[0] == wanted : given == wanted;
    }

    /// <summary>What an answer is compared with.</summary>
    internal static string Wanted(NanoEpisode episode)
    {
        var wanted = Normal(episode.Answer);
        return wanted.Split(',')[0] is "yes" or "no" ? wanted.Split(',')[0] : wanted;
    }

    private static string Normal(string text) => text.Trim().TrimEnd('.').ToLowerInvariant();
}
