using System.IO.MemoryMappedFiles;
using TorchSharp;

namespace Backends.Torch.Safetensors;

/// <summary>A safetensors file, mapped into memory: tensors come without a copy where the file aligns them.</summary>
/// <remarks>
/// The mapping is private: writing into a tensor never changes the file. Replace a file by renaming a new one over it, as
/// <see cref="SafetensorsWriter"/> does; a file that another process cuts short while it is mapped ends this process, as with any mapping.
/// Thread safety: reading from several threads is safe, disposing beside a reader is not. Tensors outlive the file that they came from.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private readonly SafetensorsHeader _header;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;

    private SafetensorsFile(string path, SafetensorsHeader header, MemoryMappedFile map, MemoryMappedViewAccessor view) =>
        (Path, _header, _map, _view) = (path, header, map, view);

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _header.Entries;

    /// <summary>The free text that the writer left.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its whole table of contents.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>A file that the caller disposes.</returns>
    /// <exception cref="SafetensorsException">The file is missing, unreadable, truncated or breaks a rule of the format.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var header = ReadHeader(path, stream);
            var map = MemoryMappedFile.CreateFromFile(
                stream.SafeFileHandle, null, 0, MemoryMappedFileAccess.CopyOnWrite, HandleInheritability.None, leaveOpen: true);
            try
            {
                return new SafetensorsFile(path, header, map, map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.CopyOnWrite));
            }
            catch
            {
                map.Dispose();
                throw;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SafetensorsException(path, null, $"a file that cannot be read ({fault.Message})", "a readable safetensors file", fault);
        }
    }

    /// <summary>Finds a tensor without reading it.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="shape">The shape that it must have, or null for any.</param>
    /// <returns>Where it lies.</returns>
    /// <exception cref="SafetensorsException">No such tensor, or another shape.</exception>
    public SafetensorsEntry Find(string name, IReadOnlyList<long>? shape = null)
    {
        if (!Entries.TryGetValue(name, out var entry))
        {
            var near = string.Join(", ", Entries.Keys.Order(StringComparer.Ordinal).Take(8)) + (Entries.Count > 8 ? ", ..." : "");
            throw new SafetensorsException(Path, name, $"{Entries.Count} tensors without it ({near})", "a tensor of this name");
        }

        if (shape is not null && !shape.SequenceEqual(entry.Shape))
            throw new SafetensorsException(Path, name, $"shape [{string.Join(", ", entry.Shape)}]", $"[{string.Join(", ", shape)}]");
        return entry;
    }

    /// <summary>A tensor of the file; its memory is the mapping where the file aligns it, otherwise a copy.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="shape">The shape that it must have, or null for any.</param>
    /// <returns>A CPU tensor of the file's own element type that the caller owns.</returns>
    /// <exception cref="SafetensorsException">No such tensor, or another shape.</exception>
    public torch.Tensor Read(string name, IReadOnlyList<long>? shape = null)
    {
        var entry = Find(name, shape);
        var sizes = entry.Shape.ToArray();
        if (entry.Bytes == 0)
            return torch.empty(sizes, dtype: entry.Type);

        if (entry.Offset % SafetensorsType.BytesOf(entry.Type) == 0)
            return TensorMemory.Borrow(_view.SafeMemoryMappedViewHandle, Address(entry), entry.Type, sizes);

        var copy = torch.empty(sizes, dtype: entry.Type);
        TensorMemory.Copy(Address(entry), copy, entry.Bytes);
        return copy;
    }

    /// <summary>Copies a tensor of the file into one of the same shape, converting its element type.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="destination">Receives the values; its shape must be the file's.</param>
    /// <exception cref="SafetensorsException">No such tensor, or another shape.</exception>
    public void CopyTo(string name, torch.Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        destination.copy_(Read(name, destination.shape));
    }

    /// <summary>Closes the file; its memory goes when the last tensor read from it goes.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }

    private static SafetensorsHeader ReadHeader(string path, FileStream stream)
    {
        var prefix = new byte[SafetensorsHeader.PrefixBytes];
        var got = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        var json = new byte[SafetensorsHeader.ReadLength(path, prefix.AsSpan(0, got), stream.Length)];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(path, json, stream.Length);
    }

    private nint Address(SafetensorsEntry entry) =>
        checked((nint)(_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + _view.PointerOffset + entry.Offset));
}
