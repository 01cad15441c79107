using Hub.Abstractions;

namespace Hub.Workflows.Yaml;

/// <summary>Places where the toolkit takes no key that it does not know: <c>general</c>, and the datasets of <c>eval</c>. Everywhere else it is lenient.</summary>
internal sealed class StrictSections(Action<int, string, string> mistake)
{
    private static readonly string[] s_general =
    [
        "use_uvloop", "telemetry", "front_end", "per_user_workflow_timeout", "per_user_workflow_cleanup_interval", "enable_per_user_monitoring",
    ];

    private static readonly string[] s_dataset = ["_type", "type", "id_key", "structure", "filter", "s3", "remote_file_path", "file_path"];

    /// <summary>Keys of a dataset beside those that all have, by its type.</summary>
    private static readonly Dictionary<string, string[]> s_datasets = new(StringComparer.Ordinal)
    {
        ["json"] = [],
        ["jsonl"] = [],
        ["csv"] = [],
        ["xls"] = [],
        ["parquet"] = [],
        ["custom"] = ["function", "kwargs"],
        ["hub_nano"] = ["seed", "questions", "reasoners", "families"],
        ["langsmith"] = ["dataset_id", "dataset_name", "input_key", "output_key", "split", "as_of", "limit"],
    };

    private static readonly Dictionary<string, string[]> s_inDataset = new(StringComparer.Ordinal)
    {
        ["structure"] = ["disable", "question_key", "answer_key", "generated_answer_key", "trajectory_key", "expected_trajectory_key"],
        ["filter"] = ["allowlist", "denylist"],
        ["s3"] = ["endpoint_url", "region_name", "bucket", "access_key", "secret_key"],
    };

    /// <summary>Keys at the top that only the toolkit's red-team files have.</summary>
    private static readonly string[] s_redTeam = ["base_workflow", "scenarios", "evaluator_defaults"];

    /// <summary>Whether this is a file for the toolkit's red-team command.</summary>
    public static bool IsRedTeam(ConfigMap root) => root.Members.ContainsKey("scenarios") && s_redTeam.Count(root.Members.ContainsKey) >= 2;

    /// <summary>Checks a whole file.</summary>
    public void Check(ConfigMap root)
    {
        if (root.Members.GetValueOrDefault("general") is ConfigMap general)
            Keys(general, "general", s_general);
        if (root.Members.GetValueOrDefault("eval") is ConfigMap eval && eval.Members.GetValueOrDefault("general") is ConfigMap settings && settings.Members.GetValueOrDefault("dataset") is ConfigMap dataset)
            Dataset(dataset, "eval.general.dataset");
    }

    private void Dataset(ConfigMap dataset, string path)
    {
        var type = (dataset.Members.GetValueOrDefault("_type") ?? dataset.Members.GetValueOrDefault("type")) as ConfigScalar;
        if (type is null)
        {
            mistake(dataset.Line, path, $"'_type' is missing: it names the kind of dataset. Known: {string.Join(", ", s_datasets.Keys)}.");
            return;
        }

        if (!s_datasets.TryGetValue(type.Text, out var own))
        {
            mistake(type.Line, $"{path}._type", new UnknownNameException("dataset type", type.Text, s_datasets.Keys).Message);
            return;
        }

        Keys(dataset, path, [.. s_dataset, .. own]);
        foreach (var (name, keys) in s_inDataset)
        {
            if (dataset.Members.GetValueOrDefault(name) is ConfigMap map)
                Keys(map, $"{path}.{name}", keys);
        }

        if (dataset.Members.GetValueOrDefault("filter") is not ConfigMap filter)
            return;
        foreach (var (name, list) in filter.Members)
        {
            if (list is ConfigMap map)
                Keys(map, $"{path}.filter.{name}", ["field"]);
        }
    }

    private void Keys(ConfigMap map, string path, string[] known)
    {
        foreach (var (name, node) in map.Members.Where(m => !known.Contains(m.Key)))
        {
            var near = NearNames.Of(name, known);
            mistake(node.Line, $"{path}.{name}",
                $"This key is not known here. {(near.Count > 0 ? $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?" : $"Known: {string.Join(", ", known.Where(k => k is not "type"))}.")}");
        }
    }
}
