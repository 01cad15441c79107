using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Models as a run sees them.</summary>
public static class RunModels
{
    /// <summary>A chat client whose every call is an effect of the run: logged, resumable, budgeted.</summary>
    /// <param name="run">The scope that calls.</param>
    /// <param name="model">Name of a registered model.</param>
    /// <exception cref="UnknownNameException">No model has that name.</exception>
    public static IChatClient Model(this IRun run, ModelRef model)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new RunChatClient(run, model.Name, run.Components().Model(model.Name));
    }

    /// <summary>The host's components.</summary>
    /// <param name="run">The scope that asks.</param>
    /// <exception cref="InvalidOperationException">The host offers none.</exception>
    public static IHubComponents Components(this IRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.GetService(typeof(IHubComponents)) as IHubComponents
            ?? throw new InvalidOperationException("This run has no components: its host must offer IHubComponents through IRun.GetService.");
    }
}
