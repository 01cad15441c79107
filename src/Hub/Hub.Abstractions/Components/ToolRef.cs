namespace Hub.Abstractions;

/// <summary>Name of a tool, of a group of tools, or of a reasoner used as one, as configuration refers to it.</summary>
/// <param name="Name">The name under <c>functions</c> or <c>function_groups</c>, or <c>group__member</c>.</param>
public readonly record struct ToolRef(string Name)
{
    /// <summary>From its name.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator ToolRef(string name) => new(name);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "";
}
