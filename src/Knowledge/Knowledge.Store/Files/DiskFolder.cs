using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Knowledge.Store;

/// <summary>A folder of the file system. Who has it open keeps others out by a lock that ends with the process.</summary>
internal sealed partial class DiskFolder : IStoreFolder
{
    private const string LockName = "lock";

    private readonly string _path;
    private readonly FileStream _lock;

    private DiskFolder(string path, FileStream @lock)
    {
        _path = path;
        _lock = @lock;
    }

    /// <summary>Opens a folder; it is made where it is not there.</summary>
    /// <exception cref="StoreBusyException">Another process, or this one, has it open.</exception>
    public static DiskFolder Open(string path)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(path);
        var file = Path.Combine(path, LockName);
        try
        {
            return new DiskFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException failure) when (File.Exists(file))
        {
            throw new StoreBusyException($"The store in '{path}' is open already, here or in another process. Close it there first.", failure);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => [.. Directory.EnumerateFileSystemEntries(_path).Select(f => Path.GetFileName(f)!).Where(f => f != LockName).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IStoreReader Read(string name) => new DiskFile(File.OpenHandle(At(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

    /// <inheritdoc/>
    public IStoreFile Create(string name) => new DiskFile(File.OpenHandle(At(name), FileMode.Create, FileAccess.Write, FileShare.Read));

    /// <inheritdoc/>
    public IStoreFile Append(string name) => new DiskFile(File.OpenHandle(At(name), FileMode.Open, FileAccess.Write, FileShare.Read));

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(At(from), At(to), overwrite: true);

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(At(name));

    /// <inheritdoc/>
    public void Sync()
    {
        if (OperatingSystem.IsWindows())
            return; // NTFS writes names in order, and has no call for it
        var folder = OpenFile(_path, 0);
        if (folder < 0)
            throw new IOException($"The folder '{_path}' could not be opened to be synchronised: error {Marshal.GetLastPInvokeError()}.");
        var failed = SyncFile(folder) < 0;
        var error = Marshal.GetLastPInvokeError();
        _ = CloseFile(folder);
        if (failed)
            throw new IOException($"The folder '{_path}' could not be synchronised: error {error}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private string At(string name) => Path.Combine(_path, name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncFile(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseFile(int file);

    private sealed class DiskFile(SafeFileHandle handle) : IStoreFile, IStoreReader
    {
        public long Length { get; private set; } = RandomAccess.GetLength(handle);

        public int Read(long offset, Span<byte> target)
        {
            var read = 0;
            while (read < target.Length && RandomAccess.Read(handle, target[read..], offset + read) is > 0 and var more)
                read += more;
            return read;
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            RandomAccess.Write(handle, bytes, Length);
            Length += bytes.Length;
        }

        public void Truncate(long length)
        {
            RandomAccess.SetLength(handle, length);
            Length = length;
        }

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}
