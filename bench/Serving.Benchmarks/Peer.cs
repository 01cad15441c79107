using System.Diagnostics;

namespace Serving.Benchmarks;

/// <summary>A server in a process of its own.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    public Peer(string kind)
        : this(kind, new ProcessStartInfo(Environment.ProcessPath!, ["server", kind]))
    {
    }

    private Peer(string kind, ProcessStartInfo start)
    {
        Kind = kind;
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        // Hot methods are compiled well as soon as they are hot, so that a short run measures what a long one would.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        _process = Process.Start(start)!;
        Address = new Uri(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The server '{kind}' did not start."));
    }

    /// <summary>The TypeScript SDK's server; null where it is not installed.</summary>
    public static Peer? TypeScript()
    {
        var folder = Path.GetFullPath(Path.Combine("eval", "peers", "mcp-typescript"));
        return Directory.Exists(Path.Combine(folder, "node_modules")) ? new Peer("mcp-typescript", new ProcessStartInfo("node", ["server.mjs"]) { WorkingDirectory = folder }) : null;
    }

    public string Kind { get; }

    public Uri Address { get; }

    /// <summary>Processor time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Lets the server forget its runs.</summary>
    public void Prune() => _process.StandardInput.WriteLine();

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
