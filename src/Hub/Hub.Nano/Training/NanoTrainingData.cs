using System.Globalization;
using Backends.Serving.Chat;
using Backends.Training;
using Hub.Nano.Tasks;
using Hub.Nano.Traces;

namespace Hub.Nano.Training;

/// <summary>Batches of whole generated conversations of like length. Deterministic; its place can be saved and restored.</summary>
/// <remarks>Curriculum: few tools at first (the model learns to read the list), and at first every token counts, then the model's own only.</remarks>
public sealed class NanoTrainingData : ITrainingData
{
    private const int PoolSamples = 768;
    private const int WidthMultiple = 16;
    private const int RowsMultiple = 256;

    private readonly ChatTemplate _template;
    private readonly NanoDataOptions _options;
    private readonly EpisodeGenerator _generator;
    private readonly NanoRandom _order;
    private List<TrainingBatch> _pool = [];
    private ulong _poolGenerator;
    private ulong _poolOrder;
    private long _poolTokens;
    private long _tokens;
    private int _next;

    /// <summary>Begins at the first batch.</summary>
    /// <param name="template">Turns conversations into tokens.</param>
    /// <param name="options">Seed, sizes and curriculum.</param>
    public NanoTrainingData(ChatTemplate template, NanoDataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _template = template;
        _options = options;
        _generator = new EpisodeGenerator(options.Seed) { LookupShare = options.LookupShare };
        _order = new NanoRandom(options.Seed ^ 0xABCDEF);
    }

    /// <inheritdoc/>
    public TrainingBatch Next()
    {
        if (_next == _pool.Count)
        {
            (_poolGenerator, _poolOrder, _poolTokens) = (_generator.State, _order.State, _tokens);
            _pool = MakePool();
            _next = 0;
        }

        var batch = _pool[_next++];
        _tokens += batch.Tokens;
        return batch;
    }

    /// <inheritdoc/>
    public string SaveState() => _pool.Count == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{_generator.State} {_order.State} {_tokens} 0")
        : string.Create(CultureInfo.InvariantCulture, $"{_poolGenerator} {_poolOrder} {_poolTokens} {_next}");

    /// <inheritdoc/>
    public void RestoreState(string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var parts = state.Split(' ');
        if (parts.Length != 4 || !ulong.TryParse(parts[0], CultureInfo.InvariantCulture, out var generator) || !ulong.TryParse(parts[1], CultureInfo.InvariantCulture, out var order)
            || !long.TryParse(parts[2], CultureInfo.InvariantCulture, out var tokens) || !int.TryParse(parts[3], CultureInfo.InvariantCulture, out var next))
        {
            throw new FormatException($"'{state}' is no place in nano's training data; four numbers are needed: generator, order, tokens, batch.");
        }

        (_generator.State, _order.State, _tokens, _pool, _next) = (generator, order, tokens, [], 0);
        for (var i = 0; i < next; i++)
            Next();
    }

    private List<TrainingBatch> MakePool()
    {
        SetCurriculum();
        List<ChatTokens> samples = [];
        while (samples.Count < PoolSamples)
        {
            var episode = _generator.Next(Split.Training);
            if (_options.OtherAnswers)
                episode = WithAnswerOf(episode, _generator.Next(Split.Training, episode.Family));
            foreach (var sample in Samples(episode))
            {
                var tokens = _template.EncodeConversation(sample.Messages, sample.Tools);
                if (tokens.Ids.Length <= _options.MaxTokens)
                    samples.Add(tokens);
            }
        }

        samples.Sort(static (a, b) => a.Ids.Length.CompareTo(b.Ids.Length));
        List<List<ChatTokens>> groups = [[]];
        foreach (var sample in samples)
        {
            if (groups[^1].Count > 0 && (groups[^1].Count + 1) * Padded(sample.Ids.Length, WidthMultiple) > _options.BatchTokens)
                groups.Add([]);
            groups[^1].Add(sample);
        }

        _order.Shuffle(groups);
        var countAll = _poolTokens < _options.AllTokensUntil;
        return [.. groups.Select(g => Batch(g, countAll))];
    }

    private static NanoEpisode WithAnswerOf(NanoEpisode episode, NanoEpisode other) => episode with { LastThought = other.LastThought, Answer = other.Answer };

    private void SetCurriculum()
    {
        var done = _options.CurriculumTokens == 0 ? 1 : _poolTokens / (double)_options.CurriculumTokens;
        _generator.MinTools = done < 0.5 ? 1 : 2;
        _generator.MaxTools = done switch { < 0.3 => 2, < 0.5 => 3, < 0.7 => 5, < 1 => 7, _ => 9 };
    }

    private IEnumerable<NanoSample> Samples(NanoEpisode episode)
    {
        var u = _order.Unit();
        if (u < 0.4)
            return [TraceWriter.ReAct(episode)];
        return u < 0.7 || !episode.CanBePlanned ? [TraceWriter.ToolCalling(episode)] : [TraceWriter.Planner(episode), TraceWriter.Solver(episode)];
    }

    private static TrainingBatch Batch(List<ChatTokens> group, bool countAll)
    {
        var width = Padded(group.Max(s => s.Ids.Length) - 1, WidthMultiple);
        var ids = new long[group.Count * width];
        List<long> positions = [];
        List<long> targets = [];
        var tokens = 0;
        for (var row = 0; row < group.Count; row++)
        {
            var (sample, written) = (group[row].Ids, group[row].IsWritten);
            tokens += sample.Length;
            for (var t = 0; t + 1 < sample.Length; t++)
            {
                ids[(row * width) + t] = sample[t];
                if (!written[t + 1] && !countAll)
                    continue;
                positions.Add((row * width) + t);
                targets.Add(sample[t + 1]);
            }
        }

        while (positions.Count % RowsMultiple != 0)
        {
            positions.Add(0);
            targets.Add(TrainingBatch.Ignored);
        }

        return new TrainingBatch(ids, group.Count, width, [.. positions], [.. targets], tokens);
    }

    private static int Padded(int count, int multiple) => (count + multiple - 1) / multiple * multiple;
}
