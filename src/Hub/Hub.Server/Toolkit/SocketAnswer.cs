using System.Text.Json;
using Hub.Server.Http;

namespace Hub.Server.Toolkit;

/// <summary>A person's answer inside the messages of a <c>user_interaction_message</c>.</summary>
internal static class SocketAnswer
{
    /// <summary>The first text or option of the last message; null where there is none.</summary>
    public static string? Read(JsonElement messages)
    {
        if (messages.GetArrayLength() == 0 || messages[messages.GetArrayLength() - 1] is not { ValueKind: JsonValueKind.Object } last)
            return null;
        return new BodyReader(last).Find("content") switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Object } one => HumanAnswer.Read(one),
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object).Select(HumanAnswer.Read).FirstOrDefault(a => a is not null),
            _ => null,
        };
    }
}
