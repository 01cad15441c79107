using System.Runtime.InteropServices;

namespace Knowledge.Benchmarks;

/// <summary>A clock that runs while the calling thread does: what other programs take of the machine does not count.</summary>
internal sealed partial class ThreadClock : TimeProvider
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <inheritdoc/>
    public override long TimestampFrequency => 1_000_000_000;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        if (GetTime(ThreadCpuTime, out var time) != 0)
            throw new PlatformNotSupportedException("The system does not tell the time that a thread has run.");
        return (time.Seconds * TimestampFrequency) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
