namespace Hub.Abstractions;

/// <summary>Brings component types into a hub: the built-ins and every plugin come in this way.</summary>
public interface IHubPlugin
{
    /// <summary>Registers the types.</summary>
    /// <param name="hub">Takes them.</param>
    void Configure(IHubRegistry hub);
}
