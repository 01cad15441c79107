using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Hub.SemanticKernel;

/// <summary>A hub in a Semantic Kernel app, and a Semantic Kernel plugin in a hub.</summary>
public static class HubKernelExtensions
{
    /// <summary>Name of the plugin that holds the reasoners.</summary>
    public const string PluginName = "hub";

    /// <summary>Gives the kernel a hub in this process: reasoners as functions of the plugin <c>hub</c>, models as chat services, embedders as generators.</summary>
    /// <param name="builder">The kernel's builder.</param>
    /// <param name="hub">The hub; it stays its owner's.</param>
    /// <remarks>The names are those that the hub has now.</remarks>
    public static IKernelBuilder AddHub(this IKernelBuilder builder, IHub hub)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(hub);
        var functions = hub.Functions;
        builder.Plugins.Add(ReasonerPlugin.Create(hub, functions));
        var services = new EngineServices(builder.Services);
        foreach (var model in functions.Where(f => f.Kind == HubFunctionKind.Model))
            services.AddChat(model.Name[HubFunction.ModelPrefix.Length..], _ => hub.AsChatClient(model.Name));
        foreach (var embedder in hub.Embedders)
            services.AddEmbedder(embedder, _ => hub.Embedder(embedder));
        return builder;
    }

    /// <summary>Gives the kernel a hub that is served elsewhere, over its OpenAI-compatible API.</summary>
    /// <param name="builder">The kernel's builder.</param>
    /// <param name="address">Where the hub is served, e.g. <c>http://localhost:8000</c>.</param>
    /// <param name="options">Key and HTTP client; null for none.</param>
    /// <param name="cancellationToken">Cancels the listing of its models.</param>
    /// <exception cref="HubException">No hub answers there, or it asks for a key.</exception>
    public static async Task<IKernelBuilder> AddHubAsync(
        this IKernelBuilder builder, Uri address, RemoteHubOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var remote = await RemoteHub.ConnectAsync(address, options, cancellationToken);
        builder.Plugins.Add(ReasonerPlugin.Create(remote));
        var services = new EngineServices(builder.Services);
        foreach (var model in remote.Engines)
            services.AddChat(model, _ => remote.Chat(model));
        foreach (var model in remote.Embedders)
            services.AddEmbedder(model, _ => remote.Embedder(model));
        return builder;
    }

    /// <summary>Gives a kernel that is built already the reasoners of a served hub, as functions of the plugin <c>hub</c>.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="address">Where the hub is served, e.g. <c>http://localhost:8000</c>.</param>
    /// <param name="options">Key, HTTP client, name of the plugin; null for none.</param>
    /// <param name="cancellationToken">Cancels the listing of its models.</param>
    /// <returns>The plugin. A kernel's services are fixed when it is built: <see cref="AddHubAsync"/> brings the hub's models too.</returns>
    /// <exception cref="HubException">No hub answers there, it asks for a key, or the kernel has a plugin of that name.</exception>
    public static async Task<KernelPlugin> ImportHubAsync(
        this Kernel kernel, Uri address, RemoteHubOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        var name = options?.PluginName ?? PluginName;
        if (kernel.Plugins.Contains(name))
            throw new HubException($"The kernel has a plugin '{name}' already. Name another in {nameof(RemoteHubOptions)}.{nameof(RemoteHubOptions.PluginName)}.");
        var plugin = ReasonerPlugin.Create(await RemoteHub.ConnectAsync(address, options, cancellationToken));
        kernel.Plugins.Add(plugin);
        return plugin;
    }

    /// <summary>Hands a plugin to the hub: its functions become tools <c>PLUGIN__FUNCTION</c>, and the plugin's name stands for all of them.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="kernel">The kernel that runs the functions, filters included.</param>
    /// <param name="plugin">The plugin.</param>
    /// <param name="redo">What a resume may do with a call that was in flight at a crash.</param>
    /// <remarks>Runs that begin from now on have the tools; see <see cref="IHub.AddTools"/> for how an agent names them.</remarks>
    public static void AddTools(this IHub hub, Kernel kernel, KernelPlugin plugin, Redo redo = Redo.Never)
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(plugin);
        AIFunction[] tools = [.. plugin.Select(function => new PluginTool(kernel, plugin.Name, function, redo))];
        hub.AddTools(plugin.Name, tools);
        StepWatch.Skip(kernel, tools.Select(t => t.Name));
    }
}
