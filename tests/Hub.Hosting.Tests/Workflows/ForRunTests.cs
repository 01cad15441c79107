using Hub.Abstractions;
using Hub.Core;

namespace Hub.Hosting.Tests.Workflows;

public sealed class ForRunTests
{
    private const string Flow = """
        llms: {main: {_type: openai, model_name: far, api_key: sk-of-the-file}}
        workflow: {_type: chat_completion, llm_name: main}
        """;

    [Fact]
    public async Task ForRun_RunBegunWithOverrides_GoesOnWithThem()
    {
        var folder = Directory.CreateTempSubdirectory("hub-for-run-");
        try
        {
            var (file, log) = (Path.Combine(folder.FullName, "flow.yml"), Path.Combine(folder.FullName, "runs.db"));
            await File.WriteAllTextAsync(file, Flow);
            string id;
            await using (var hub = await HubHost.FromWorkflowAsync(file, new WorkflowHubOptions { RunLog = log, Overrides = [new("llms.main", "{_type: nat_test_llm, response_seq: [near]}")] }))
                id = (await hub.RunAsync(hub.DefaultReasoner, "Where?")).RunId;

            RunHeader header;
            await using (var store = new SqliteRunStore(new SqliteRunStoreOptions { Path = log }))
                header = store.Find(id).Header;
            await using var again = await HubHost.ForRunAsync(header);

            Assert.Equal("near", await again.AskAsync("And now?"));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ForRun_SecretThatTheLogHides_ComesFromTheFile()
    {
        var folder = Directory.CreateTempSubdirectory("hub-for-run-");
        try
        {
            var file = Path.Combine(folder.FullName, "flow.yml");
            await File.WriteAllTextAsync(file, Flow);
            using var configuration = System.Text.Json.JsonDocument.Parse(Hub.Workflows.WorkflowDocument.Load(file).EffectiveConfiguration.GetRawText());
            var header = new RunHeader { RunId = "1", Reasoner = "chat_completion", Started = DateTimeOffset.UnixEpoch, Configuration = configuration.RootElement, ConfigurationFile = file };

            Assert.DoesNotContain("sk-of-the-file", configuration.RootElement.GetRawText(), StringComparison.Ordinal);
            await (await HubHost.ForRunAsync(header)).DisposeAsync();
            File.Delete(file);
            Assert.Contains("hides this secret", (await Assert.ThrowsAsync<Hub.Workflows.WorkflowException>(() => HubHost.ForRunAsync(header))).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ForRun_RunBegunInCode_SaysWhatToDo() => Assert.Contains(
        "--config_file", (await Assert.ThrowsAsync<HubException>(() => HubHost.ForRunAsync(new RunHeader { RunId = "1", Reasoner = "x", Started = DateTimeOffset.UnixEpoch }))).Message, StringComparison.Ordinal);
}
