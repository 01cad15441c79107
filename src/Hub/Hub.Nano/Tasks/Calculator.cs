using System.Globalization;

namespace Hub.Nano.Tasks;

/// <summary>What the tools of a task compute: the same as the hub's own calculator.</summary>
internal static class Calculator
{
    public const string DivisionByZero = "Cannot divide by zero.";

    /// <summary>Result as text, or the message of a failure.</summary>
    public static string Run(Operation operation, IReadOnlyList<double> numbers) => operation switch
    {
        Operation.Add => Text(numbers.Sum()),
        Operation.Subtract => Text(numbers[0] - numbers[1]),
        Operation.Multiply => Text(numbers.Aggregate(1.0, (a, b) => a * b)),
        Operation.Divide => numbers[1] == 0 ? DivisionByZero : Text(numbers[0] / numbers[1]),
        Operation.Compare => $"{Text(numbers[0])} is {Relation(numbers[0], numbers[1])} {Text(numbers[1])}",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "It computes nothing."),
    };

    public static string Relation(double a, double b) => a > b ? "greater than" : a < b ? "less than" : "equal to";

    /// <summary>Shortest text that reads back as the same number, as JSON prints it.</summary>
    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
