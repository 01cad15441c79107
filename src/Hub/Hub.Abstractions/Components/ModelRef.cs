namespace Hub.Abstractions;

/// <summary>Name of a model, as configuration refers to it.</summary>
/// <param name="Name">The name under <c>llms</c>.</param>
public readonly record struct ModelRef(string Name)
{
    /// <summary>From its name.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator ModelRef(string name) => new(name);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "";
}
