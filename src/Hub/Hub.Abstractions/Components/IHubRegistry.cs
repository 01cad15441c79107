namespace Hub.Abstractions;

/// <summary>Takes component types by the name that a workflow file writes after <c>_type:</c>.</summary>
/// <remarks>
/// Options are classes with settable properties and a parameterless constructor; keys are the properties' names in
/// snake_case or <see cref="ConfigKeyAttribute"/>, defaults are the properties' initial values, <c>required</c> properties must be written.
/// Registering a type name twice replaces the first. Plugins call the methods of <see cref="HubRegistryExtensions"/>, one for each kind.
/// </remarks>
public interface IHubRegistry
{
    /// <summary>Registers a component type.</summary>
    /// <param name="kind">What it makes.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the component, of the .NET type that belongs to the kind, from its options.</param>
    IHubRegistry Add<TOptions>(ComponentKind kind, string type, Func<TOptions, IServiceProvider, object> create)
        where TOptions : class, new();
}
