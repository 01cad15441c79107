using System.Diagnostics;

namespace Knowledge.CrashPoint;

/// <summary>This program as a child that does not live long.</summary>
internal static class Child
{
    private const int Killed = 137;

    /// <summary>Starts a child and kills it some time after it said that it has begun.</summary>
    /// <param name="after">How long after; null where it kills itself.</param>
    /// <param name="arguments">What it is to do.</param>
    /// <exception cref="InvalidOperationException">It ended in another way.</exception>
    public static async Task LiveAndDieAsync(TimeSpan? after, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Child).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        if (await process.StandardOutput.ReadLineAsync() is null)
            throw new InvalidOperationException($"The child ended before it was killed: {await errors}");
        if (after is { } time)
        {
            await Task.Delay(time);
            process.Kill();
        }

        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != Killed)
            throw new InvalidOperationException($"The child ended with {process.ExitCode}: {await errors}");
    }
}
