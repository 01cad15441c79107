using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>The components of one file, by name.</summary>
internal sealed class ComponentSet
{
    private readonly Dictionary<ComponentKind, Dictionary<string, BoundComponent>> _sections =
        SectionKinds.All.ToDictionary(s => s.Kind, _ => new Dictionary<string, BoundComponent>(StringComparer.Ordinal));

    /// <summary>What is under <c>llms</c>, or the one that stands for all of it.</summary>
    public Dictionary<string, BoundComponent> Models => _sections[ComponentKind.Model];

    /// <summary>Tools and reasoners, the workflow among them.</summary>
    public Dictionary<string, BoundComponent> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>Groups of tools.</summary>
    public Dictionary<string, BoundComponent> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>What is under <c>eval.evaluators</c> and can be made here.</summary>
    public Dictionary<string, BoundComponent> Evaluators { get; } = new(StringComparer.Ordinal);

    /// <summary>Every type that a component of the file is of and this hub does not have.</summary>
    public List<MissingType> MissingTypes { get; } = [];

    /// <summary>Components of types that the toolkit has and this hub has not, by key.</summary>
    public Dictionary<string, MissingComponent> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys of components that have a mistake of their own and could not be bound.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>Components of a kind that has a section of its own.</summary>
    /// <param name="kind">The kind.</param>
    public Dictionary<string, BoundComponent> Section(ComponentKind kind) => _sections[kind];
}
