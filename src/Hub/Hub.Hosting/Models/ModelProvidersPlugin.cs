using Hub.Abstractions;
using Hub.Core.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Hosting.Models;

/// <summary>The providers of models and embeddings that every hub has.</summary>
public sealed class ModelProvidersPlugin : IHubPlugin
{
    /// <inheritdoc/>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.AddModel<OpenAIOptions>("openai", (o, services) => OpenAIModels.OpenAI(o, services.GetService<TimeProvider>()))
            .AddModel<NimOptions>("nim", (o, services) => OpenAIModels.Nim(o, services.GetService<TimeProvider>()))
            .AddModel<AzureOpenAIOptions>("azure_openai", (o, services) => OpenAIModels.Azure(o, services.GetService<TimeProvider>()))
            .AddModel<TestLlmOptions>("nat_test_llm", (o, services) => new TestChatClient(o, services.GetService<TimeProvider>() ?? TimeProvider.System))
            .AddModel<TapeOptions>("tape", (o, services) => new TapeChatClient(o.Path!, o.Mode, string.IsNullOrEmpty(o.Llm.Name) ? null : services.GetRequiredService<IHubComponents>().Model(o.Llm.Name)))
            .AddModel<LocalOptions>("hub_local", (o, _) => Local(o));
        hub.AddEmbedder<EmbedderOptions>("openai", (o, services) => OpenAIModels.OpenAIEmbedder(o, services.GetService<TimeProvider>()))
            .AddEmbedder<NimEmbedderOptions>("nim", (o, services) => OpenAIModels.NimEmbedder(o, services.GetService<TimeProvider>()))
            .AddEmbedder<EmbedderOptions>("azure_openai", (o, services) => OpenAIModels.AzureEmbedder(o, services.GetService<TimeProvider>()));
    }

    private static IChatClient Local(LocalOptions options)
    {
        var model = options.Model == NanoModel.Name ? NanoModel.Load() : NanoModel.Load(options.Model);
        return model.AsBuilder().ConfigureOptions(chat =>
        {
            chat.Temperature ??= options.Temperature;
            chat.TopP ??= options.TopP;
            chat.MaxOutputTokens ??= options.MaxTokens;
            if (options.Seed is not null)
                chat.Seed = options.Seed;
        }).Build();
    }
}
