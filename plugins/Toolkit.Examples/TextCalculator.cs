using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Toolkit.Examples;

/// <summary>Sums with the two whole numbers that stand in a text; what does not fit is said in the result, as release 1.1 of the toolkit does.</summary>
internal static partial class TextCalculator
{
    private const int Needed = 2;

    public static string Multiply(string text) => With(text, "multiply", (a, b) => $"The product of {a} * {b} is {a * b}");

    public static string Subtract(string text) => With(text, "subtract", (a, b) => $"The result of {a} - {b} is {a - b}");

    /// <exception cref="DivideByZeroException">The second number is 0.</exception>
    public static string Divide(string text) => With(text, "divide", (a, b) => b.IsZero
        ? throw new DivideByZeroException("division by zero")
        : $"The result of {a} / {b} is {PythonText.Of((double)a / (double)b)}");

    public static string Compare(string text) => With(text, "compare", (a, b) =>
        $"First number {a} is {(a > b ? "greater than" : a < b ? "less than" : "equal to")} the second number {b}");

    private static string With(string text, string action, Func<BigInteger, BigInteger, string> compute)
    {
        var numbers = Number.Matches(text);
        if (numbers.Count < Needed)
            return $"Provide at least {Needed} numbers to {action}.";
        return numbers.Count > Needed ? $"This tool only supports {action} between {Needed} numbers." : compute(Value(numbers[0]), Value(numbers[1]));
    }

    private static BigInteger Value(Match match) => BigInteger.Parse(match.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number { get; }
}
