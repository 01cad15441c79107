using Hub.Abstractions;

namespace Reasoners;

/// <summary>A reasoner that says which tools it may call, for one that plans for it.</summary>
internal interface IToolUser
{
    /// <summary>Names of the tools and groups.</summary>
    IReadOnlyList<ToolRef> Tools { get; }
}
