namespace Hub.Workflows.Yaml;

/// <summary>Prompts that stand in files of their own: <c>system_prompt: file://prompts/system.txt</c>.</summary>
internal static class PromptFiles
{
    private const string Scheme = "file://";
    private const int MaxBytes = 1 << 20;

    /// <summary>What a prompt's file may end with; programs and configuration are none.</summary>
    private static readonly string[] s_endings = [".txt", ".md", ".j2", ".jinja2", ".jinja", ".prompt", ".tpl", ".template"];

    /// <summary>The mapping with every such prompt's text in place.</summary>
    /// <param name="map">A mapping of the file.</param>
    /// <param name="file">The file; relative paths begin in its folder.</param>
    /// <param name="mistakes">Takes what cannot be read.</param>
    /// <param name="key">Path of the mapping.</param>
    public static ConfigMap Fill(ConfigMap map, string file, List<WorkflowMistake> mistakes, string key = "")
    {
        Dictionary<string, ConfigNode> members = new(StringComparer.Ordinal);
        foreach (var (name, node) in map.Members)
        {
            var path = key.Length == 0 ? name : $"{key}.{name}";
            members[name] = node switch
            {
                ConfigMap inner => Fill(inner, file, mistakes, path),
                ConfigScalar scalar when name.EndsWith("prompt", StringComparison.OrdinalIgnoreCase) && scalar.Text.StartsWith(Scheme, StringComparison.Ordinal) =>
                    Read(scalar, file, mistakes, path),
                _ => node,
            };
        }

        return map with { Members = members };
    }

    private static ConfigScalar Read(ConfigScalar scalar, string file, List<WorkflowMistake> mistakes, string key)
    {
        var path = Path.GetFullPath(scalar.Text[Scheme.Length..], Path.GetDirectoryName(Path.GetFullPath(file))!);
        var target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        try
        {
            var fault = !s_endings.Contains(Path.GetExtension(target).ToLowerInvariant()) ? $"A prompt's file ends with one of {string.Join(", ", s_endings)}; '{target}' does not."
                : !File.Exists(target) ? $"There is no file '{target}'. Paths begin in the folder of the workflow file."
                : new FileInfo(target).Length > MaxBytes ? $"'{target}' has {new FileInfo(target).Length:N0} bytes; a prompt may have {MaxBytes:N0}."
                : null;
            if (fault is null)
            {
                var text = File.ReadAllText(target);
                return new ConfigScalar(scalar.Line, text, YamlScalars.Text(text));
            }

            mistakes.Add(new WorkflowMistake(file, scalar.Line, key, fault));
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(new WorkflowMistake(file, scalar.Line, key, $"'{target}' cannot be read: {denied.Message}"));
        }

        return scalar;
    }
}
