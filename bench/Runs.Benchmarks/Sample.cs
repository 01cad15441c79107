namespace Runs.Benchmarks;

/// <summary>One measurement.</summary>
/// <param name="Microseconds">Wall time of a step.</param>
/// <param name="CpuMicroseconds">Processor time of a step, of all threads of the process: it suffers less from a busy machine.</param>
/// <param name="AllocatedBytes">Bytes allocated in a step; 0 where unknown.</param>
/// <param name="LogBytes">Bytes that a step leaves on the disk; 0 where there is no log.</param>
internal sealed record Sample(double Microseconds, double CpuMicroseconds, double AllocatedBytes, double LogBytes);
