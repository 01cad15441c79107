using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Runs.Benchmarks;

/// <summary>LangGraph.js in a process of its own that stays warm: <c>eval/peers/langgraph</c>, after <c>npm ci</c> there.</summary>
internal sealed class LangGraph : IDisposable
{
    private readonly Process _process;

    private LangGraph(Process process) => _process = process;

    /// <summary>Starts it, or returns null where it is not installed.</summary>
    /// <param name="folder">Its folder in the repository.</param>
    public static LangGraph? Start(string folder)
    {
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            return null;
        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("steps.mjs");
        return new LangGraph(Process.Start(start) ?? throw new InvalidOperationException("node did not start."));
    }

    /// <summary>Runs the agent once.</summary>
    /// <param name="saver"><c>none</c>, <c>memory</c> or <c>sqlite</c>.</param>
    /// <param name="steps">Steps of the run.</param>
    public async Task<Sample> MeasureAsync(string saver, int steps)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{saver} {steps}"));
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("LangGraph.js ended; its error is above.");
        using var answer = JsonDocument.Parse(line);
        double Field(string name) => answer.RootElement.GetProperty(name).GetDouble();
        return new Sample(Field("microseconds"), Field("cpu"), 0, Field("bytes"));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
