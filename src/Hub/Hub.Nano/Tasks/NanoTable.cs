namespace Hub.Nano.Tasks;

/// <summary>A small table of invented rows, for look-ups.</summary>
/// <param name="Fields">Names of its columns.</param>
/// <param name="Rows">Values by row and column.</param>
public sealed record NanoTable(IReadOnlyList<string> Fields, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Rows)
{
    /// <summary>A value, or what is missing. Case does not matter: people write names as they like.</summary>
    /// <param name="row">Name of the row.</param>
    /// <param name="field">Name of the column.</param>
    public string Find(string row, string field)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(field);
        var found = Rows.FirstOrDefault(r => r.Key.Equals(row.Trim(), StringComparison.OrdinalIgnoreCase)).Value;
        if (found is null)
            return $"There is no row '{row}'.";
        return found.FirstOrDefault(f => f.Key.Equals(field.Trim(), StringComparison.OrdinalIgnoreCase)).Value ?? $"There is no field '{field}'. The fields are {string.Join(", ", Fields)}.";
    }
}
