namespace Hub.Abstractions;

/// <summary>Name of a memory, as configuration refers to it.</summary>
/// <param name="Name">The name under <c>memory</c>.</param>
public readonly record struct MemoryRef(string Name)
{
    /// <summary>From its name.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator MemoryRef(string name) => new(name);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "";
}
