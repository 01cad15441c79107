using System.Text.Json;
using TorchSharp;

namespace Backends.Torch.Safetensors;

/// <summary>The weights of a model folder: <c>model.safetensors</c>, or the shards that <c>model.safetensors.index.json</c> lists.</summary>
public sealed class SafetensorsFolder : IDisposable
{
    /// <summary>Name of the file that holds the weights of a model that is not sharded.</summary>
    public const string SingleFile = "model.safetensors";

    /// <summary>Name of the file that maps tensor names to shards.</summary>
    public const string IndexFile = "model.safetensors.index.json";

    /// <summary>The most shards of one model.</summary>
    public const int MaxShards = 1_000;

    private readonly string _folder;
    private readonly Dictionary<string, SafetensorsFile> _shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsFile> _owners = new(StringComparer.Ordinal);

    private SafetensorsFolder(string folder) => _folder = folder;

    /// <summary>Names of all tensors.</summary>
    public IReadOnlyCollection<string> Names => _owners.Keys;

    /// <summary>Opens the weights of a folder; a single file goes before an index.</summary>
    /// <param name="folder">Folder of one model.</param>
    /// <returns>Weights that the caller disposes.</returns>
    /// <exception cref="SafetensorsException">There are none, or a file of them is damaged or missing.</exception>
    public static SafetensorsFolder Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var opened = new SafetensorsFolder(folder);
        try
        {
            var single = Path.Combine(folder, SingleFile);
            var index = Path.Combine(folder, IndexFile);
            if (File.Exists(single))
                opened.AddAll(opened.Shard(SingleFile));
            else if (File.Exists(index))
                opened.AddIndexed(index);
            else
                throw new SafetensorsException(folder, null, "no weights", $"{SingleFile} or {IndexFile} in this folder");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Whether a tensor is there.</summary>
    public bool Contains(string name) => _owners.ContainsKey(name);

    /// <inheritdoc cref="SafetensorsFile.Find"/>
    public SafetensorsEntry Find(string name, IReadOnlyList<long>? shape = null) => Owner(name).Find(name, shape);

    /// <inheritdoc cref="SafetensorsFile.Read"/>
    public torch.Tensor Read(string name, IReadOnlyList<long>? shape = null) => Owner(name).Read(name, shape);

    /// <inheritdoc cref="SafetensorsFile.CopyTo"/>
    public void CopyTo(string name, torch.Tensor destination) => Owner(name).CopyTo(name, destination);

    /// <summary>Closes the files; their memory goes when the last tensor read from them goes.</summary>
    public void Dispose()
    {
        foreach (var shard in _shards.Values)
            shard.Dispose();
    }

    private SafetensorsFile Owner(string name) => _owners.TryGetValue(name, out var file)
        ? file
        : throw new SafetensorsException(_folder, name, $"{_owners.Count} tensors without it", "a tensor of this name");

    private SafetensorsFile Shard(string fileName)
    {
        if (!_shards.TryGetValue(fileName, out var shard))
            _shards[fileName] = shard = SafetensorsFile.Open(Path.Combine(_folder, fileName));
        return shard;
    }

    private void AddAll(SafetensorsFile file)
    {
        foreach (var name in file.Entries.Keys)
            _owners.Add(name, file);
    }

    private void AddIndexed(string index)
    {
        foreach (var (tensor, fileName) in ReadIndex(index))
        {
            if (fileName.Length == 0 || Path.GetFileName(fileName) != fileName)
                throw new SafetensorsException(index, tensor, $"shard '{fileName}'", "a file name without folders");
            if (_shards.Count == MaxShards && !_shards.ContainsKey(fileName))
                throw new SafetensorsException(index, tensor, $"more than {MaxShards} shards", $"at most {MaxShards}");
            var shard = Shard(fileName);
            if (!shard.Entries.ContainsKey(tensor))
                throw new SafetensorsException(index, tensor, $"shard {fileName} without it", "an index that agrees with its shards");
            if (!_owners.TryAdd(tensor, shard))
                throw new SafetensorsException(index, tensor, "its name twice in the index", "unique names");
        }
    }

    private static List<(string Tensor, string FileName)> ReadIndex(string index)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(index));
            var map = document.RootElement.GetProperty("weight_map");
            return [.. map.EnumerateObject().Select(p => (p.Name, p.Value.GetString() ?? ""))];
        }
        // KeyNotFoundException, InvalidOperationException: another JSON than the one needed, or text that is no valid UTF-8.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SafetensorsException(
                index, null,
                $"an index that cannot be read ({fault.Message})",
                "JSON with an object 'weight_map' from tensor names to file names", fault);
        }
    }
}
