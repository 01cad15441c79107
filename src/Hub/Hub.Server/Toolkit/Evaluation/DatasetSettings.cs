using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Abstractions;

namespace Hub.Server.Toolkit.Evaluation;

/// <summary>What an evaluation file says of its dataset.</summary>
/// <param name="Type"><c>json</c>, <c>jsonl</c> or <c>csv</c>.</param>
/// <param name="File">The file, found.</param>
/// <param name="IdKey">Key of a row's id.</param>
/// <param name="IsStructured">Whether a row has a question and an answer; otherwise the whole row is asked.</param>
/// <param name="Keys">Keys of a row.</param>
/// <param name="Allowed">Rows to take: for each column the patterns of which one must match.</param>
/// <param name="Denied">Rows to leave, in the same form.</param>
internal sealed record DatasetSettings(
    string Type, string File, string IdKey, bool IsStructured, RowKeys Keys, IReadOnlyDictionary<string, IReadOnlyList<Regex>> Allowed, IReadOnlyDictionary<string, IReadOnlyList<Regex>> Denied)
{
    private static readonly string[] s_types = ["json", "jsonl", "csv"];

    /// <summary>Reads the section.</summary>
    /// <param name="file">The evaluation file.</param>
    /// <param name="section">Its <c>eval.general.dataset</c>.</param>
    /// <exception cref="HubException">It is missing, of a type that is not here, or its file is not there.</exception>
    public static DatasetSettings Read(string file, JsonElement section)
    {
        if (section.ValueKind != JsonValueKind.Object)
            throw new HubException($"{file}: eval.general.dataset is missing. Write one with '_type' ({string.Join(", ", s_types)}) and 'file_path'.");
        var type = EvaluationPlan.Text(section, "_type") ?? EvaluationPlan.Text(section, "type") ?? "";
        if (!s_types.Contains(type))
            throw new HubException($"{file}: eval.general.dataset._type is '{type}'. Over /evaluate there are {string.Join(", ", s_types)}.");
        var path = EvaluationPlan.Text(section, "file_path") ?? throw new HubException($"{file}: eval.general.dataset.file_path is missing.");
        var structure = EvaluationPlan.Find(section, "structure");
        var filter = EvaluationPlan.Find(section, "filter");
        return new DatasetSettings(
            type, Found(file, path), EvaluationPlan.Text(section, "id_key") ?? "id",
            EvaluationPlan.Find(structure, "disable").ValueKind != JsonValueKind.True,
            new RowKeys(
                EvaluationPlan.Text(structure, "question_key") ?? "question", EvaluationPlan.Text(structure, "answer_key") ?? "answer",
                EvaluationPlan.Text(structure, "generated_answer_key") ?? "generated_answer", EvaluationPlan.Text(structure, "trajectory_key") ?? "intermediate_steps",
                EvaluationPlan.Text(structure, "expected_trajectory_key") ?? "expected_intermediate_steps"),
            Patterns(EvaluationPlan.Find(filter, "allowlist")), Patterns(EvaluationPlan.Find(filter, "denylist")));
    }

    /// <summary>Whether a row is one of those to ask.</summary>
    /// <param name="cell">Text of a column; null where the row has none.</param>
    public bool Takes(Func<string, string?> cell) =>
        Allowed.All(a => cell(a.Key) is not { } text || a.Value.Any(p => p.IsMatch(text))) && !Denied.Any(d => cell(d.Key) is { } text && d.Value.Any(p => p.IsMatch(text)));

    /// <summary>The dataset's file: from where the server was started, as the toolkit does, or beside the evaluation file.</summary>
    private static string Found(string file, string path)
    {
        string[] places = [Path.GetFullPath(path), Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file))!)];
        return places.FirstOrDefault(System.IO.File.Exists) ?? throw new HubException($"{file}: eval.general.dataset.file_path: there is no file '{path}' where the server was started or beside the evaluation file.");
    }

    private static Dictionary<string, IReadOnlyList<Regex>> Patterns(JsonElement list) => EvaluationPlan.Find(list, "field") is { ValueKind: JsonValueKind.Object } fields
        ? fields.EnumerateObject().ToDictionary(f => f.Name, f => (IReadOnlyList<Regex>)[.. Items(f.Value).Select(v => Shell(EvaluationItem.TextOf(v)))])
        : [];

    private static JsonElement.ArrayEnumerator Items(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    /// <summary>A pattern of a shell (<c>*</c>, <c>?</c>, <c>[seq]</c>, <c>[!seq]</c>) as an expression that is matched in linear time.</summary>
    internal static Regex Shell(string pattern)
    {
        var text = Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);
        text = Regex.Replace(text, @"\\\[(!?)([^\]]+)\]", m => $"[{(m.Groups[1].Length > 0 ? "^" : "")}{m.Groups[2].Value}]", RegexOptions.None, TimeSpan.FromSeconds(1));
        try
        {
            return new Regex($"^(?:{text})$", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            return new Regex($"^{Regex.Escape(pattern)}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant); // a range the wrong way round: taken by its letters
        }
    }
}

/// <summary>Keys of a row of a dataset.</summary>
internal sealed record RowKeys(string Question, string Answer, string GeneratedAnswer, string Trajectory, string ExpectedTrajectory);
