using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>What a hub has, by name.</summary>
public interface IHubComponents
{
    /// <summary>A model by its configured name.</summary>
    /// <param name="name">Its name in the configuration.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    IChatClient Model(string name);

    /// <summary>The tools behind a name: one function, all members of a group, or one reasoner in the form of a tool.</summary>
    /// <param name="name">Name of a function, group or reasoner.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    IReadOnlyList<AIFunction> Tools(string name);

    /// <summary>A reasoner by its configured name.</summary>
    /// <param name="name">Its name in the configuration.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    IReasoner Reasoner(string name);
}
