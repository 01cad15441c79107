using Hub.Abstractions;

namespace Hub.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The run or the command failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong arguments, or a workflow file with mistakes.</summary>
    public const int Usage = 2;

    /// <summary>The run waits for a person.</summary>
    public const int Suspended = 3;

    /// <summary>A budget was spent.</summary>
    public const int BudgetExceeded = 4;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;

    public static int Of(RunStatus status) => status switch
    {
        RunStatus.Completed => Ok,
        RunStatus.Suspended => Suspended,
        RunStatus.BudgetExceeded => BudgetExceeded,
        RunStatus.Interrupted => Interrupted,
        _ => Failed,
    };
}
