using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Workflows.Builtins;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Tests.Builtins;

public sealed class CalculatorGroupTests
{
    [Theory]
    [InlineData("add", "Adds two or more numbers.")]
    [InlineData("subtract", "Subtracts the second number from the first.")]
    [InlineData("multiply", "Multiplies two or more numbers.")]
    [InlineData("divide", "Divides the first number by the second.")]
    [InlineData("compare", "Says whether the first number is greater than, less than or equal to the second.")]
    public void Create_Tools_HaveTheWordsThatModelsLearn(string name, string description)
    {
        var tool = Tool(name);

        Assert.Equal((description, Redo.Freely), (tool.Description, HubTool.RedoOf(tool)));
        Assert.Equal("""{"type":"object","properties":{"numbers":{"type":"array","items":{"type":"number"}}},"required":["numbers"]}""", Compact(tool.JsonSchema));
    }

    [Theory]
    [InlineData("add", "[14, 27, 1.5]", "42.5")]
    [InlineData("add", "[0.1, 0.2]", "0.30000000000000004")] // a double says so
    [InlineData("subtract", "[14, 27]", "-13")]
    [InlineData("multiply", "[14, 27]", "378")]
    [InlineData("multiply", "[0.1, 3]", "0.30000000000000004")]
    [InlineData("divide", "[1, 3]", "0.3333333333333333")]
    [InlineData("compare", "[378, 300]", "378 is greater than 300")]
    [InlineData("compare", "[0.5, 5e2]", "0.5 is less than 500")]
    [InlineData("compare", "[7, 7.0]", "7 is equal to 7")]
    public async Task Invoke_Numbers_GivesDoublesOrWords(string name, string numbers, string expected) => Assert.Equal(expected, await CallAsync(name, numbers));

    [Theory]
    [InlineData("divide", "[1, 0]", "Cannot divide by zero.")]
    [InlineData("add", "[1]", "'add' got 1 numbers; it needs two or more.")]
    [InlineData("multiply", "[]", "'multiply' got 0 numbers; it needs two or more.")]
    [InlineData("subtract", "[1, 2, 3]", "'subtract' got 3 numbers; it needs exactly two.")]
    [InlineData("compare", "[1]", "'compare' got 1 numbers; it needs exactly two.")]
    public async Task Invoke_WrongNumbers_Fails(string name, string numbers, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(name, numbers))).Message);

    [Fact]
    public async Task Invoke_RandomNumbers_AgreesWithASlowTwin()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            double[] numbers = [.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => Math.Round(random.NextDouble() * 2_000 - 1_000, random.Next(0, 3)))];
            double sum = 0, product = 1;
            foreach (var number in numbers)
                (sum, product) = (sum + number, product * number);
            var json = JsonSerializer.Serialize(numbers);

            Assert.Equal(sum, double.Parse(await CallAsync("add", json), CultureInfo.InvariantCulture));
            Assert.Equal(product, double.Parse(await CallAsync("multiply", json), CultureInfo.InvariantCulture));
        }
    }

    private static AIFunction Tool(string name) => CalculatorGroup.Create().Single(t => t.Name == name);

    private static async Task<string> CallAsync(string name, string numbers) =>
        RunTools.ResultText(await Tool(name).InvokeAsync(new AIFunctionArguments { ["numbers"] = JsonElement.Parse(numbers) }));

    /// <summary>A schema without its dialect and title.</summary>
    private static string Compact(JsonElement schema)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(schema.GetRawText())!.AsObject();
        node.Remove("$schema");
        node.Remove("title");
        return node.ToJsonString();
    }
}
