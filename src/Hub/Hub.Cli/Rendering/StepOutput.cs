using Hub.Abstractions;
using Hub.Core;
using Spectre.Console;

namespace Hub.Cli.Rendering;

/// <summary>Thoughts, actions and observations as they happen: coloured in a terminal, plain lines in a pipe.</summary>
internal sealed class StepOutput(bool styled) : Output
{
    private static readonly (string Prefix, string Style)[] s_styles =
    [
        ("Thought:", "grey"), ("Action Input:", "blue"), ("Action:", "blue bold"), ("Final Answer:", "green bold"), ("Observation:", "yellow"),
    ];

    private readonly LineBuffer _lines = new();
    private bool _streamed;
    private bool _saidAction;

    public override void Event(RunEvent entry, Func<string, byte[]?> payload)
    {
        switch (entry.Kind)
        {
            case RunEventKind.LlmNewToken:
                _streamed = true;
                foreach (var line in _lines.Push(entry.Chunk ?? ""))
                    Line(line, entry);
                break;
            case RunEventKind.LlmEnd when entry.Failure is null && _streamed:
                _streamed = false;
                if (_lines.Flush() is { } rest)
                    Line(rest, entry);
                break;
            case RunEventKind.LlmEnd:
                Text(entry.Failure is null ? "" : $"Model '{entry.Name}' failed: ", EventText.Full(entry, payload), entry);
                break;
            case RunEventKind.ToolStart when _saidAction:
                // The model's own words named the tool and its input just now.
                break;
            case RunEventKind.ToolStart:
                Line($"→ {entry.Name} {EventText.OneLine(EventText.Full(entry, payload))}", entry, "blue");
                break;
            case RunEventKind.ToolEnd:
                Text("Observation: ", EventText.Full(entry, payload), entry);
                break;
            case RunEventKind.FunctionStart:
                Line($"▼ {entry.Name}", entry, "bold");
                break;
            case RunEventKind.FunctionEnd:
                Line($"▲ {entry.Name}{(entry.Failure is { } failure ? $" failed: {failure.Message}" : "")}", entry, "bold");
                break;
        }
    }

    private static int Depth(RunEvent entry) => entry.ParentId == "root" ? 0 : entry.ParentId.Count(c => c == '/') + 1;

    private void Text(string prefix, string text, RunEvent entry)
    {
        foreach (var line in (prefix + text).TrimEnd().Split('\n'))
            Line(line, entry);
    }

    private void Line(string line, RunEvent entry, string? style = null)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        _saidAction = line.StartsWith("Action", StringComparison.Ordinal);
        var indent = new string(' ', 2 * Depth(entry));
        style ??= s_styles.FirstOrDefault(s => line.TrimStart().StartsWith(s.Prefix, StringComparison.Ordinal)).Style;
        if (styled && style is not null)
            AnsiConsole.MarkupLine($"{indent}[{style}]{Markup.Escape(line)}[/]");
        else
            Console.Out.WriteLine(indent + line);
    }
}
