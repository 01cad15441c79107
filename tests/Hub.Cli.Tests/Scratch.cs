namespace Hub.Cli.Tests;

/// <summary>A folder that goes when the test does.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("hub-cli-").FullName;

    public string RunLog => Path.Combine(Folder, "runs.db");

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A ReAct workflow whose model says what it is told to.</summary>
    public string Workflow(params string[] replies) => Write("flow.yml", $$"""
        llms:
          scripted:
            _type: nat_test_llm
            response_seq: [{{string.Join(", ", replies.Select(r => System.Text.Json.JsonSerializer.Serialize(r)))}}]
        function_groups:
          calculator: {_type: calculator}
        workflow:
          _type: react_agent
          tool_names: [calculator]
          llm_name: scripted
        """);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
