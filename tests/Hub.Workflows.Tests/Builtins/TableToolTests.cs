using System.Text.Json;
using Hub.Workflows.Builtins;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Tests.Builtins;

public sealed class TableToolTests
{
    private const string Rows = """{"Tavik": {"manager": "Rosel", "room": 214}, "Rosel": {"city": "Stavon"}}""";

    [Theory]
    [InlineData("Tavik", "manager", "Rosel")]
    [InlineData(" tavik ", "ROOM", "214")]
    [InlineData("Tavic", "room", "There is no row 'Tavic'. Did you mean 'Tavik'?")]
    [InlineData("Nobody", "room", "There is no row 'Nobody'.")]
    [InlineData("Tavik", "age", "There is no field 'age'. The fields are manager, room, city.")]
    public async Task Lookup_ARow_IsTheValueOrWhatIsMissing(string row, string field, string expected)
    {
        var tool = TableTool.Create(new TableOptions { Rows = JsonElement.Parse(Rows) });

        Assert.Equal(expected, $"{await tool.InvokeAsync(new AIFunctionArguments { ["row"] = row, ["field"] = field })}");
        Assert.Equal("Looks up a field of a row: manager, room, city.", tool.Description);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"a": 1}""")]
    public void Options_WithoutRows_SayWhatIsNeeded(string rows) =>
        Assert.Contains("mapping of rows", Assert.Single(new TableOptions { Rows = JsonElement.Parse(rows) }.Validate(new(new object()))).ErrorMessage!, StringComparison.Ordinal);
}
