using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.FailPoint;

/// <summary>Starts this program's own child processes.</summary>
internal static class Processes
{
    /// <summary>One sitting in a process of its own.</summary>
    /// <param name="script">Name of the script.</param>
    /// <param name="folder">Where the run log and the journals are.</param>
    /// <param name="killAt">The point at which the process ends itself, from 1; 0 for none.</param>
    /// <param name="decisions">Decisions of a resume, or null.</param>
    /// <param name="delay">How long the model thinks.</param>
    /// <param name="killAfter">When to end the process from outside, or null.</param>
    /// <returns>What it said, or null where it was killed.</returns>
    public static async Task<Report?> RunAsync(
        string script, string folder, int killAt, ResumeOptions? decisions = null, TimeSpan delay = default, TimeSpan? killAfter = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Processes).Assembly.Location);
        start.ArgumentList.Add("sit");
        start.ArgumentList.Add(script);
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(killAt.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(delay.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        foreach (var (effect, decision) in decisions?.Decisions ?? new Dictionary<string, EffectDecision>())
            start.ArgumentList.Add($"{effect}={decision.Result}");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        if (killAfter is { } after && await process.StandardOutput.ReadLineAsync() == "begun")
        {
            await Task.Delay(after);
            process.Kill();
        }

        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        const int Killed = 137;
        return process.ExitCode switch
        {
            0 => JsonSerializer.Deserialize<Report>(output[output.IndexOf('{', StringComparison.Ordinal)..]),
            Killed => null,
            _ => throw new InvalidOperationException($"The child ended with {process.ExitCode}: {await errors}"),
        };
    }

    /// <summary>What a sitting that was not killed says.</summary>
    public sealed record Report(RunStatus Status, string Text, PendingInteraction? Pending, int Points);
}
