namespace Hub.Abstractions;

/// <summary>Name of credentials, as configuration refers to them.</summary>
/// <param name="Name">The name under <c>authentication</c>.</param>
public readonly record struct AuthenticationRef(string Name)
{
    /// <summary>From its name.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator AuthenticationRef(string name) => new(name);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "";
}
