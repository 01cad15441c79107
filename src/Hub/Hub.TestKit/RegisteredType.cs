using Hub.Abstractions;

namespace Hub.TestKit;

/// <summary>One component type that a plugin registered.</summary>
/// <param name="Kind">What it makes.</param>
/// <param name="Name">What a file writes after <c>_type:</c>.</param>
/// <param name="Options">Class of its options.</param>
/// <param name="Create">Makes the component.</param>
public sealed record RegisteredType(ComponentKind Kind, string Name, Type Options, Func<object, IServiceProvider, object> Create)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Name}";
}
