using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>Logged form of what a caller asked, so that a resume needs nothing but the log.</summary>
public static class RequestLog
{
    /// <summary>What the caller of a run asked.</summary>
    /// <param name="store">Where the run is logged.</param>
    /// <param name="runId">The run.</param>
    /// <returns>The request; null where its log does not have it yet.</returns>
    /// <exception cref="UnknownNameException">There is no such run.</exception>
    /// <exception cref="PayloadErasedException">A part of it was erased.</exception>
    public static ReasonerRequest? Read(IRunStore store, string runId)
    {
        ArgumentNullException.ThrowIfNull(store);
        var payloads = new StoredPayloads(store);
        return store.Read(runId).FirstOrDefault(e => e.Kind == RunEventKind.WorkflowStart)?.Input is { } input ? Decode(payloads.Get(input), payloads) : null;
    }

    internal static byte[] Encode(ReasonerRequest request, IPayloads payloads)
    {
        var options = request.Options;
        if (options is { Tools: not null } or { AdditionalProperties: not null })
        {
            options = options.Clone();
            options.Tools = null;
            options.AdditionalProperties = Loggable(options.AdditionalProperties);
        }

        // Tools of a caller are declarations: the caller makes the calls. A function that comes with them is logged as its declaration too.
        var tools = request.Options?.Tools?.OfType<AIFunctionDeclaration>().Select(t => new ToolForm(t.Name, t.Description, t.JsonSchema)).ToArray();
        var hashes = new string[request.Messages.Count];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = MessageChain.Hash(request.Messages[i], payloads);
        return new RequestForm(hashes, options, tools is { Length: > 0 } ? tools : null).Encode();
    }

    internal static ReasonerRequest Decode(byte[] logged, IPayloads payloads)
    {
        var form = RequestForm.Decode(logged);
        if (form is { Options: { } options, Tools: { } tools })
            options.Tools = [.. tools.Select(t => AIFunctionFactory.CreateDeclaration(t.Name, t.Description, t.Schema))];
        var messages = new ChatMessage[form.Messages.Count];
        for (var i = 0; i < messages.Length; i++)
            messages[i] = MessageChain.Read(form.Messages[i], payloads);
        return new ReasonerRequest(messages, form.Options);
    }

    /// <summary>What of a caller's further options can be logged: JSON, texts, numbers, truth values; null where nothing can.</summary>
    private static AdditionalPropertiesDictionary? Loggable(AdditionalPropertiesDictionary? further)
    {
        var kept = further?.Where(p => p.Value is JsonElement or string or bool or int or long or double or float).ToDictionary(p => p.Key, p => p.Value);
        return kept is { Count: > 0 } ? new AdditionalPropertiesDictionary(kept) : null;
    }

    private sealed class StoredPayloads(IRunStore store) : IPayloads
    {
        public string Put(byte[] content) => throw new NotSupportedException("A stored run is only read.");

        public bool Contains(string hash) => store.Payload(hash) is not null;

        public byte[] Get(string hash) => store.Payload(hash) ?? throw new PayloadErasedException(hash);
    }
}
