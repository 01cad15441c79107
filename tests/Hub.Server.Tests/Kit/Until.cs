namespace Hub.Server.Tests.Kit;

/// <summary>Waits for what happens soon, on a machine that may be busy.</summary>
internal static class Until
{
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> holds)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(until) > s_most)
                throw new TimeoutException($"It did not happen within {s_most.TotalSeconds} s.");
            await Task.Delay(20);
        }
    }
}
