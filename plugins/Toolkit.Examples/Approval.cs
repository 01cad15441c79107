using System.Text.RegularExpressions;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Toolkit.Examples;

/// <summary>Asks a person, and answers true where the person says yes. The run is suspended where nobody is there.</summary>
internal sealed partial class Approval(ApprovalOptions options) : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        var answer = await run.PromptAsync($"{options.Prompt.Trim()} Please confirm if you would like to proceed. Respond with 'yes' or 'no'.");
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, Yes.IsMatch(answer) ? "True" : "False"));
    }

    [GeneratedRegex(@"\b(yes|y)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Yes { get; }
}
