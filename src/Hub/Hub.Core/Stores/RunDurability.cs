namespace Hub.Core;

/// <summary>What a committed event survives.</summary>
public enum RunDurability
{
    /// <summary>The end of the process, kill -9 included. A loss of power may take the last commits, but never damages the log.</summary>
    Process,

    /// <summary>A loss of power: each commit waits until the disk has it.</summary>
    Power,
}
