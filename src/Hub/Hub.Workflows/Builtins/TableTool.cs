using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Builtins;

/// <summary>Reads one field of a row of a small table. Names are found whatever their case.</summary>
internal static class TableTool
{
    public static AIFunction Create(TableOptions options)
    {
        var rows = options.Rows.EnumerateObject().ToDictionary(
            r => r.Name, r => r.Value.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.ToString(), StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        string[] fields = [.. rows.Values.SelectMany(r => r.Keys).Distinct(StringComparer.OrdinalIgnoreCase)];
        return HubTool.Create((string row, string field) => Find(rows, fields, row, field), "table_lookup", Redo.Freely, options.Description ?? $"Looks up a field of a row: {string.Join(", ", fields)}.");
    }

    private static string Find(Dictionary<string, Dictionary<string, string>> rows, string[] fields, string row, string field)
    {
        if (!rows.TryGetValue(row.Trim(), out var found))
            return NearNames.Of(row.Trim(), rows.Keys) is [var near, ..] ? $"There is no row '{row}'. Did you mean '{near}'?" : $"There is no row '{row}'.";
        return found.TryGetValue(field.Trim(), out var value) ? value : $"There is no field '{field}'. The fields are {string.Join(", ", fields)}.";
    }
}
