using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Knowledge.Memory;

namespace Memory.Benchmarks;

/// <summary>A conversation of LoCoMo with its questions. Source: A. Maharana et al., "Evaluating very long-term conversational memory of LLM agents", ACL 2024.</summary>
internal sealed partial record Conversation(string Name, IReadOnlyList<(MemorySource Source, string Text)> Turns, IReadOnlyList<Question> Questions)
{
    [GeneratedRegex(@"D\d+:\d+")]
    private static partial Regex DialogueId();

    public static IReadOnlyList<Conversation> Load(string file)
    {
        if (!File.Exists(file))
            throw new FileNotFoundException($"'{file}' is not there. LoCoMo's locomo10.json (snap-research/LoCoMo, CC BY-NC 4.0) is needed; say where it is with --data.");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static Conversation Read(JsonElement sample)
    {
        var name = sample.GetProperty("sample_id").GetString()!;
        var conversation = sample.GetProperty("conversation");
        List<(MemorySource, string)> turns = [];
        for (var session = 1; session < 100; session++)
        {
            if (!conversation.TryGetProperty(FormattableString.Invariant($"session_{session}"), out var said))
                continue;
            var at = DateTime.ParseExact(conversation.GetProperty(FormattableString.Invariant($"session_{session}_date_time")).GetString()!, "h:mm tt 'on' d MMMM, yyyy", CultureInfo.InvariantCulture);
            foreach (var turn in said.EnumerateArray())
            {
                // What a shared picture shows is part of what was said, for both methods.
                var caption = turn.TryGetProperty("blip_caption", out var picture) ? " " + picture.GetString() : "";
                turns.Add((new MemorySource
                {
                    Id = name,
                    Turn = turn.GetProperty("dia_id").GetString(),
                    Speaker = turn.GetProperty("speaker").GetString(),
                    Session = session.ToString(CultureInfo.InvariantCulture),
                    At = new DateTimeOffset(at, TimeSpan.Zero),
                }, turn.GetProperty("text").GetString() + caption));
            }
        }

        var known = turns.Select(t => t.Item1.Turn!).ToHashSet();
        var questions = sample.GetProperty("qa").EnumerateArray()
            .Select(q => new Question(q.GetProperty("question").GetString()!, q.GetProperty("category").GetInt32(),
                q.TryGetProperty("evidence", out var evidence) ? [.. DialogueId().Matches(evidence.GetRawText()).Select(m => m.Value).Where(known.Contains)] : []))
            .Where(q => q.Evidence.Count > 0);
        return new Conversation(name, turns, [.. questions]);
    }
}

/// <summary>A question with the turns that hold its answer.</summary>
internal sealed record Question(string Text, int Category, HashSet<string> Evidence);
