using System.Buffers.Binary;
using System.Text.Json;

namespace Backends.Torch.Safetensors;

/// <summary>The table of contents of one safetensors file: an 8-byte little-endian length and that many bytes of JSON.</summary>
/// <remarks>
/// Rules as the format's README states them: offsets count from the end of the header, tensors are row-major and little-endian,
/// they neither overlap nor leave holes, names are unique, and the header holds at most <see cref="MaxHeaderBytes"/>.
/// </remarks>
internal sealed class SafetensorsHeader
{
    /// <summary>Bytes of the length that opens the file.</summary>
    public const int PrefixBytes = 8;

    /// <summary>The most bytes that a header may have.</summary>
    public const int MaxHeaderBytes = 100_000_000;

    /// <summary>The most dimensions of one tensor; the tensor library's own limit.</summary>
    public const int MaxDimensions = 64;

    /// <summary>The one key of the header that is no tensor.</summary>
    public const string MetadataKey = "__metadata__";

    private const int MaxJsonDepth = 4; // header, tensor, list; one more for a clear message on what is nested deeper

    private readonly string _file;
    private readonly long _dataStart;
    private readonly long _dataBytes;
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private SafetensorsHeader(string file, long dataStart, long dataBytes) => (_file, _dataStart, _dataBytes) = (file, dataStart, dataBytes);

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <summary>The free text that the writer left; often <c>format = pt</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Reads the length that opens a file.</summary>
    /// <param name="file">Path, for messages.</param>
    /// <param name="prefix">The first bytes of the file, up to <see cref="PrefixBytes"/>.</param>
    /// <param name="fileBytes">Length of the whole file.</param>
    /// <returns>Bytes of JSON that follow the prefix.</returns>
    /// <exception cref="SafetensorsException">The file is too short for its header, or the header is too long.</exception>
    public static int ReadLength(string file, ReadOnlySpan<byte> prefix, long fileBytes)
    {
        if (prefix.Length < PrefixBytes)
            throw new SafetensorsException(file, null, $"{fileBytes} bytes", $"at least {PrefixBytes} bytes of header length; the file is empty or truncated");

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)(fileBytes - PrefixBytes))
            throw new SafetensorsException(
                file, null,
                $"a header length of {length} bytes in a file of {fileBytes}",
                "a header inside the file; the file is truncated or no safetensors file");
        if (length > MaxHeaderBytes)
            throw new SafetensorsException(file, null, $"a header of {length} bytes", $"at most {MaxHeaderBytes}");
        return (int)length;
    }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="file">Path, for messages.</param>
    /// <param name="json">The header's JSON, without the length before it.</param>
    /// <param name="fileBytes">Length of the whole file.</param>
    /// <returns>The checked table of contents.</returns>
    /// <exception cref="SafetensorsException">Any rule of the format is broken.</exception>
    public static SafetensorsHeader Parse(string file, ReadOnlyMemory<byte> json, long fileBytes)
    {
        var dataStart = PrefixBytes + (long)json.Length;
        var header = new SafetensorsHeader(file, dataStart, fileBytes - dataStart);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxJsonDepth });
            header.ReadRoot(document.RootElement);
        }
        // InvalidOperationException: System.Text.Json on names and strings that are no valid UTF-8.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new SafetensorsException(
                file, null,
                $"a header that is no JSON ({fault.Message})",
                "a JSON object of tensor names; the file is damaged or of another format", fault);
        }

        header.CheckLayout();
        return header;
    }

    private void ReadRoot(JsonElement root)
    {
        Require(root.ValueKind == JsonValueKind.Object, null, $"a header that is a JSON {root.ValueKind}", "a JSON object");
        foreach (var property in root.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
            {
                ReadMetadata(property.Value);
                continue;
            }

            var entry = ReadEntry(property.Name, property.Value);
            Require(_entries.TryAdd(entry.Name, entry), entry.Name, "its name twice in the header", "unique names");
        }
    }

    private void ReadMetadata(JsonElement metadata)
    {
        Require(metadata.ValueKind == JsonValueKind.Object, null, $"{MetadataKey} that is a JSON {metadata.ValueKind}", "an object of text values");
        foreach (var pair in metadata.EnumerateObject())
        {
            Require(pair.Value.ValueKind == JsonValueKind.String, null, $"{MetadataKey}.{pair.Name} that is a JSON {pair.Value.ValueKind}", "text");
            Require(_metadata.TryAdd(pair.Name, pair.Value.GetString()!), null, $"{MetadataKey}.{pair.Name} twice", "unique names");
        }
    }

    private SafetensorsEntry ReadEntry(string name, JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.Object, name, $"a JSON {value.ValueKind}", "an object with dtype, shape and data_offsets");
        var dtype = value.TryGetProperty("dtype", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        Require(SafetensorsType.TryParse(dtype, out var type), name, dtype is null ? "no dtype" : $"dtype '{dtype}'", $"one of {SafetensorsType.Known}");

        var shape = Numbers(name, value, "shape");
        Require(shape.Length <= MaxDimensions, name, $"{shape.Length} dimensions", $"at most {MaxDimensions}");
        var offsets = Numbers(name, value, "data_offsets");
        Require(offsets.Length == 2, name, $"{offsets.Length} data_offsets", "two: first byte and the byte after the last");
        var (begin, end) = (offsets[0], offsets[1]);
        var isInside = begin <= end && end <= _dataBytes;
        Require(isInside, name, $"bytes [{begin}, {end}) of {_dataBytes} bytes of data", "a range inside the file; the file is truncated or damaged");

        Int128 bytes = SafetensorsType.BytesOf(type);
        foreach (var size in shape)
        {
            bytes *= size;
            Require(bytes <= long.MaxValue, name, $"shape [{string.Join(", ", shape)}]", "a size that fits in 63 bits");
        }

        Require(bytes == end - begin, name, $"{end - begin} bytes for {dtype} [{string.Join(", ", shape)}]", $"{bytes} bytes");
        return new SafetensorsEntry(name, type, shape, _dataStart + begin, end - begin);
    }

    private long[] Numbers(string name, JsonElement value, string key)
    {
        var isList = value.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array;
        Require(isList, name, $"no list '{key}'", $"'{key}' as a list of whole numbers");
        var numbers = new long[list.GetArrayLength()];
        var at = 0;
        foreach (var item in list.EnumerateArray())
        {
            var isNumber = item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out numbers[at]) && numbers[at] >= 0;
            Require(isNumber, name, $"'{key}' with {Shorten(item.GetRawText())}", "whole numbers from 0 below 2^63");
            at++;
        }

        return numbers;
    }

    /// <summary>Tensors in the order of their bytes must cover the data exactly once.</summary>
    private void CheckLayout()
    {
        var at = _dataStart;
        foreach (var entry in _entries.Values.OrderBy(e => e.Offset).ThenBy(e => e.Bytes))
        {
            var from = entry.Offset - _dataStart;
            Require(entry.Offset >= at, entry.Name, $"bytes from {from} that the tensor before it also claims", "tensors that do not overlap");
            Require(entry.Offset == at, entry.Name, $"a hole of {entry.Offset - at} bytes before it", "tensors without holes between them");
            at += entry.Bytes;
        }

        var left = _dataStart + _dataBytes - at;
        Require(left == 0, null, $"{left} bytes after the last tensor", "a file that ends with its last tensor");
    }

    private void Require(bool holds, string? tensor, string found, string needed)
    {
        if (!holds)
            throw new SafetensorsException(_file, tensor, found, needed);
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
