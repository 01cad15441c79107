namespace Hub.Nano.Tasks;

/// <summary>Operations in the words of thoughts.</summary>
internal static class Verbs
{
    public static string Do(Operation operation, string a, string b) => operation switch
    {
        Operation.Add => $"add {a} and {b}",
        Operation.Subtract => $"subtract {b} from {a}",
        Operation.Multiply => $"multiply {a} by {b}",
        Operation.Divide => $"divide {a} by {b}",
        Operation.Compare => $"compare {a} with {b}",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "It takes no numbers."),
    };

    public static string Then(Operation operation, string c) => operation switch
    {
        Operation.Add => $"add {c}",
        Operation.Subtract => $"subtract {c}",
        Operation.Multiply => $"multiply by {c}",
        Operation.Divide => $"divide by {c}",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "It takes no number."),
    };

    public static string Name(Operation operation) => operation switch
    {
        Operation.Now => "tell the date and time",
        Operation.TimeZone => "tell the time zone",
        Operation.Lookup => "look that up",
        _ => operation.ToString().ToLowerInvariant(),
    };
}
