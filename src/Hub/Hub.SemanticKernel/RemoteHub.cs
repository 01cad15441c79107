using System.ClientModel;
using System.ClientModel.Primitives;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Hub.SemanticKernel;

/// <summary>A hub that is served elsewhere: what it lists under <c>/v1/models</c>, and clients for each.</summary>
internal sealed class RemoteHub
{
    private const string NoKey = "none"; // the client insists on one, the hub does not

    private readonly OpenAIClient _client;

    private RemoteHub(OpenAIClient client, string pluginName, IReadOnlyList<(string Id, string Kind)> models)
    {
        _client = client;
        PluginName = pluginName;
        Reasoners = [.. models.Where(m => m.Kind is "workflow" or "reasoner").Select(m => m.Id)];
        Engines = [.. models.Where(m => m.Kind == "model").Select(m => m.Id)];
        Embedders = [.. models.Where(m => m.Kind == "embedder").Select(m => m.Id), .. Engines];
    }

    public string PluginName { get; }

    /// <summary>The workflow and its reasoners.</summary>
    public IReadOnlyList<string> Reasoners { get; }

    /// <summary>Models by themselves.</summary>
    public IReadOnlyList<string> Engines { get; }

    /// <summary>Whatever the hub embeds with: its embedders, then its engines.</summary>
    public IReadOnlyList<string> Embedders { get; }

    /// <summary>Asks a hub what it has.</summary>
    /// <exception cref="HubException">No hub answers there, or it asks for a key.</exception>
    public static async Task<RemoteHub> ConnectAsync(Uri address, RemoteHubOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new RemoteHubOptions();
        var settings = new OpenAIClientOptions { Endpoint = new Uri($"{address.AbsoluteUri.TrimEnd('/')}/v1"), NetworkTimeout = options.Timeout };
        if (options.HttpClient is { } http)
            settings.Transport = new HttpClientPipelineTransport(http);
        var client = new OpenAIClient(new ApiKeyCredential(options.ApiKey is { Length: > 0 } key ? key : NoKey), settings);
        try
        {
            var listing = await client.GetOpenAIModelClient().GetModelsAsync(cancellationToken);
            return new RemoteHub(client, options.PluginName, [.. listing.Value.Select(m => (m.Id, m.OwnedBy))]);
        }
        catch (ClientResultException refused) when (refused.Status == 401)
        {
            throw new HubException($"The hub at {address} asks for a key. Give it in {nameof(RemoteHubOptions)}.{nameof(RemoteHubOptions.ApiKey)}.", refused);
        }
        catch (Exception silent) when (silent is ClientResultException or HttpRequestException or AggregateException)
        {
            throw new HubException($"No hub answers at {address}: {silent.GetBaseException().Message} Start one with 'hub serve', or correct the address.", silent);
        }
    }

    public IChatClient Chat(string model) => _client.GetChatClient(model).AsIChatClient();

    public IEmbeddingGenerator<string, Embedding<float>> Embedder(string model) => _client.GetEmbeddingClient(model).AsIEmbeddingGenerator();
}
