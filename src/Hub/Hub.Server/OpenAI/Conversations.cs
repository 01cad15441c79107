using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary><c>/v1/conversations</c>: messages that responses go on from and are added to.</summary>
/// <remarks>They live as long as the server; a chain of <c>previous_response_id</c> lives as long as the run log. Thread safety: all members.</remarks>
internal sealed class Conversations(TimeProvider time)
{
    private const int MaxConversations = 10_000;
    private const int MaxMessages = 10_000;

    private readonly ConcurrentDictionary<string, Conversation> _all = new(StringComparer.Ordinal);

    public async Task CreateAsync(HttpContext http)
    {
        var body = new BodyReader(await JsonBody.ReadAsync(http));
        if (_all.Count >= MaxConversations)
            throw new RequestException(StatusCodes.Status429TooManyRequests, $"There are {MaxConversations} conversations, which is the most. Delete some.");
        var conversation = new Conversation($"conv_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}", time.GetUtcNow().ToUnixTimeSeconds())
        {
            Metadata = ResponseRequest.Metadata(body.Find("metadata")),
        };
        if (body.Find("items") is { } items)
            conversation.Messages.AddRange(ResponseInput.Read(items, "items"));
        _all[conversation.Id] = conversation;
        await WriteAsync(http, conversation);
    }

    public Task GetAsync(HttpContext http) => WriteAsync(http, Find(Id(http), "conversation_id"));

    public async Task UpdateAsync(HttpContext http)
    {
        var conversation = Find(Id(http), "conversation_id");
        conversation.Metadata = ResponseRequest.Metadata(new BodyReader(await JsonBody.ReadAsync(http)).Find("metadata"));
        await WriteAsync(http, conversation);
    }

    public async Task DeleteAsync(HttpContext http)
    {
        var id = Find(Id(http), "conversation_id").Id;
        _all.TryRemove(id, out _);
        await http.Response.WriteAsJsonAsync(new Deleted(id, "conversation.deleted", true), Wire.Options, http.RequestAborted);
    }

    public Task ItemsAsync(HttpContext http) => http.Response.WriteAsJsonAsync(List(Items(Find(Id(http), "conversation_id")), http), Wire.Options, http.RequestAborted);

    public async Task AddItemsAsync(HttpContext http)
    {
        var conversation = Find(Id(http), "conversation_id");
        var added = ResponseInput.Read(new BodyReader(await JsonBody.ReadAsync(http)).Find("items"), "items");
        var before = Items(conversation).Count;
        Add(conversation.Id, added);
        await http.Response.WriteAsJsonAsync(List([.. Items(conversation).Skip(before)], http), Wire.Options, http.RequestAborted);
    }

    /// <summary>What was said so far.</summary>
    /// <exception cref="RequestException">There is no such conversation.</exception>
    public IReadOnlyList<ChatMessage> Messages(string id)
    {
        var conversation = Find(id, "conversation");
        lock (conversation.Messages)
            return [.. conversation.Messages];
    }

    /// <summary>Adds what was asked and answered.</summary>
    public void Add(string id, IReadOnlyList<ChatMessage> messages)
    {
        if (!_all.TryGetValue(id, out var conversation))
            return; // deleted meanwhile
        lock (conversation.Messages)
        {
            if (conversation.Messages.Count + messages.Count > MaxMessages)
                throw new RequestException(StatusCodes.Status400BadRequest, $"Conversation '{id}' is full: it may have {MaxMessages} messages.", "conversation");
            conversation.Messages.AddRange(messages);
        }
    }

    /// <summary>A page of items as the query wants it: <c>limit</c> (20, at most 100), <c>order</c>, <c>after</c>.</summary>
    public static ItemList List(IReadOnlyList<ResponseItem> items, HttpContext http)
    {
        const int MaxPage = 100;
        var query = http.Request.Query;
        var limit = int.TryParse(query["limit"].FirstOrDefault(), out var wanted) ? Math.Clamp(wanted, 1, MaxPage) : 20;
        IEnumerable<ResponseItem> ordered = query["order"].FirstOrDefault() == "asc" ? items : items.Reverse();
        if (query["after"].FirstOrDefault() is { Length: > 0 } after)
            ordered = ordered.SkipWhile(i => i.Id != after).Skip(1);
        ResponseItem[] page = [.. ordered.Take(limit + 1)];
        var shown = page.Length > limit ? page[..limit] : page;
        return new ItemList("list", shown, shown.FirstOrDefault()?.Id, shown.LastOrDefault()?.Id, page.Length > limit);
    }

    private static IReadOnlyList<ResponseItem> Items(Conversation conversation)
    {
        lock (conversation.Messages)
            return ResponseItem.Of(conversation.Messages, conversation.Id);
    }

    private Conversation Find(string id, string parameter) => _all.TryGetValue(id, out var found)
        ? found
        : throw new RequestException(StatusCodes.Status404NotFound, $"There is no conversation '{id}'.", parameter, "conversation_not_found");

    private static string Id(HttpContext http) => (string?)http.Request.RouteValues["id"] ?? "";

    private static Task WriteAsync(HttpContext http, Conversation conversation) => http.Response.WriteAsJsonAsync(
        new ConversationObject(conversation.Id, "conversation", conversation.Created, conversation.Metadata ?? JsonElement.Parse("{}")), Wire.Options, http.RequestAborted);

    private sealed class Conversation(string id, long created)
    {
        public string Id { get; } = id;

        public long Created { get; } = created;

        public JsonElement? Metadata { get; set; }

        public List<ChatMessage> Messages { get; } = [];
    }

    private sealed record ConversationObject(string Id, string Object, long CreatedAt, JsonElement Metadata);
}
