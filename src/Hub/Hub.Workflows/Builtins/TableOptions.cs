using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Hub.Workflows.Builtins;

/// <summary>Options of <c>table_lookup</c>: a small table, of which the tool reads one field of one row.</summary>
public sealed class TableOptions : IValidatableObject
{
    private const int MaxRows = 10_000;

    /// <summary>The table: names of rows, and under each its fields and their values. It must be given.</summary>
    public JsonElement Rows { get; set; }

    /// <summary>What the tool is good for; null for a line that lists the fields.</summary>
    public string? Description { get; set; }

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Rows.ValueKind != JsonValueKind.Object || !Rows.EnumerateObject().Any() || Rows.EnumerateObject().Any(r => r.Value.ValueKind != JsonValueKind.Object))
            yield return new ValidationResult("A mapping of rows is needed, each a mapping of fields: {Ada: {city: Oslo}}.", [nameof(Rows)]);
        else if (Rows.EnumerateObject().Count() > MaxRows)
            yield return new ValidationResult($"The table has more than {MaxRows} rows. Keep it elsewhere and write a tool that asks it.", [nameof(Rows)]);
    }
}
