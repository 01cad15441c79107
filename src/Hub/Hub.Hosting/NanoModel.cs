using Backends.Serving.Chat;
using Backends.Serving.Engine;
using Backends.Serving.Tokenization;
using Backends.Torch;
using Backends.Torch.Native;
using Backends.Torch.Safetensors;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Hosting;

/// <summary>Loads models that run in this process: the built-in <c>hub-nano</c>, or a folder of one's own.</summary>
public static class NanoModel
{
    /// <summary>Name of the built-in model.</summary>
    public const string Name = "hub-nano";

    /// <summary>Loads the built-in model.</summary>
    /// <returns>A chat client that owns its engine; the caller, or the hub that it is given to, disposes it.</returns>
    /// <exception cref="HubException">The model's files are not there or damaged, or TorchSharp does not load on this machine.</exception>
    public static IChatClient Load() => Load(FindFolder(), Name);

    /// <summary>Loads a model folder: <c>config.json</c>, <c>model.safetensors</c> and <c>tokenizer.json</c> in Hugging Face's layout.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="modelId">Name to report; null for the folder's.</param>
    /// <exception cref="HubException">The folder's files are not there or damaged, or TorchSharp does not load on this machine.</exception>
    public static IChatClient Load(string folder, string? modelId = null)
    {
        if (!Directory.Exists(folder))
            throw new HubException($"There is no model folder '{folder}'. A folder with config.json, model.safetensors and tokenizer.json is needed.");
        try
        {
            var template = new ChatTemplate(EngineTokenizer.Load(Path.Combine(folder, "tokenizer.json")));
            var engine = new GenerationEngine(TorchTokenModel.Load(folder), template);
            return new EngineChatClient(engine, new EngineChatClientOptions { ModelId = modelId ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) });
        }
        catch (Exception damaged) when (damaged is TokenizerFormatException or SafetensorsException or TorchNativeException or FormatException or ArgumentException or IOException)
        {
            throw new HubException($"Model '{folder}' cannot be loaded: {damaged.Message}", damaged);
        }
    }

    /// <summary>The built-in model's folder: beside the program, where builds and publishes put it.</summary>
    /// <exception cref="HubException">It is not there.</exception>
    public static string FindFolder()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "models", Name);
        return File.Exists(Path.Combine(folder, "model.safetensors"))
            ? folder
            : throw new HubException($"The built-in model is not at '{folder}'. Build the project again, or train it with 'hub train nano --output {folder}'.");
    }
}
