using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Models;

/// <summary>A model's replies on tape: recorded once, played back for ever.</summary>
/// <remarks>
/// A reply is found by the hash of its request (messages, tool names, sampling) and by how often that request was made before.
/// The file has one JSON object a line. Thread safety: all members.
/// </remarks>
public sealed class TapeChatClient : IChatClient
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TapeMode _mode;
    private readonly IChatClient? _inner;
    private readonly Dictionary<string, List<TapeEntry>> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>Opens a tape.</summary>
    /// <param name="path">The file; made where it is not there and the mode records.</param>
    /// <param name="mode">What to do with requests.</param>
    /// <param name="inner">The model to record, for <see cref="TapeMode.Record"/> and <see cref="TapeMode.Replay"/>; disposed with the tape.</param>
    /// <exception cref="HubException">The file is missing or damaged, or there is no model to record.</exception>
    public TapeChatClient(string path, TapeMode mode, IChatClient? inner = null)
    {
        if (mode != TapeMode.Strict && inner is null)
            throw new HubException($"Tape '{path}' is to {mode.ToString().ToLowerInvariant()} and has no model to ask. Give it one, or use the mode strict.");
        (_path, _mode, _inner) = (path, mode, inner);
        if (mode != TapeMode.Record || File.Exists(path))
            Read();
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> asked = [.. messages];
        var text = Describe(asked, options);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (Known(key) is { } known)
            return known;
        if (_mode == TapeMode.Strict)
            throw new HubException($"Tape '{_path}' has no {(_entries.ContainsKey(key) ? "further " : "")}reply to this request:\n  {EventText.OneLine(text)}\nIts last known request is:\n  {LastRequest()}\nRecord the tape again, or ask what it knows.");
        var reply = await _inner!.GetResponseAsync(asked, options, cancellationToken);
        Write(new TapeEntry(key, EventText.OneLine(asked.Count == 0 ? "" : asked[^1].Text), reply));
        return reply;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType?.IsInstanceOfType(this) == true ? this : _inner?.GetService(serviceType!, serviceKey);

    /// <inheritdoc/>
    public void Dispose() => _inner?.Dispose();

    /// <summary>A request in a form that is the same whenever the request is.</summary>
    private static string Describe(IReadOnlyList<ChatMessage> messages, ChatOptions? options) => JsonSerializer.Serialize(
        new
        {
            messages,
            tools = options?.Tools?.Select(t => t.Name),
            stop = options?.StopSequences,
            temperature = options?.Temperature,
            max_tokens = options?.MaxOutputTokens,
        },
        HubJson.Options);

    private ChatResponse? Known(string key)
    {
        lock (_lock)
        {
            var times = _asked.GetValueOrDefault(key);
            _asked[key] = times + 1;
            return _mode != TapeMode.Record && _entries.TryGetValue(key, out var replies) && times < replies.Count ? replies[times].Reply : null;
        }
    }

    private string LastRequest()
    {
        lock (_lock)
            return _entries.Values.LastOrDefault()?[^1].Request ?? "(the tape is empty)";
    }

    private void Write(TapeEntry entry)
    {
        lock (_lock)
        {
            File.AppendAllText(_path, JsonSerializer.Serialize(entry, HubJson.Options) + "\n");
            Add(entry);
        }
    }

    private void Read()
    {
        if (!File.Exists(_path))
        {
            if (_mode == TapeMode.Strict)
                throw new HubException($"There is no tape '{_path}'. Record it first with mode record.");
            return;
        }

        var number = 0;
        foreach (var line in File.ReadLines(_path))
        {
            number++;
            if (line.Length == 0)
                continue;
            try
            {
                Add(JsonSerializer.Deserialize<TapeEntry>(line, HubJson.Options) ?? throw new JsonException("it is null"));
            }
            catch (JsonException damaged)
            {
                throw new HubException($"{_path}:{number}: this line of the tape cannot be read: {damaged.Message} Record the tape again.", damaged);
            }
        }
    }

    private void Add(TapeEntry entry)
    {
        if (!_entries.TryGetValue(entry.Key, out var replies))
            _entries[entry.Key] = replies = [];
        replies.Add(entry);
    }

    private sealed record TapeEntry(string Key, string Request, ChatResponse Reply);
}
