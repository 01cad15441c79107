using System.Text.Json;
using Hub.Nano.Tasks;
using Microsoft.Extensions.AI;
using Reasoners.ReAct;
using Reasoners.ReWoo;

namespace Hub.Nano.Traces;

/// <summary>Tasks solved in the hub's three formats, in the very words of the reasoners' prompts. Pure.</summary>
public static class TraceWriter
{
    /// <summary>A ReAct run.</summary>
    /// <param name="episode">The task.</param>
    public static NanoSample ReAct(NanoEpisode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        List<ChatMessage> messages =
        [
            new(ChatRole.System, ReActPrompt.System(Declarations(episode))),
            new(ChatRole.User, ReActPrompt.Question([new ChatMessage(ChatRole.User, episode.Question)])),
        ];
        foreach (var step in episode.Steps)
        {
            messages.Add(new(ChatRole.Assistant, $"Thought: {step.Thought}\n{ReActPrompt.Action(step.Tool.ToolName, step.Tool.ArgumentsJson(step.Values))}"));
            messages.Add(new(ChatRole.User, ReActPrompt.Observation(step.Result)));
        }

        messages.Add(new(ChatRole.Assistant, $"Thought: {episode.LastThought}\nFinal Answer: {episode.Answer}"));
        return new NanoSample("react", messages, []);
    }

    /// <summary>A run of native tool calls.</summary>
    /// <param name="episode">The task.</param>
    public static NanoSample ToolCalling(NanoEpisode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        List<ChatMessage> messages = [new(ChatRole.User, episode.Question)];
        foreach (var (step, i) in episode.Steps.Select((s, i) => (s, i)))
        {
            var arguments = JsonSerializer.Deserialize<Dictionary<string, object?>>(step.Tool.ArgumentsJson(step.Values));
            messages.Add(new(ChatRole.Assistant, [new FunctionCallContent($"call_{i + 1}", step.Tool.ToolName, arguments)]));
            messages.Add(new(ChatRole.Tool, [new FunctionResultContent($"call_{i + 1}", step.Result)]));
        }

        messages.Add(new(ChatRole.Assistant, episode.Answer));
        return new NanoSample("tool_calling", messages, Declarations(episode));
    }

    /// <summary>What ReWOO's planner is asked and says.</summary>
    /// <param name="episode">A task that can be planned.</param>
    public static NanoSample Planner(NanoEpisode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        var steps = episode.Steps.Select((step, i) =>
            $$$"""{"plan":"{{{Plan(step)}}}","evidence":{"placeholder":"#E{{{i + 1}}}","tool":"{{{step.Tool.ToolName}}}","tool_input":{{{step.Tool.ArgumentsJson(step.Planned)}}}}}""");
        return new NanoSample("rewoo_planner",
            [
                new(ChatRole.System, ReWooPrompt.Planner(Declarations(episode))),
                new(ChatRole.User, ReWooPrompt.Task([new ChatMessage(ChatRole.User, episode.Question)])),
                new(ChatRole.Assistant, $"[{string.Join(',', steps)}]"),
            ],
            []);
    }

    /// <summary>What ReWOO's solver is asked and says.</summary>
    /// <param name="episode">A task that can be planned.</param>
    public static NanoSample Solver(NanoEpisode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        var evidence = string.Concat(episode.Steps.Select((step, i) =>
            ReWooPrompt.Evidence(Plan(step), $"#E{i + 1}", step.Tool.ToolName, step.Tool.ArgumentsJson(step.Values), step.Result)));
        return new NanoSample("rewoo_solver",
            [
                new(ChatRole.System, ReWooPrompt.Solver()),
                new(ChatRole.User, ReWooPrompt.Solve(evidence, episode.Question)),
                new(ChatRole.Assistant, episode.Answer),
            ],
            []);
    }

    private static string Plan(NanoStep step)
    {
        string[] operands = [.. step.Planned.Select(p => p.Trim('"'))];
        return (step.Tool.Operation, operands.Length) switch
        {
            (Operation.Now, _) => "Get the date and time.",
            (Operation.TimeZone, _) => "Get the time zone.",
            (Operation.Lookup, _) => $"Get the {operands[1]} of {operands[0]}.",
            (var operation, > 2) => $"{operation} {string.Join(", ", operands[..^1])} and {operands[^1]}.",
            (var operation, _) => char.ToUpperInvariant(Verbs.Do(operation, operands[0], operands[1])[0]) + Verbs.Do(operation, operands[0], operands[1])[1..] + ".",
        };
    }

    private static AIFunctionDeclaration[] Declarations(NanoEpisode episode) => [.. episode.Tools.Select(t => t.Declaration)];
}
