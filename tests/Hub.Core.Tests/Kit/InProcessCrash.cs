namespace Hub.Core.Tests;

/// <summary>A crash without a process: from the first hit on, every fail-point throws, so that nothing is written any more.</summary>
internal sealed class InProcessCrash(Func<string, bool> condition)
{
    private int _crashed;

    public bool Crashed => Volatile.Read(ref _crashed) == 1;

    public void Hit(string point)
    {
        if (Crashed || condition(point))
        {
            Volatile.Write(ref _crashed, 1);
            throw new Hub.Abstractions.RunLogException($"Crashed at {point}.");
        }
    }
}
