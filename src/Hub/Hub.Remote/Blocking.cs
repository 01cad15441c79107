namespace Hub.Remote;

/// <summary>The one place where something asynchronous is waited for: a workflow's tools are listed, and disposed, by calls that cannot wait otherwise.</summary>
internal static class Blocking
{
    /// <summary>Runs on the thread pool, so that nothing which the caller holds is needed, and waits.</summary>
    public static T Run<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
