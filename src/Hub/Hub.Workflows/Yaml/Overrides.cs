namespace Hub.Workflows.Yaml;

/// <summary>Keys that a caller sets beside the file: <c>workflow.max_tool_calls</c> to <c>5</c>.</summary>
internal static class Overrides
{
    private const string Source = "--override";

    /// <summary>The mapping with one key set. The mapping that the key belongs to must be there; the key need not.</summary>
    /// <param name="root">The file.</param>
    /// <param name="path">Keys with dots between them.</param>
    /// <param name="value">The value, in YAML.</param>
    /// <param name="environment">Value of a variable, or null.</param>
    /// <param name="mistakes">Takes what is wrong with it.</param>
    public static ConfigMap Apply(ConfigMap root, string path, string value, Func<string, string?> environment, List<WorkflowMistake> mistakes)
    {
        var keys = path.Split('.');
        if (keys.Any(string.IsNullOrWhiteSpace))
        {
            mistakes.Add(new WorkflowMistake(Source, 0, path, "A key is empty. Write names with dots between them, e.g. workflow.max_tool_calls."));
            return root;
        }

        var read = new ConfigReader(Source, environment).Read($"value: {value}");
        if (read?.Members.GetValueOrDefault("value") is not { } node || read.Members.Count != 1)
        {
            mistakes.Add(new WorkflowMistake(Source, 0, path, $"'{(Secrets.IsSecret(keys[^1]) ? Secrets.Hidden : value)}' is no value of YAML. Quote it."));
            return root;
        }

        return Set(root, keys, Placed(node), path, mistakes);
    }

    private static ConfigMap Set(ConfigMap map, ReadOnlySpan<string> keys, ConfigNode value, string path, List<WorkflowMistake> mistakes)
    {
        var members = map.Members.ToDictionary(StringComparer.Ordinal);
        if (keys.Length == 1)
        {
            members[keys[0]] = value;
        }
        else if (members.GetValueOrDefault(keys[0]) is ConfigMap inner)
        {
            members[keys[0]] = Set(inner, keys[1..], value, path, mistakes);
        }
        else
        {
            var near = Hub.Abstractions.NearNames.Of(keys[0], members.Where(m => m.Value is ConfigMap).Select(m => m.Key));
            mistakes.Add(new WorkflowMistake(Source, 0, path,
                $"The file has no mapping '{keys[0]}' there. {(near.Count > 0 ? $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?" : "Write it in the file first.")}"));
        }

        return map with { Members = members };
    }

    /// <summary>The node without lines: it stands in no file.</summary>
    private static ConfigNode Placed(ConfigNode node) => node switch
    {
        ConfigMap map => new ConfigMap(0, map.Members.ToDictionary(m => m.Key, m => Placed(m.Value), StringComparer.Ordinal)),
        ConfigList list => new ConfigList(0, [.. list.Items.Select(Placed)]),
        ConfigScalar scalar => scalar with { Line = 0 },
        _ => node,
    };
}
