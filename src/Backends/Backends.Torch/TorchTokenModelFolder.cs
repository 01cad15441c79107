using System.Text.Json;
using Backends.Torch.Llama;
using Backends.Torch.Safetensors;
using TorchSharp;

namespace Backends.Torch;

/// <summary>Model folders in Hugging Face's layout.</summary>
/// <remarks>Tensors have Hugging Face's names; the short convolutions, which it does not know, have names of our own (see <see cref="LlamaNames"/>).</remarks>
internal static class TorchTokenModelFolder
{
    private const string ConfigFile = "config.json";
    private const int MaxConfigBytes = 1 << 20;
    private const int MaxContext = 1 << 20;

    /// <summary>Reads configuration and weights.</summary>
    public static LlamaModel Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using var weights = SafetensorsFolder.Open(folder);
        var path = Path.Combine(folder, ConfigFile);
        var config = ReadConfig(path, hasHead: weights.Contains(LlamaNames.Head));
        CheckShapes(folder, config, weights);
        var model = new LlamaModel(config);
        try
        {
            Copy(weights, model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Reads weights into a model of the same shape.</summary>
    public static void LoadInto(LlamaModel model, string folder)
    {
        using var weights = SafetensorsFolder.Open(folder);
        CheckShapes(folder, model.Config, weights);
        Copy(weights, model);
    }

    /// <summary>Writes configuration and weights.</summary>
    public static void Save(LlamaModel model, string folder, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(model);
        Directory.CreateDirectory(folder);
        using var scope = torch.NewDisposeScope();
        var tensors = model.Parameters.Named.ToDictionary(p => p.Name, p => model.Parameters.View(p.Name));
        SafetensorsWriter.Write(Path.Combine(folder, SafetensorsFolder.SingleFile), tensors, metadata);
        var temporary = Path.Combine(folder, $"{ConfigFile}.{Environment.ProcessId}.tmp");
        File.WriteAllText(temporary, model.Config.ToJson());
        File.Move(temporary, Path.Combine(folder, ConfigFile), overwrite: true);
    }

    private static void Copy(SafetensorsFolder weights, LlamaModel model)
    {
        foreach (var parameter in model.Parameters.Named)
        {
            using var view = model.Parameters.View(parameter.Name);
            weights.CopyTo(parameter.Name, view);
        }
    }

    /// <summary>All shapes before the first large allocation, so that a wrong configuration costs neither time nor memory.</summary>
    private static void CheckShapes(string folder, LlamaConfig config, SafetensorsFolder weights)
    {
        if (config.Layers > weights.Names.Count)
            throw new SafetensorsException(folder, null, $"{weights.Names.Count} tensors", $"those of {config.Layers} layers, as {ConfigFile} says");
        foreach (var parameter in LlamaNames.Layout(config))
            weights.Find(parameter.Name, parameter.Shape);
    }

    private static LlamaConfig ReadConfig(string path, bool hasHead)
    {
        try
        {
            if (new FileInfo(path).Length > MaxConfigBytes)
                throw new FormatException($"{path} has more than {MaxConfigBytes} bytes; a model's configuration is needed.");
            var text = File.ReadAllText(path);
            using var json = JsonDocument.Parse(text);
            RejectWhatIsMissing(json.RootElement);
            var config = LlamaConfig.Parse(text);
            if (config.Context > MaxContext)
                throw new FormatException($"max_position_embeddings is {config.Context}; at most {MaxContext} is needed.");
            // Hugging Face leaves the key out where it has its default, which has changed over the years; the weights tell.
            return json.RootElement.TryGetProperty("tie_word_embeddings", out _) ? config : config with { TiedEmbeddings = !hasHead };
        }
        // InvalidOperationException: JSON that is no object. The engine's own faults get the path in front.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"{path}: {fault.Message} Needed: a readable config.json of the Llama family.", fault);
        }
    }

    /// <summary>Keys that would change the result and that the engine does not know; passing over them would give wrong answers without a word.</summary>
    private static void RejectWhatIsMissing(JsonElement config)
    {
        Reject(config, "model_type", value => value.ValueKind == JsonValueKind.String && value.GetString() == "llama", "'llama'");
        Reject(config, "hidden_act", value => value.ValueKind == JsonValueKind.String && value.GetString() == "silu", "'silu'");
        Reject(config, "rope_scaling", value => value.ValueKind == JsonValueKind.Null, "no scaling of the rotary embedding");
        Reject(config, "rope_parameters", value => value.ValueKind == JsonValueKind.Null, "rope_theta at the top level");
        Reject(config, "attention_bias", value => value.ValueKind == JsonValueKind.False, "no biases");
        Reject(config, "mlp_bias", value => value.ValueKind == JsonValueKind.False, "no biases");
        Reject(config, "quantization_config", value => value.ValueKind == JsonValueKind.Null, "weights that are not quantised");
    }

    private static void Reject(JsonElement config, string key, Predicate<JsonElement> isUsable, string needed)
    {
        if (config.TryGetProperty(key, out var value) && !isUsable(value))
            throw new FormatException($"'{key}' is {value.GetRawText()}; this engine needs {needed}.");
    }
}
