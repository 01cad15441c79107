using Hub.Abstractions;

namespace Hub.Cli.Rendering;

/// <summary>Nothing but the answer.</summary>
internal sealed class QuietOutput : Output
{
    public override void Event(RunEvent entry, Func<string, byte[]?> payload)
    {
        // The answer alone was asked for.
    }
}
