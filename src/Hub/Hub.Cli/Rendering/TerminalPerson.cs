using Hub.Abstractions;
using Spectre.Console;

namespace Hub.Cli.Rendering;

/// <summary>The person at the terminal.</summary>
internal sealed class TerminalPerson : IPerson
{
    public async Task<string?> AskAsync(PersonPrompt prompt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var title = Markup.Escape(prompt.Question);
        return prompt.Options.Count > 0
            ? await AnsiConsole.PromptAsync(new SelectionPrompt<string>().Title(title).AddChoices(prompt.Options), cancellationToken)
            : await AnsiConsole.PromptAsync(new TextPrompt<string>(title).AllowEmpty(), cancellationToken);
    }
}
