using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Hub.Core;

/// <summary>A process that holds leases.</summary>
/// <param name="Machine">Machine, and on Linux the process id's namespace, within which the id means something.</param>
/// <param name="Pid">Process id.</param>
/// <param name="Process">When the process began, in the machine's own terms: ids are used again, this is not.</param>
internal sealed record LeaseOwner(string Machine, int Pid, string Process)
{
    /// <summary>Leases that writers of this process hold: one that is ours and not here was left behind by a failed release.</summary>
    private static readonly ConcurrentDictionary<long, bool> s_held = new();

    /// <summary>This process.</summary>
    public static LeaseOwner Current { get; } = new(
        Environment.MachineName + NamespaceOfProcesses(), Environment.ProcessId, StartOf(Environment.ProcessId) ?? "");

    /// <summary>For messages.</summary>
    public override string ToString() => this == Current ? "another writer of this process" : $"process {Pid} on {Machine.Split(' ')[0]}";

    /// <summary>Marks a lease as held by a writer of this process.</summary>
    public static void Hold(long lease) => s_held[lease] = true;

    /// <summary>The writer is done with it.</summary>
    public static void Release(long lease) => s_held.TryRemove(lease, out _);

    /// <summary>Whether the owner can still write: looked up on this machine, judged by the last sign of life on others.</summary>
    public bool IsAlive(long lease, TimeSpan silence, TimeSpan timeout)
    {
        if (this == Current)
            return s_held.ContainsKey(lease);
        return Machine == Current.Machine ? StartOf(Pid) == Process : silence < timeout;
    }

    /// <summary>When a process of this machine began, or null where it is gone (a zombie is gone).</summary>
    internal static string? StartOf(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return StartOnLinux(pid);
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // There is no such process, or it ended while it was looked up.
            return null;
        }
    }

    /// <summary>Source: proc(5), /proc/PID/stat: field 3 is the state, field 22 the start in clock ticks since boot.</summary>
    private static string? StartOnLinux(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}/{fields[19]}";
    }

    private static string NamespaceOfProcesses()
    {
        const string Link = "/proc/self/ns/pid";
        return File.Exists(Link) && new FileInfo(Link).LinkTarget is { } target ? " " + target : "";
    }
}
