using System.Reflection;
using Hub.Abstractions;

namespace ToolTape;

/// <summary>Registers the types of the tape beside the plugin.</summary>
public sealed class ToolTapePlugin : IHubPlugin
{
    /// <inheritdoc/>
    /// <exception cref="HubException">The tape cannot be read.</exception>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        var tape = Tape.Load(Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, Tape.FileName));
        hub.AddModel<ScriptedOptions>("scripted_llm", (options, _) => new ScriptedModel(options));
        foreach (var (type, track) in tape.Functions)
            hub.AddTool<TapeOptions>(type, (_, _) => new TapeFunction(type, track));
        foreach (var (type, members) in tape.Groups)
            hub.AddToolGroup<TapeOptions>(type, (_, _) => [.. members.Select(m => new TapeFunction(m.Key, m.Value))]);
    }
}
