namespace Hub.Workflows.Yaml;

/// <summary>Remembers which file each node of an inherited mapping came from.</summary>
internal sealed class NodeOrigins
{
    private readonly Dictionary<ConfigNode, string> _files = new(ReferenceEqualityComparer.Instance);

    /// <summary>Notes all nodes of a file.</summary>
    public void Add(ConfigNode node, string file)
    {
        _files[node] = file;
        foreach (var child in node switch { ConfigMap map => map.Members.Values, ConfigList list => list.Items, _ => [] })
            Add(child, file);
    }

    /// <summary>The file that the node at a path came from, or the nearest node above it; null for the file itself.</summary>
    /// <param name="root">The merged mapping.</param>
    /// <param name="path">Path of a key, e.g. <c>workflow.tool_names[1]</c>.</param>
    public string? Of(ConfigMap root, string path)
    {
        if (_files.Count == 0)
            return null;
        ConfigNode node = root;
        var rest = path.AsSpan();
        while (!rest.IsEmpty && Step(node, ref rest) is { } next)
            node = next;
        return _files.GetValueOrDefault(node);
    }

    /// <summary>One step down: the longest key that the rest begins with, for keys may have dots.</summary>
    private static ConfigNode? Step(ConfigNode node, ref ReadOnlySpan<char> rest)
    {
        if (node is ConfigList list && rest[0] == '[' && rest.IndexOf(']') is > 1 and var close && int.TryParse(rest[1..close], out var index) && index < list.Items.Count)
        {
            rest = rest[(close + 1)..].TrimStart('.');
            return list.Items[index];
        }

        if (node is not ConfigMap map)
            return null;
        string? found = null;
        foreach (var key in map.Members.Keys)
        {
            if (key.Length > (found?.Length ?? -1) && rest.StartsWith(key) && (rest.Length == key.Length || rest[key.Length] is '.' or '['))
                found = key;
        }

        if (found is null)
            return null;
        rest = rest[found.Length..].TrimStart('.');
        return map.Members[found];
    }
}
