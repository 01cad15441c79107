using System.Globalization;
using System.Text;
using Hub.Abstractions;
using Hub.Core;
using Microsoft.Extensions.AI;

namespace Hub.FailPoint;

/// <summary>What tools do outside the process: two journals in a folder, each line on the disk before the tool returns.</summary>
/// <param name="folder">Where the journals are.</param>
/// <param name="point">Told before and after each line.</param>
internal sealed class World(string folder, Core.FailPoint? point)
{
    private readonly Lock _lock = new();

    /// <summary>Lines that the keyed tool wrote: one for each key.</summary>
    public IReadOnlyList<string> Deposits => Lines("deposits.txt");

    /// <summary>Lines that the tool without a declaration wrote.</summary>
    public IReadOnlyList<string> Letters => Lines("letters.txt");

    /// <summary>Three tools: one that changes nothing, one that dedups by its key, one that says nothing about itself.</summary>
    public IReadOnlyList<AIFunction> Tools() =>
    [
        HubTool.Create((string city) => city.Length * 7, "temperature", Redo.Freely, "Temperature in a city."),
        HubTool.Create((int amount, ToolCallContext call) => Deposit(amount, call.Key), "deposit", Redo.WithSameKey, "Pays an amount in."),
        AIFunctionFactory.Create((string text) => Send(text), "send", "Sends a letter."),
    ];

    private string Deposit(int amount, string key)
    {
        lock (_lock)
        {
            if (!Deposits.Any(line => line.StartsWith(key + " ", StringComparison.Ordinal)))
                Append("deposits.txt", $"{key} {amount.ToString(CultureInfo.InvariantCulture)}");
            return $"balance {(100 + amount).ToString(CultureInfo.InvariantCulture)}";
        }
    }

    private string Send(string text)
    {
        lock (_lock)
            Append("letters.txt", text);
        return "sent";
    }

    private string[] Lines(string name) => File.Exists(Path.Combine(folder, name)) ? File.ReadAllLines(Path.Combine(folder, name)) : [];

    private void Append(string name, string line)
    {
        point?.Invoke("side:before");
        using (var file = new FileStream(Path.Combine(folder, name), FileMode.Append))
        {
            file.Write(Encoding.UTF8.GetBytes(line + "\n"));
            file.Flush(flushToDisk: true);
        }

        point?.Invoke("side:after");
    }
}
