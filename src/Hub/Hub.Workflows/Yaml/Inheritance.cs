namespace Hub.Workflows.Yaml;

/// <summary>Files that build on others: <c>base: other.yml</c>. Mappings are merged, everything else is replaced; the path begins in the folder of the file that says it.</summary>
internal sealed class Inheritance(Func<string, string?> environment, List<WorkflowMistake> mistakes, List<WorkflowMistake> warnings)
{
    /// <summary>Key with which a file builds on another.</summary>
    public const string Key = "base";

    private const int MaxDepth = 32;
    private const long MaxFileBytes = 4 << 20;
    private readonly NodeOrigins _origins = new();

    /// <summary>Files that nodes came from, where they are not the file itself.</summary>
    public NodeOrigins Origins => _origins;

    /// <summary>The mapping with what the file builds on below it, prompts' files read, <c>base</c> taken out.</summary>
    /// <param name="root">The file's mapping.</param>
    /// <param name="file">The file.</param>
    public ConfigMap Resolve(ConfigMap root, string file) => Resolve(root, file, [Path.GetFullPath(file)]);

    private ConfigMap Resolve(ConfigMap root, string file, IReadOnlyList<string> chain)
    {
        var own = PromptFiles.Fill(root, file, mistakes);
        if (chain.Count > 1)
            _origins.Add(own, file);
        if (!own.Members.TryGetValue(Key, out var named))
            return own;
        own = own with { Members = own.Members.Where(m => m.Key != Key).ToDictionary(StringComparer.Ordinal) };
        return Base(named, file, chain) is { } below ? Merge(below, own) : own;
    }

    private ConfigMap? Base(ConfigNode named, string file, IReadOnlyList<string> chain)
    {
        if (named is not ConfigScalar { Value.ValueKind: System.Text.Json.JsonValueKind.String, Text.Length: > 0 } scalar)
            return Wrong(file, named.Line, "The path of one other workflow file is needed here, e.g. base: common.yml.");
        var path = Path.GetFullPath(scalar.Text, Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (chain.Contains(path))
            return Wrong(file, named.Line, $"The files build on each other in a circle: {string.Join(" -> ", chain.SkipWhile(c => c != path).Append(path).Select(Path.GetFileName))}. Take one 'base' away.");
        if (chain.Count >= MaxDepth)
            return Wrong(file, named.Line, $"More than {MaxDepth} files build on each other; put some of them together.");
        try
        {
            if (!File.Exists(path))
                return Wrong(file, named.Line, $"There is no file '{scalar.Text}' in the folder of this file, where its path begins.");
            if (new FileInfo(path).Length > MaxFileBytes)
                return Wrong(file, named.Line, $"'{path}' has {new FileInfo(path).Length:N0} bytes; a workflow file may have {MaxFileBytes:N0}.");
            var reader = new ConfigReader(path, environment);
            var root = reader.Read(File.ReadAllText(path));
            mistakes.AddRange(reader.Mistakes);
            warnings.AddRange(reader.Warnings);
            if (root is null)
                return null;
            return Resolve(root, path, [.. chain, path]);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return Wrong(file, named.Line, $"'{path}' cannot be read: {denied.Message}");
        }
    }

    private static ConfigMap Merge(ConfigMap below, ConfigMap above)
    {
        var members = below.Members.ToDictionary(StringComparer.Ordinal);
        foreach (var (key, node) in above.Members)
            members[key] = node is ConfigMap map && members.GetValueOrDefault(key) is ConfigMap inner ? Merge(inner, map) : node;
        return above with { Members = members };
    }

    private ConfigMap? Wrong(string file, int line, string message)
    {
        mistakes.Add(new WorkflowMistake(file, line, Key, message));
        return null;
    }
}
