using Microsoft.Extensions.AI;
using Reasoners.Prompting;

namespace Reasoners.Tests;

public sealed class ConversationTests
{
    [Theory]
    [InlineData("uau", 15, "0 1 2")]
    [InlineData("uau", 3, "0 1 2")]
    [InlineData("uau", 2, "2")] // what is left begins with a user's message
    [InlineData("uau", 1, "2")]
    [InlineData("suau", 4, "0 1 2 3")]
    [InlineData("suau", 3, "0 3")] // the system message counts
    [InlineData("suau", 1, "0 3")] // the question is never dropped
    [InlineData("uauau", 4, "2 3 4")]
    [InlineData("aaa", 2, "2")]
    [InlineData("u", 1, "0")]
    [InlineData("s", 1, "0")]
    public void Trim_Conversation_KeepsTheNewest(string roles, int max, string kept)
    {
        ChatMessage[] messages = [.. roles.Select((role, i) => new ChatMessage(
            role switch { 's' => ChatRole.System, 'u' => ChatRole.User, _ => ChatRole.Assistant }, i.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        Assert.Equal(kept, string.Join(' ', Conversation.Trim(messages, max).Select(m => m.Text)));
    }
}
