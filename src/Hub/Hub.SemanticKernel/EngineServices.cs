using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Hub.SemanticKernel;

/// <summary>Puts models into a kernel's services: each under its name, and the first of a kind without one unless the app has its own.</summary>
internal sealed class EngineServices(IServiceCollection services)
{
    /// <summary>A model as <see cref="IChatClient"/> and <see cref="IChatCompletionService"/>; it calls the kernel's functions where the caller allows it.</summary>
    public void AddChat(string name, Func<IServiceProvider, IChatClient> create)
    {
        services.AddKeyedSingleton<IChatClient>(name, (provider, _) => create(provider).AsBuilder().UseKernelFunctionInvocation(provider.GetService<ILoggerFactory>()).Build(provider));
        services.AddKeyedSingleton(name, (provider, key) => provider.GetRequiredKeyedService<IChatClient>(key).AsChatCompletionService(provider));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IChatClient>(name));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IChatCompletionService>(name));
    }

    /// <summary>A model as a generator of text embeddings.</summary>
    public void AddEmbedder(string name, Func<IServiceProvider, IEmbeddingGenerator<string, Embedding<float>>> create)
    {
        services.AddKeyedSingleton(name, (provider, _) => create(provider));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(name));
    }
}
