using Backends.Serving.Tokenization;

namespace Backends.Serving.Tests.Tokenization;

/// <summary>One small tokenizer, trained on a few sentences, with control tokens, a paragraph and a newline as added tokens.</summary>
internal static class TokenizerFixture
{
    public const string Paragraph = "Answer with the tools below.\nThought: think first.\n";

    public const int Size = 300;

    public static readonly AddedToken[] Added =
    [
        new("<|end|>", Special: true),
        new("<|user|>", Special: true),
        new(Paragraph, Special: false),
        new("Answer with", Special: false),
        new("\n", Special: false),
        new("{\"type\":\"object\",\"properties\":{", Special: false),
    ];

    public static readonly string[] Texts =
    [
        "The product of fourteen and twenty seven is greater than three hundred.",
        "the sum of the parts is the whole of the thing, the theory of the thing",
        "Is 14 times 27 greater than 300? The answer: 378 is greater.",
        "naïve café, über Straße; 東京は日本の首都です。 東京 東京 🙂🙂🙂",
        "aaaa aaa aaaaaaa abab ababab abc abc abcabc",
    ];

    public static readonly TokenizerDefinition Definition = BpeTrainer.Train(Texts, Size, Added);

    public static readonly EngineTokenizer Tokenizer = new(Definition);
}
