using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What a hub lends to one run.</summary>
/// <param name="Components">Models, tools and reasoners by name.</param>
/// <param name="Limits">Limits on tool calls.</param>
/// <param name="Time">The clock.</param>
/// <param name="Person">Somebody to ask, or null.</param>
/// <param name="Resume">Answers and decisions of this sitting.</param>
internal sealed record RunHost(IHubComponents Components, ToolLimits Limits, TimeProvider Time, IPerson? Person, ResumeOptions Resume)
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(IHubComponents) ? Components
        : serviceType == typeof(ToolLimits) ? Limits
        : serviceType == typeof(TimeProvider) ? Time
        : serviceType == typeof(IPerson) ? Person
        : null;
}
