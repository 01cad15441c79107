namespace Hub.Abstractions;

/// <summary>A memory that keeps tenants apart and knows which run speaks.</summary>
public interface IRunMemory : IMemory
{
    /// <summary>The memory as a run of a tenant sees it.</summary>
    /// <param name="run">The run: its tenant is whose memories are seen, its id the source of what is kept.</param>
    IMemory For(RunHeader run);
}
