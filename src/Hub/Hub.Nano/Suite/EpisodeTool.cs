using System.Globalization;
using System.Text.Json;
using Hub.Nano.Tasks;
using Microsoft.Extensions.AI;

namespace Hub.Nano.Suite;

/// <summary>A task's tool, alive: computes from the arguments that the model wrote, not from the solution.</summary>
internal sealed class EpisodeTool(NanoTool tool, NanoClock clock, NanoTable? table) : AIFunction
{
    public override string Name => tool.ToolName;

    public override string Description => tool.Text;

    public override JsonElement JsonSchema { get; } = JsonElement.Parse(tool.Schema);

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => ValueTask.FromResult(Invoke(arguments));

    private object? Invoke(AIFunctionArguments arguments)
    {
        switch (tool.Operation)
        {
            case Operation.Now:
                return clock.DateTimeText;
            case Operation.TimeZone:
                return clock.ZoneText;
            case Operation.Lookup:
                return table is null ? "Nothing was found." : table.Find(Text(arguments, 0), Text(arguments, 1));
            case Operation.Distractor:
                return "Nothing was found.";
        }

        var numbers = Numbers(arguments);
        var isPair = tool.Operation is Operation.Subtract or Operation.Divide or Operation.Compare || !tool.TakesArray;
        if (numbers.Count < 2 || (isPair && numbers.Count != 2))
            throw new ArgumentException($"{Name} got {numbers.Count} numbers; {(isPair ? "exactly 2" : "2 or more")} are needed.");
        var result = Calculator.Run(tool.Operation, numbers);
        if (result == Calculator.DivisionByZero)
            throw new DivideByZeroException(result);
        return tool.Operation == Operation.Compare ? result : double.Parse(result, CultureInfo.InvariantCulture);
    }

    private string Text(AIFunctionArguments arguments, int index) => arguments.TryGetValue(tool.Arguments[index], out var value) && value?.ToString() is { } text
        ? text
        : throw new ArgumentException($"{Name} got the arguments [{string.Join(", ", arguments.Keys)}]; '{tool.Arguments[index]}' is needed.");

    private List<double> Numbers(AIFunctionArguments arguments)
    {
        List<double> numbers = [];
        foreach (var name in tool.Arguments)
        {
            if (!arguments.TryGetValue(name, out var value))
                throw new ArgumentException($"{Name} got the arguments [{string.Join(", ", arguments.Keys)}]; '{name}' is needed.");
            var element = value as JsonElement? ?? JsonSerializer.SerializeToElement(value);
            if (element.ValueKind == JsonValueKind.Array)
                numbers.AddRange(element.EnumerateArray().Select(Number));
            else
                numbers.Add(Number(element));
        }

        return numbers;
    }

    private static double Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String when double.TryParse(element.GetString(), CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new ArgumentException($"{element.GetRawText()} is no number."),
    };
}
