using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Builtins;

/// <summary><c>current_request_attributes</c>: tells what the run knows of the HTTP request that it answers, in the toolkit's words.</summary>
internal static class RequestAttributesTool
{
    private const string None = "None";

    public static AIFunction Create() => HubTool.Create(
        (JsonElement request_body, ToolCallContext call) => Tell(call.Run.Request ?? new RequestAttributes(), call.Run.ConversationId, request_body),
        "current_request_attributes", Redo.Freely, "Returns the attributes of the HTTP request that is being answered.");

    public static string Tell(RequestAttributes request, string? conversation, JsonElement body) => string.Join(", ",
    [
        $"Method: {request.Method ?? None}",
        $"URL Path: {request.UrlPath ?? None}",
        $"URL Scheme: {request.UrlScheme ?? None}",
        $"Headers: {Pairs(request.Headers)}",
        $"Query Params: {Pairs(request.QueryParams)}",
        $"Path Params: {Pairs(request.PathParams)}",
        $"Client Host: {request.ClientHost ?? None}",
        $"Client Port: {request.ClientPort?.ToString(CultureInfo.InvariantCulture) ?? None}",
        $"Cookies: {Pairs(request.Cookies)}",
        $"Conversation Id: {conversation ?? None}",
        $"Request Body: {Value(body)}",
    ]);

    private static string Pairs(IReadOnlyDictionary<string, string>? pairs) => pairs is null ? None : $"{{{string.Join(", ", pairs.Select(p => $"{Text(p.Key)}: {Text(p.Value)}"))}}}";

    /// <summary>A value as Python prints it: the toolkit's clients read it so.</summary>
    private static string Value(JsonElement value, bool isInside = false) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(p => $"{Text(p.Name)}: {Value(p.Value, isInside: true)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(v => Value(v, isInside: true)))}]",
        JsonValueKind.String => isInside ? Text(value.GetString()!) : value.GetString()!,
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Null or JsonValueKind.Undefined => None,
        _ => value.GetRawText(),
    };

    private static string Text(string text) => text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal)
        ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal)}\""
        : $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
