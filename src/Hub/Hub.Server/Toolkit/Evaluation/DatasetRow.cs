using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Microsoft.VisualBasic.FileIO;

namespace Hub.Server.Toolkit.Evaluation;

/// <summary>A question of a dataset.</summary>
/// <param name="Id">The row's id, as the dataset has it.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Answer">What should be answered.</param>
/// <param name="Entry">The whole row.</param>
internal sealed record DatasetRow(JsonElement Id, JsonElement Question, JsonElement Answer, JsonElement Entry)
{
    /// <summary>The most rows, repetitions counted.</summary>
    public const int MaxRows = 10_000;

    private const long MaxBytes = 64 << 20;

    /// <summary>The id as words.</summary>
    public string Key => EvaluationItem.TextOf(Id);

    /// <summary>Reads a dataset: filtered, each id once, rows without a question left out, repeated.</summary>
    /// <param name="settings">Where it is.</param>
    /// <param name="repetitions">How often each is asked; where that is more than once, ids get <c>_rep0</c>, <c>_rep1</c> …</param>
    /// <exception cref="HubException">It cannot be read, is too large, or a row has no id.</exception>
    public static IReadOnlyList<DatasetRow> ReadAll(DatasetSettings settings, int repetitions)
    {
        if (new FileInfo(settings.File).Length > MaxBytes)
            throw new HubException($"{settings.File} has more than {MaxBytes:N0} bytes; a dataset may have that many.");
        DatasetRow[] rows;
        try
        {
            rows = [.. Entries(settings).Where(e => settings.Takes(column => e.TryGetProperty(column, out var cell) ? EvaluationItem.TextOf(cell) : null)).Select((e, i) => Row(settings, e, i))
                .Where(r => !settings.IsStructured || EvaluationItem.TextOf(r.Question).Trim().Length > 0).DistinctBy(r => r.Key)];
        }
        catch (Exception unreadable) when (unreadable is JsonException or MalformedLineException or IOException or UnauthorizedAccessException)
        {
            throw new HubException($"{settings.File} cannot be read as {settings.Type}: {unreadable.Message}", unreadable);
        }

        if ((long)rows.Length * repetitions is 0 or > MaxRows)
            throw new HubException($"{settings.File} has {rows.Length:N0} questions, to be asked {repetitions} times each; 1 to {MaxRows:N0} are needed in all.");
        return repetitions == 1 ? rows
            : [.. Enumerable.Range(0, repetitions).SelectMany(k => rows.Select(r => r with { Id = JsonSerializer.SerializeToElement(string.Create(CultureInfo.InvariantCulture, $"{r.Key}_rep{k}")) }))];
    }

    private static DatasetRow Row(DatasetSettings settings, JsonElement entry, int index)
    {
        if (!entry.TryGetProperty(settings.IdKey, out var id) || id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            throw new HubException($"{settings.File}: row {index + 1} has no id under '{settings.IdKey}'.");
        return settings.IsStructured
            ? new DatasetRow(id, EvaluationPlan.Find(entry, settings.Keys.Question), EvaluationPlan.Find(entry, settings.Keys.Answer), entry)
            : new DatasetRow(id, JsonSerializer.SerializeToElement(entry.GetRawText()), default, entry);
    }

    private static IEnumerable<JsonElement> Entries(DatasetSettings settings) => settings.Type switch
    {
        "json" => Objects(JsonElement.Parse(File.ReadAllBytes(settings.File)), settings.File),
        "jsonl" => File.ReadLines(settings.File).Where(l => l.Trim().Length > 0).Select(l => Object(JsonElement.Parse(l), settings.File)),
        _ => Table(settings.File),
    };

    /// <summary>A list of objects, or one object of columns, each a map from index to cell, as pandas writes it.</summary>
    private static IEnumerable<JsonElement> Objects(JsonElement whole, string file)
    {
        if (whole.ValueKind == JsonValueKind.Array)
            return whole.EnumerateArray().Select(e => Object(e, file));
        if (whole.ValueKind != JsonValueKind.Object || whole.EnumerateObject().Any(c => c.Value.ValueKind != JsonValueKind.Object))
            throw new HubException($"{file}: a list of objects is needed.");
        string[] rows = [.. whole.EnumerateObject().SelectMany(c => c.Value.EnumerateObject().Select(r => r.Name)).Distinct()];
        return rows.Select(r => JsonSerializer.SerializeToElement(whole.EnumerateObject().Where(c => c.Value.TryGetProperty(r, out _)).ToDictionary(c => c.Name, c => c.Value.GetProperty(r))));
    }

    private static JsonElement Object(JsonElement row, string file) => row.ValueKind == JsonValueKind.Object ? row : throw new HubException($"{file}: a row is no object: {row.GetRawText()[..Math.Min(80, row.GetRawText().Length)]}");

    /// <summary>Comma-separated rows under a heading; cells that are numbers become numbers.</summary>
    private static IEnumerable<JsonElement> Table(string file)
    {
        using var parser = new TextFieldParser(file) { Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        if (parser.ReadFields() is not { } heading)
            yield break;
        while (parser.ReadFields() is { } cells)
        {
            var row = new JsonObject();
            for (var i = 0; i < heading.Length && i < cells.Length; i++)
                row[heading[i].Trim()] = double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture)) : cells[i];
            yield return JsonSerializer.SerializeToElement(row);
        }
    }
}
