using System.Text.Json;

namespace Hub.Server.OpenAI;

/// <summary>Token ids in a body.</summary>
internal static class TokenIds
{
    /// <summary>Whether a value is a list of at least one token id.</summary>
    public static bool IsList(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsOne);

    private static bool IsOne(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id >= 0;
}
