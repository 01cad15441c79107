using Backends.Abstractions;

namespace Knowledge.Memory;

/// <summary>What was said, by words, by session and by vector.</summary>
/// <remarks>Not for several threads while one of them adds.</remarks>
/// <param name="ranking">What counts how much.</param>
/// <param name="offload">What scores vectors; null to do it here.</param>
internal sealed class TurnIndex(RankingOptions ranking, IGraphOffload? offload = null)
{
    private const int MaxByVector = 1_000;

    private readonly List<Entry> _turns = [];
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _speakers = new(StringComparer.Ordinal);
    private readonly TextIndex _texts = new(ranking.K1, ranking.B);
    private readonly Dictionary<int, VectorTable> _vectors = [];
    private TextIndex? _sessionTexts;

    /// <summary>Turns.</summary>
    public int Count => _turns.Count;

    /// <summary>A turn by its place.</summary>
    public RecalledTurn this[int place] => _turns[place].Turn;

    /// <summary>Whether a turn is there.</summary>
    public bool Contains(string id) => _byId.ContainsKey(id);

    /// <summary>Adds a turn; those of a session come in the order in which they were said.</summary>
    public void Add(RecalledTurn turn, float[]? embedding)
    {
        var words = TextAnalysis.Stems($"{turn.Speaker}: {turn.Text} {string.Join(' ', turn.Keywords)}");
        var place = _texts.Add(words);
        var session = $"{turn.Source}\n{turn.Session}";
        if (!_sessions.TryGetValue(session, out var members))
            _sessions[session] = members = [];
        members.Add(place);
        if (turn.Speaker is { } speaker && string.Join(' ', TextAnalysis.Words(speaker)) is { Length: > 0 } name)
            _speakers[name] = speaker;
        _byId[turn.Id.Value] = place;
        _turns.Add(new Entry(turn, session, members.Count - 1, words));
        if (embedding is not null)
            Vectors(embedding.Length).Add(place, embedding);
        _sessionTexts = null;
    }

    /// <summary>Scores of turns.</summary>
    /// <param name="question">The question.</param>
    /// <param name="about">Times that the question names, or none.</param>
    /// <param name="vector">The question's embedding, or null.</param>
    /// <param name="evidence">Further scores by the IRI of a turn.</param>
    public Dictionary<int, double> Scores(string question, IReadOnlyList<TimeExpression> about, ReadOnlyMemory<float>? vector, IReadOnlyDictionary<string, double> evidence)
    {
        var stems = TextAnalysis.Stems(question);
        var own = _texts.Scores(stems);
        var scores = new Dictionary<int, double>(own.Count * 4);
        foreach (var (place, score) in own)
            Spread(place, score, scores);
        AddSessions(stems, scores);
        AddSpeaker(question, scores);
        foreach (var place in about.Count == 0 ? [] : scores.Keys.ToList())
            if (_turns[place].Turn.At is { } at && about.Any(a => a.Contains(at)))
                scores[place] += ranking.Time;
        foreach (var (turn, more) in evidence)
            if (_byId.TryGetValue(turn, out var place))
                scores[place] = scores.GetValueOrDefault(place) + (ranking.Evidence * more);
        return vector is { } there ? Fused(scores, there) : scores;
    }

    // A turn's score goes to its neighbours in the session too, less with each step.
    private void Spread(int place, double score, Dictionary<int, double> scores)
    {
        var members = _sessions[_turns[place].Session];
        var at = _turns[place].Position;
        Give(0, score);
        Give(1, score * ranking.TurnBefore);
        Give(-1, score * ranking.TurnAfter);
        Give(2, score * ranking.TurnBefore * ranking.Further);
        Give(-2, score * ranking.TurnAfter * ranking.Further);

        void Give(int step, double share)
        {
            if (at + step >= 0 && at + step < members.Count)
                scores[members[at + step]] = scores.GetValueOrDefault(members[at + step]) + share;
        }
    }

    private void AddSessions(List<string> stems, Dictionary<int, double> scores)
    {
        if (ranking.Session == 0 || _sessions.Count < 2 || scores.Count == 0)
            return;
        _sessionTexts ??= SessionTexts();
        var sessions = _sessionTexts.Scores(stems);
        var numbers = _sessions.Keys.Select((k, i) => (k, i)).ToDictionary(s => s.k, s => s.i, StringComparer.Ordinal);
        foreach (var place in scores.Keys.ToList())
            scores[place] += ranking.Session * sessions.GetValueOrDefault(numbers[_turns[place].Session]);
    }

    private TextIndex SessionTexts()
    {
        var texts = new TextIndex(ranking.K1, ranking.B);
        foreach (var members in _sessions.Values)
            texts.Add([.. members.SelectMany(m => _turns[m].Words)]);
        return texts;
    }

    private void AddSpeaker(string question, Dictionary<int, double> scores)
    {
        var words = $" {string.Join(' ', TextAnalysis.Words(question))} ";
        var named = _speakers.Where(s => words.Contains($" {s.Key} ", StringComparison.Ordinal)).Select(s => s.Value).Distinct(StringComparer.Ordinal).ToList();
        if (named.Count != 1)
            return;
        foreach (var place in scores.Keys.ToList())
            if (_turns[place].Turn.Speaker == named[0])
                scores[place] += ranking.Speaker;
    }

    private Dictionary<int, double> Fused(Dictionary<int, double> scores, ReadOnlyMemory<float> vector)
    {
        var fused = new Dictionary<int, double>();
        foreach (var ranked in new[] { Ordered(scores), Vectors(vector.Length).Nearest(vector.Span, MaxByVector, offload) })
            foreach (var (place, rank) in ranked.Select((place, rank) => (place, rank)))
                fused[place] = fused.GetValueOrDefault(place) + (1 / (ranking.Fusion + rank + 1));
        return fused;
    }

    /// <summary>Places by score, the best first; equal ones in the order in which they were said.</summary>
    public static IEnumerable<int> Ordered(Dictionary<int, double> scores) => scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Select(s => s.Key);

    private VectorTable Vectors(int dimension)
    {
        if (!_vectors.TryGetValue(dimension, out var table))
            _vectors[dimension] = table = new VectorTable(dimension);
        return table;
    }

    private sealed record Entry(RecalledTurn Turn, string Session, int Position, List<string> Words);
}
