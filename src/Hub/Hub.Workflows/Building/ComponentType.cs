using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>A registered component type.</summary>
/// <param name="Kind">What it makes.</param>
/// <param name="Name">Name after <c>_type:</c>.</param>
/// <param name="OptionsType">Class of its options.</param>
/// <param name="Create">Makes the component from its options.</param>
public sealed record ComponentType(ComponentKind Kind, string Name, Type OptionsType, Func<object, IServiceProvider, object> Create);
