using System.ComponentModel;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.Tests.Support;

/// <summary>Small tools, each of which remembers how it was called.</summary>
internal sealed class TestTools
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }

    /// <summary>Returns its text.</summary>
    public AIFunction Echo => HubTool.Create(([Description("any text")] string text) => Note($"echo({text})", text), "echo", Redo.Freely, "Repeats a text.");

    /// <summary>Multiplies two numbers.</summary>
    public AIFunction Multiply => HubTool.Create((double a, double b) => Note($"multiply({a}, {b})", a * b), "multiply", Redo.Freely, "Multiplies two numbers.");

    /// <summary>Sums a list.</summary>
    public AIFunction Sum => HubTool.Create((IReadOnlyList<double> numbers) => Note($"sum({string.Join(", ", numbers)})", numbers.Sum()), "sum", Redo.Freely, "Adds numbers.");

    /// <summary>Has no parameters.</summary>
    public AIFunction Now => HubTool.Create(() => Note("now()", "noon"), "now", Redo.Freely, "Says the time.");

    /// <summary>Returns an object.</summary>
    public AIFunction Point => HubTool.Create(() => Note("point()", new Dictionary<string, double> { ["a"] = 6, ["b"] = 7 }), "point", Redo.Freely, "Returns a and b.");

    /// <summary>Returns nothing.</summary>
    public AIFunction Mute => HubTool.Create(() => Note("mute()", ""), "mute", Redo.Freely, "Returns nothing.");

    /// <summary>Fails the first <paramref name="times"/> calls.</summary>
    public AIFunction Failing(int times = int.MaxValue)
    {
        var left = times;
        return HubTool.Create(() => left-- > 0
            ? throw new InvalidDataException(Note("failing()", "the disk is wet"))
            : Note("failing()", "fine"), "failing", Redo.Freely, "May fail.");
    }

    private T Note<T>(string call, T result)
    {
        lock (_lock)
            _calls.Add(call);
        return result;
    }
}
