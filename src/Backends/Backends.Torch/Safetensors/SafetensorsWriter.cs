using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;

namespace Backends.Torch.Safetensors;

/// <summary>Writes safetensors files that are whole or absent: a temporary file beside the target, flushed to disk, then renamed over it.</summary>
/// <remarks>
/// Tensors are ordered by element size, largest first, then by name, and the data begins at a multiple of 8 bytes, so that every tensor is aligned
/// for reading without a copy. The same tensors and metadata give the same bytes.
/// </remarks>
public static class SafetensorsWriter
{
    private const int DataAlignment = 8;
    private const int ChunkBytes = 1 << 20;

    /// <summary>Writes one file.</summary>
    /// <param name="path">Path of the file; one that is there is replaced.</param>
    /// <param name="tensors">Tensors by name; those off the CPU or not contiguous are copied one at a time.</param>
    /// <param name="metadata">Free text to store beside them, or null.</param>
    /// <exception cref="ArgumentException">An element type that the format lacks, or a name that the format reserves.</exception>
    /// <exception cref="IOException">The disk is full or the folder is missing; the target is left as it was.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, torch.Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = tensors
            .Select(t => (Name: t.Key, Tensor: t.Value, Type: TypeName(t.Key, t.Value.dtype)))
            .OrderByDescending(t => SafetensorsType.BytesOf(t.Tensor.dtype))
            .ThenBy(t => t.Name, StringComparer.Ordinal)
            .ToArray();
        var header = Header(ordered, metadata);

        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(header);
                foreach (var (_, tensor, _) in ordered)
                    WriteTensor(stream, tensor);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // nothing to delete once renamed
        }
    }

    private static string TypeName(string tensor, torch.ScalarType type)
    {
        if (tensor == SafetensorsHeader.MetadataKey)
            throw new ArgumentException($"'{tensor}' is reserved by the format. Give the tensor another name.", nameof(tensor));
        return SafetensorsType.NameOf(type)
            ?? throw new ArgumentException(
                $"Tensor '{tensor}' has element type {type}; the format holds {SafetensorsType.Known}. Convert it first.", nameof(tensor));
    }

    private static byte[] Header((string Name, torch.Tensor Tensor, string Type)[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(new byte[SafetensorsHeader.PrefixBytes]);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long at = 0;
            foreach (var (name, tensor, type) in tensors)
                at = WriteEntry(json, name, tensor, type, at);
            json.WriteEndObject();
        }

        while (buffer.Length % DataAlignment != 0)
            buffer.WriteByte((byte)' ');
        var bytes = buffer.ToArray();
        var length = bytes.Length - SafetensorsHeader.PrefixBytes;
        if (length > SafetensorsHeader.MaxHeaderBytes)
            throw new ArgumentException(
                $"The names and metadata take {length} bytes; at most {SafetensorsHeader.MaxHeaderBytes} fit. Write fewer tensors or shorter metadata.",
                nameof(tensors));
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
            return;
        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, torch.Tensor tensor, string type, long begin)
    {
        var end = begin + tensor.numel() * SafetensorsType.BytesOf(tensor.dtype);
        json.WriteStartObject(name);
        json.WriteString("dtype", type);
        json.WriteStartArray("shape");
        foreach (var size in tensor.shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }

    private static void WriteTensor(FileStream stream, torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var plain = tensor.detach().cpu().contiguous();
        var bytes = plain.numel() * SafetensorsType.BytesOf(plain.dtype);
        for (long at = 0; at < bytes; at += ChunkBytes)
            stream.Write(TensorMemory.Bytes(plain, at, (int)Math.Min(ChunkBytes, bytes - at)));
        GC.KeepAlive(plain);
    }
}
