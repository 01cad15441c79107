namespace Hub.Abstractions;

/// <summary>Name of an object store, as configuration refers to it.</summary>
/// <param name="Name">The name under <c>object_stores</c>.</param>
public readonly record struct ObjectStoreRef(string Name)
{
    /// <summary>From its name.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator ObjectStoreRef(string name) => new(name);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "";
}
