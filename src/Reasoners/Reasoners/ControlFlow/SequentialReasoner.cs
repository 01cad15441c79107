using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.Tools;

namespace Reasoners.ControlFlow;

/// <summary>Calls functions one after another; each gets the result of the one before, the first the question.</summary>
/// <remarks>A function that throws <see cref="ChainExitException"/> ends the chain with its message as the answer.</remarks>
public sealed class SequentialReasoner : IReasoner, IToolUser
{
    private readonly SequentialOptions _options;

    /// <summary>Creates the chain.</summary>
    /// <param name="options">Options; not changed afterwards.</param>
    public SequentialReasoner(SequentialOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    IReadOnlyList<ToolRef> IToolUser.Tools => _options.Tools;

    /// <summary>Runs the chain.</summary>
    /// <param name="run">The scope that this call works in.</param>
    /// <param name="request">The question is the first function's input.</param>
    /// <exception cref="EffectFailedException">A function failed, and its failure is not to become text.</exception>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        var text = request.Question;
        foreach (var name in _options.Tools)
        {
            try
            {
                text = await ChainLink.CallAsync(run, run.Tool(name), text);
            }
            catch (Exception failure) when (ChainLink.ExitOf(failure) is { } answer)
            {
                return await run.FinishAsync(answer);
            }
            catch (Exception failure) when (_options.ReturnErrorOnException && ChainLink.IsFailure(failure))
            {
                return await run.FinishAsync($"Error in {name}: {ChainLink.Describe(failure)}");
            }
        }

        return await run.FinishAsync(text);
    }
}
