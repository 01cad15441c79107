using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Tests.Yaml;

/// <summary>What PyYAML 6.0.3's safe loader made of some 1,500 scalars, drawn and chosen; the table is its output.</summary>
public sealed class YamlScalarsTests
{
    private static readonly string[][] s_table =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "pyyaml-6.0.3-scalars.tsv")).Select(l => l.Split('\t'))];

    [Fact]
    public void Resolve_EveryScalarOfTheTable_MeansWhatPyYamlSays()
    {
        string[] wrong = [.. s_table.Where(r => !IsSame(YamlScalars.Resolve, r)).Select(r => string.Join(" | ", r))];

        Assert.True(s_table.Length > 1_000, "The table is not there.");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Table_PlantedFaults_AreCaught()
    {
        // YAML 1.2 reads these otherwise: each rule alone must be caught by the table.
        Func<string, JsonElement>[] faults =
        [
            t => t.Length > 1 && t[0] == '0' && t.All(char.IsAsciiDigit) ? Number(BigInteger.Parse(t, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)) : YamlScalars.Resolve(t),
            t => t.Contains(':', StringComparison.Ordinal) ? YamlScalars.Text(t) : YamlScalars.Resolve(t),
            t => t is "yes" or "no" or "on" or "off" ? YamlScalars.Text(t) : YamlScalars.Resolve(t),
            t => t.Contains('e', StringComparison.Ordinal) && double.TryParse(t, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d) ? Number(d.ToString("R", CultureInfo.InvariantCulture)) : YamlScalars.Resolve(t),
            t => t.Contains('_', StringComparison.Ordinal) ? YamlScalars.Text(t) : YamlScalars.Resolve(t),
        ];

        Assert.All(faults, fault => Assert.Contains(s_table, row => !IsSame(fault, row)));
    }

    private static JsonElement Number(string text) => JsonElement.Parse(text);

    private static bool IsSame(Func<string, JsonElement> resolve, string[] row)
    {
        JsonElement found;
        try
        {
            found = resolve(row[0]);
        }
        catch (FormatException)
        {
            return row[1] == "error";
        }

        return row[1] switch
        {
            "null" => found.ValueKind == JsonValueKind.Null,
            "bool" => found.ValueKind == (row[2] == "true" ? JsonValueKind.True : JsonValueKind.False),
            "int" => found.ValueKind == JsonValueKind.Number && found.GetRawText() == row[2],
            "float" => row[2] is "inf" or "-inf" or "nan"
                ? found.ValueEquals(row[2] switch { "inf" => "Infinity", "-inf" => "-Infinity", _ => "NaN" })
                : found.ValueKind == JsonValueKind.Number && found.GetDouble() == double.Parse(row[2], CultureInfo.InvariantCulture),
            "timestamp" or "text" => found.ValueKind == JsonValueKind.String && found.GetString() == row[0],
            _ => false,
        };
    }
}
