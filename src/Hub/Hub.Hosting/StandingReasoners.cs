using Hub.Workflows;
using Hub.Workflows.Yaml;

namespace Hub.Hosting;

/// <summary>Reasoners that a served hub has beside those of its file: <c>hub/react</c>, <c>hub/rewoo</c> and <c>hub/tool_calling</c> over the file's own model and tools.</summary>
/// <remarks>They are written into the workflow as keys, so that a run of one of them resumes as any other does.</remarks>
internal static class StandingReasoners
{
    private static readonly (string Name, string Type)[] s_all = [("hub/react", "react_agent"), ("hub/rewoo", "rewoo_agent"), ("hub/tool_calling", "tool_calling_agent")];

    /// <summary>Keys to set in a workflow; none where it has no model or no tools.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Keys(WorkflowDocument document)
    {
        var functions = document.Section("functions");
        var workflow = document.Section("workflow");
        string[] tools = workflow.GetValueOrDefault("tool_names") is ConfigList list
            ? [.. list.Items.OfType<ConfigScalar>().Select(s => s.Text)]
            : [.. document.Section("function_groups").Keys, .. functions.Keys];
        var model = workflow.GetValueOrDefault("llm_name") is ConfigScalar { Text: { Length: > 0 } named } ? named : document.Section("llms").Keys.FirstOrDefault();
        if (model is null || tools.Length == 0)
            return [];
        var missing = s_all.Where(r => !functions.ContainsKey(r.Name)).Select(r => KeyValuePair.Create(
            $"functions.{r.Name}", $"{{_type: {r.Type}, llm_name: {Quoted(model)}, tool_names: [{string.Join(", ", tools.Select(Quoted))}]}}"));
        return document.Root.Members.GetValueOrDefault("functions") is ConfigMap ? [.. missing] : [new("functions", "{}"), .. missing];
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
