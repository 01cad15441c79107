using System.Text.Json;
using Backends.Serving.Chat;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Tests.Chat;

public class ToolLineTests
{
    [Fact]
    public void Format_SchemaWords_AreDroppedButArgumentsOfTheSameNameStay()
    {
        const string Schema = """
            { "$schema": "x", "title": "T", "type": "object", "additionalProperties": false,
              "properties": { "title": { "type": "string", "title": "Title", "description": "Zoë's title" },
                              "rows": { "type": "array", "items": { "type": "object", "title": "R", "additionalProperties": false } } },
              "required": ["title"] }
            """;
        var tool = Declaration("save", "Saves\na title. ", Schema);

        Assert.Equal(
            "save: Saves a title. Arguments: {\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\",\"description\":\"Zoë's title\"},"
            + "\"rows\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}}},\"required\":[\"title\"]}",
            ToolLine.Format(tool));
        Assert.Equal(["title", "rows"], ToolLine.ArgumentNames(tool));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("true")]
    [InlineData("""{"type":"object","properties":{}}""")]
    public void Format_NoArguments_KeepsTheSchema(string schema)
    {
        var tool = Declaration("now", "Time.", schema);

        Assert.Equal($"now: Time. Arguments: {schema}", ToolLine.Format(tool));
        Assert.Empty(ToolLine.ArgumentNames(tool));
    }

    private static AIFunctionDeclaration Declaration(string name, string description, string schema) =>
        AIFunctionFactory.CreateDeclaration(name, description, JsonDocument.Parse(schema).RootElement);
}
