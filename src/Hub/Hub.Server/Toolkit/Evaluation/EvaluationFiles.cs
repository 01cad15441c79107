using Hub.Server.Http;

namespace Hub.Server.Toolkit.Evaluation;

/// <summary>Which files of this machine a client may have evaluated.</summary>
internal static class EvaluationFiles
{
    private static readonly string[] s_extensions = [".yaml", ".yml"];

    /// <summary>The file that a client names, where it is one that it may name.</summary>
    /// <param name="written">What the client wrote: a path, from one of the folders or a whole one.</param>
    /// <param name="options">The folders.</param>
    /// <exception cref="RequestException">There is no such file there.</exception>
    public static string Find(string written, HubServerOptions options)
    {
        if (written.Contains('\0', StringComparison.Ordinal) || !s_extensions.Contains(Path.GetExtension(written), StringComparer.OrdinalIgnoreCase))
            throw RequestException.Invalid($"'config_file' is '{written}'; a file with the extension {string.Join(" or ", s_extensions)} is needed.", "config_file");
        string[] roots = [.. options.EvaluationRoots.Select(Path.GetFullPath)];
        // The same words for a file that is not there and one that is elsewhere: a client learns nothing about the rest of the disk.
        return roots.Select(r => Path.GetFullPath(written, r)).FirstOrDefault(p => roots.Any(r => IsUnder(p, r)) && File.Exists(p))
            ?? throw RequestException.Invalid(
                $"'config_file' is '{written}'; there is no such file under the folders that evaluations are taken from (the served file's, and where the server was started).", "config_file");
    }

    private static bool IsUnder(string path, string root) => path.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
