using System.Security.Cryptography;
using System.Text;
using Hub.Abstractions;

namespace Hub.Core.Plugins;

/// <summary>A plugin's files: its manifest and the hash of everything in its folder.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Manifest">What they say they are.</param>
/// <param name="Hash">SHA-256 over names and contents of all files, in hexadecimal.</param>
public sealed record PluginPackage(string Folder, PluginManifest Manifest, string Hash)
{
    private const int MaxFiles = 4_000;
    private const long MaxBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>The folder that it was opened from, for messages; a copy keeps it.</summary>
    public string Origin { get; private init; } = Folder;

    /// <summary>Version and beginning of the hash: what a run records.</summary>
    public string Version => $"{Manifest.Version}+{Hash[..16]}";

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <exception cref="PluginException">It is no plugin, or its manifest names another hash.</exception>
    public static PluginPackage Open(string folder)
    {
        var manifest = PluginManifest.Load(folder);
        var assembly = Path.Combine(folder, manifest.Assembly);
        if (!File.Exists(assembly))
            throw new PluginException(folder, $"the manifest names the assembly {manifest.Assembly}, which is not in the folder. Build the plugin, or correct \"assembly\".");
        try
        {
            if (manifest.Sha256 is { } stated && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(assembly))) is var found && !found.Equals(stated, StringComparison.OrdinalIgnoreCase))
            {
                throw new PluginException(folder,
                    $"{manifest.Assembly} has SHA-256 {found}; the manifest says {stated}. The file was changed after the manifest was written: get the plugin again, or write the manifest anew.");
            }

            return new PluginPackage(Path.GetFullPath(folder), manifest, HashOf(folder));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new PluginException(folder, $"its files cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The plugin's files, relative to its folder, in order.</summary>
    /// <exception cref="PluginException">There are too many.</exception>
    internal static IReadOnlyList<string> Files(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Take(MaxFiles + 1)];
        if (files.Length > MaxFiles)
            throw new PluginException(folder, $"the folder has more than {MaxFiles} files. Is it the plugin's output folder?");
        if (files.Sum(f => new FileInfo(Path.Combine(folder, f)).Length) is var bytes && bytes > MaxBytes)
            throw new PluginException(folder, $"the folder has {bytes:N0} bytes; {MaxBytes:N0} is the limit.");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files(folder))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.Replace('\\', '/') + '\0'));
            using var stream = File.OpenRead(Path.Combine(folder, file));
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
