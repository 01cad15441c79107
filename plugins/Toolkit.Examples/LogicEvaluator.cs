using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Toolkit.Examples;

/// <summary>Two tools that choose and compare.</summary>
internal static class LogicEvaluator
{
    public static IReadOnlyList<AIFunction> Create() =>
    [
        HubTool.Create((bool condition, JsonElement true_value, JsonElement false_value) => condition ? true_value : false_value, "if_then_else", Redo.Freely, "Returns true_value if condition is true, else false_value."),
        HubTool.Create((JsonElement value1, string @operator, JsonElement value2) => Compare(value1, @operator, value2), "evaluate_condition", Redo.Freely, "Compares two values with ==, !=, >, <, >= or <=."),
    ];

    private static bool Compare(JsonElement a, string sign, JsonElement b) => sign switch
    {
        "==" => AreEqual(a, b),
        "!=" => !AreEqual(a, b),
        ">" => Order(a, b) > 0,
        "<" => Order(a, b) < 0,
        ">=" => Order(a, b) >= 0,
        "<=" => Order(a, b) <= 0,
        _ => throw new ArgumentException($"Unsupported operator: {sign}"),
    };

    private static bool AreEqual(JsonElement a, JsonElement b) =>
        a.ValueKind == JsonValueKind.Number && b.ValueKind == JsonValueKind.Number ? a.GetDouble() == b.GetDouble() : JsonElement.DeepEquals(a, b);

    private static int Order(JsonElement a, JsonElement b) => (a.ValueKind, b.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => a.GetDouble().CompareTo(b.GetDouble()),
        (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(a.GetString(), b.GetString()),
        _ => throw new ArgumentException($"'{a}' and '{b}' cannot be put in order: two numbers or two texts are needed."),
    };
}
