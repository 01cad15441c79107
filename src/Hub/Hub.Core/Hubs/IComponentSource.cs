namespace Hub.Core;

/// <summary>Gives each run the components that it begins with, and keeps them for it until it ends: what is swapped meanwhile does not touch it.</summary>
public interface IComponentSource : IDisposable
{
    /// <summary>Names of the reasoners that a new run may name, the default one first.</summary>
    IReadOnlyList<string> Reasoners { get; }

    /// <summary>Components for one run.</summary>
    /// <param name="plugins">Plugin versions that a resumed run began with; null for a new run, which gets the current ones.</param>
    /// <exception cref="Hub.Abstractions.PluginVersionMissingException">A version is not here any more.</exception>
    ComponentLease Acquire(IReadOnlyDictionary<string, string>? plugins);
}
