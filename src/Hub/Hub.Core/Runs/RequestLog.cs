using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>Logged form of what a caller asked, so that a resume needs nothing but the log.</summary>
internal static class RequestLog
{
    public static byte[] Encode(ReasonerRequest request, IPayloads payloads)
    {
        var options = request.Options?.Clone();
        if (options is not null)
        {
            options.Tools = null;
            options.AdditionalProperties = null;
        }

        var form = new Form([.. request.Messages.Select(m => MessageChain.Hash(m, payloads))], options);
        return JsonSerializer.SerializeToUtf8Bytes(form, HubJson.Options);
    }

    public static ReasonerRequest Decode(byte[] logged, IPayloads payloads)
    {
        var form = JsonSerializer.Deserialize<Form>(logged, HubJson.Options)!;
        return new ReasonerRequest([.. form.Messages.Select(h => JsonSerializer.Deserialize<ChatMessage>(payloads.Get(h), HubJson.Options)!)], form.Options);
    }

    private sealed record Form(IReadOnlyList<string> Messages, ChatOptions? Options);
}
