using System.Text.Json;

namespace Hub.Workflows.Yaml;

/// <summary>The configuration of a run's header as nodes again: references are filled in anew, hidden secrets come from the file.</summary>
internal sealed class LoggedConfiguration(string file, Func<string, string?> environment)
{
    private readonly List<WorkflowMistake> _mistakes = [];

    public IReadOnlyList<WorkflowMistake> Mistakes => _mistakes;

    /// <summary>The node for a logged value.</summary>
    /// <param name="logged">The value.</param>
    /// <param name="written">What the file has in its place; null where it has nothing, or is gone.</param>
    /// <param name="key">Path of the value.</param>
    public ConfigNode Node(JsonElement logged, ConfigNode? written, string key = "") => logged.ValueKind switch
    {
        JsonValueKind.Object => new ConfigMap(0, logged.EnumerateObject().ToDictionary(
            p => p.Name, p => Node(p.Value, Written(p, written as ConfigMap), key.Length == 0 ? p.Name : $"{key}.{p.Name}"), StringComparer.Ordinal)),
        JsonValueKind.Array => new ConfigList(0, [.. logged.EnumerateArray().Select((e, i) => Node(e, (written as ConfigList)?.Items.ElementAtOrDefault(i), $"{key}[{i}]"))]),
        JsonValueKind.String => Text(logged.GetString()!, written, key),
        _ => new ConfigScalar(0, logged.ValueKind == JsonValueKind.Null ? "" : logged.GetRawText(), logged),
    };

    /// <summary>The file's member that a logged one came from: of the same name, or of the same look where one model took the place of all.</summary>
    private static ConfigNode? Written(JsonProperty logged, ConfigMap? map)
    {
        var namesake = map?.Members.GetValueOrDefault(logged.Name);
        return logged.Value.ValueKind != JsonValueKind.Object || namesake is null || JsonElement.DeepEquals(namesake.ToJson(), logged.Value)
            ? namesake
            : map!.Members.Values.FirstOrDefault(m => JsonElement.DeepEquals(m.ToJson(), logged.Value)) ?? namesake;
    }

    private ConfigScalar Text(string text, ConfigNode? written, string key)
    {
        if (text.Contains(Secrets.Hidden, StringComparison.Ordinal))
        {
            if (written is ConfigScalar secret && secret.Shown(isSecret: true)?.ToString() == text)
                return secret;
            _mistakes.Add(new WorkflowMistake(file, 0, key, "The run's log hides this secret, and the file has it no more. Put it back, better as ${NAME_OF_A_VARIABLE}."));
        }

        if (!Interpolation.Refers(text))
            return new ConfigScalar(0, text, YamlScalars.Text(text));
        var filled = Interpolation.Fill(text, environment);
        return new ConfigScalar(0, filled, YamlScalars.Text(filled), text);
    }
}
