using System.Globalization;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Builtins;

/// <summary>The toolkit's calculator: five tools over lists of numbers.</summary>
/// <remarks>Numbers are IEEE doubles, as in the toolkit: 0.1 + 0.2 is 0.30000000000000004, and says so.</remarks>
public static class CalculatorGroup
{
    /// <summary>The five tools. All are pure: a resume may run them again.</summary>
    public static IReadOnlyList<AIFunction> Create() =>
    [
        Tool("add", "Adds two or more numbers.", (double[] numbers) => Several("add", numbers).Sum()),
        Tool("subtract", "Subtracts the second number from the first.", (double[] numbers) => Two("subtract", numbers)[0] - numbers[1]),
        Tool("multiply", "Multiplies two or more numbers.", (double[] numbers) => Several("multiply", numbers).Aggregate(1.0, (product, n) => product * n)),
        Tool("divide", "Divides the first number by the second.", (double[] numbers) => Two("divide", numbers)[1] == 0 ? throw new DivideByZeroException("Cannot divide by zero.") : numbers[0] / numbers[1]),
        Tool("compare", "Says whether the first number is greater than, less than or equal to the second.", (double[] numbers) => Compare(Two("compare", numbers))),
    ];

    private static AIFunction Tool(string name, string description, Delegate method) => HubTool.Create(method, name, Redo.Freely, description);

    private static string Compare(double[] numbers)
    {
        var (a, b) = (numbers[0], numbers[1]);
        var relation = a > b ? "greater than" : a < b ? "less than" : "equal to";
        return string.Create(CultureInfo.InvariantCulture, $"{a:R} is {relation} {b:R}");
    }

    private static double[] Several(string name, double[] numbers) => numbers.Length >= 2
        ? numbers
        : throw new ArgumentException($"'{name}' got {numbers.Length} numbers; it needs two or more.");

    private static double[] Two(string name, double[] numbers) => numbers.Length == 2
        ? numbers
        : throw new ArgumentException($"'{name}' got {numbers.Length} numbers; it needs exactly two.");
}
