namespace Hub.Abstractions;

/// <summary>Name of an embedder, as configuration refers to it.</summary>
/// <param name="Name">The name under <c>embedders</c>.</param>
public readonly record struct EmbedderRef(string Name)
{
    /// <summary>From its name.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator EmbedderRef(string name) => new(name);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "";
}
