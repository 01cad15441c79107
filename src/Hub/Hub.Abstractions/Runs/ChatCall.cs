using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>The request of a model effect.</summary>
internal sealed record ChatCall(string Model, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options);
