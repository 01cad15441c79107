using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.Tools;

namespace Reasoners.ControlFlow;

/// <summary>Gives the question to several functions at once; the answer has a block for each, <c>name:</c> and its result, in their order.</summary>
public sealed class ParallelReasoner : IReasoner, IToolUser
{
    private readonly ParallelExecutorOptions _options;

    /// <summary>Creates the fan-out.</summary>
    /// <param name="options">Options; not changed afterwards.</param>
    public ParallelReasoner(ParallelExecutorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    IReadOnlyList<ToolRef> IToolUser.Tools => _options.Tools;

    /// <summary>Calls all functions.</summary>
    /// <param name="run">The scope that this call works in; each function gets a branch of it.</param>
    /// <param name="request">The question is every function's input.</param>
    /// <exception cref="EffectFailedException">A function failed, and failures are not to become text; the first in their order.</exception>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        var blocks = await run.AllAsync(_options.Tools, (branch, name) => BlockAsync(branch, name, request.Question), _options.MaxParallelToolCalls);
        return await run.FinishAsync(string.Join("\n\n", blocks));
    }

    private async Task<string> BlockAsync(IRun branch, ToolRef name, string question)
    {
        try
        {
            return $"{name}:\n{await ChainLink.CallAsync(branch, branch.Tool(name), question)}";
        }
        catch (Exception failure) when (_options.ReturnErrorOnException && ChainLink.IsFailure(failure))
        {
            return $"{name}:\nERROR: {ChainLink.Describe(failure)}";
        }
    }
}
