using Backends.Serving.Chat;
using Backends.Serving.Tokenization;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Tests.Chat;

/// <summary>A template over a tokenizer of bytes and control tokens, and two tools.</summary>
internal static class ChatFixture
{
    public static readonly ChatTemplate Template = new(new EngineTokenizer(BpeTrainer.Train(
        ["Thought: add the numbers\nAction: add\nAction Input: {\"a\":2,\"b\":3}\nFinal Answer: the answer"], 290, ChatTemplate.ControlTokens)));

    public static readonly AIFunction Add = AIFunctionFactory.Create((int a, int b) => a + b, "add", "Adds two numbers.");

    public static readonly AIFunction Find = AIFunctionFactory.Create((string name, string table) => name + table, "find_row", "Finds a row.");
}
