using Backends.Serving.Chat;
using Backends.Serving.Tokenization;
using Hub.Nano.Tasks;
using Hub.Nano.Traces;
using Microsoft.Extensions.AI;
using Reasoners.ReAct;
using Reasoners.ReWoo;

namespace Hub.Nano.Training;

/// <summary>hub-nano's tokenizer: byte-level BPE with single digits, and one token each for the standing texts of the hub's agents.</summary>
public static class NanoTokenizer
{
    private const int Samples = 3000;
    private const ulong Seed = 4711;

    /// <summary>Trains the tokenizer on generated tasks. Deterministic.</summary>
    /// <param name="vocabularySize">Number of tokens, added ones included.</param>
    public static TokenizerDefinition Train(int vocabularySize)
    {
        var generator = new EpisodeGenerator(Seed);
        var texts = Enumerable.Range(0, Samples).SelectMany(i => Texts(generator.Next(Split.Training), i));
        return BpeTrainer.Train(texts, vocabularySize, [.. ChatTemplate.ControlTokens, .. AddedTexts().Select(t => new AddedToken(t, Special: false))]);
    }

    /// <summary>Texts that are one token each: they stand in every prompt, or in every reply.</summary>
    public static IReadOnlyList<string> AddedTexts()
    {
        var tool = new NanoTool(Operation.Now, "NAME", "TEXT", """{"type":"object","properties":{}}""", []).Declaration;
        const string Line = """NAME: TEXT Arguments: {"type":"object","properties":{}}""";
        return
        [
            .. ReActPrompt.System([tool]).Split(Line), .. ReWooPrompt.Planner([tool]).Split(Line), ReWooPrompt.Solver(),

            " Arguments: {\"type\":\"object\",\"properties\":{\"numbers\":{\"type\":\"array\",\"items\":{\"type\":\"number\"}}},\"required\":[\"numbers\"]}",
            " Arguments: {\"type\":\"object\",\"properties\":{}}", " Arguments: {\"type\":\"object\",\"properties\":{\"",
            "\":{\"type\":\"array\",\"items\":{\"type\":\"number\"}}", "\":{\"type\":\"number\"}", "\":{\"type\":\"string\"}",
            "\":{\"type\":\"integer\"}", "},\"required\":[\"", "\"]}", "Thought: ", "\nAction: ", "\nAction Input: ", "\nFinal Answer: ",
            "Observation: ", "Question: ", "task: ", "plan: ", "Plan: ", "\nResult: ", "\n\nResponse:", "[{\"plan\":\"",
            "\",\"evidence\":{\"placeholder\":\"#E", "\",\"tool\":\"", "\",\"tool_input\":", "}}]", "}},{\"plan\":\"",
            "The current time of day is ", "The time zone is ", "I need to ", "First I need to ", "Now I need to ", "The result is ", EpisodeGenerator.Refusal,
        ];
    }

    private static IEnumerable<string> Texts(NanoEpisode episode, int index)
    {
        var sample = (index % 3) switch { 0 => TraceWriter.ReAct(episode), 1 => TraceWriter.ToolCalling(episode), _ => TraceWriter.Solver(episode) };
        foreach (var message in sample.Messages)
        {
            foreach (var content in message.Contents)
            {
                yield return content switch
                {
                    TextContent text => text.Text,
                    FunctionCallContent call => $"{call.Name} {System.Text.Json.JsonSerializer.Serialize(call.Arguments)}",
                    FunctionResultContent result => result.Result?.ToString() ?? "",
                    _ => "",
                };
            }
        }

        foreach (var tool in sample.Tools)
            yield return ToolLine.Format(tool) + "\n";
        if (index % 4 == 0 && episode.CanBePlanned)
            yield return TraceWriter.Planner(episode).Messages[^1].Text;
    }
}
