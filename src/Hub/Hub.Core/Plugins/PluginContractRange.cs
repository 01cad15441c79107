using Hub.Abstractions;

namespace Hub.Core.Plugins;

/// <summary>Versions of the contract that a plugin runs with.</summary>
/// <param name="From">The lowest, such as <c>1.0</c>.</param>
/// <param name="Below">The first that it does not run with, such as <c>2.0</c>.</param>
/// <param name="MicrosoftExtensionsAI">Major version of Microsoft.Extensions.AI.Abstractions that it was compiled with.</param>
public sealed record PluginContractRange(
    string From, string Below, [property: System.Text.Json.Serialization.JsonPropertyName("microsoft_extensions_ai")] int MicrosoftExtensionsAI)
{
    /// <exception cref="PluginException">This hub's contract is not one of these.</exception>
    internal void Check(string path)
    {
        if (!Version.TryParse(From, out var from) || !Version.TryParse(Below, out var below))
            throw new PluginException(path, $"contract '{From}' to below '{Below}' is no range of versions; write \"from\": \"1.0\", \"below\": \"2.0\".");
        if (HubContract.Version < from || HubContract.Version >= below)
        {
            throw new PluginException(path,
                $"it runs with contract {From} to below {Below}; this hub has {HubContract.Version}. Get a build of the plugin for this hub, or a hub of that contract.");
        }

        if (MicrosoftExtensionsAI != HubContract.MicrosoftExtensionsAI)
        {
            throw new PluginException(path,
                $"it was compiled with Microsoft.Extensions.AI {MicrosoftExtensionsAI}; this hub shares version {HubContract.MicrosoftExtensionsAI} with its plugins. Compile it with that version.");
        }
    }
}
