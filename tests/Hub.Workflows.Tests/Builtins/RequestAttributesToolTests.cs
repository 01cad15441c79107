using System.Text.Json;
using Hub.Abstractions;
using Hub.Workflows.Builtins;
using Hub.Workflows.Tests.Support;

namespace Hub.Workflows.Tests.Builtins;

public sealed class RequestAttributesToolTests
{
    [Fact]
    public void Tell_WholeRequest_IsInTheToolkitsWords() => Assert.Equal(
        "Method: POST, URL Path: /v1/workflow, URL Scheme: http, Headers: {'host': 'h:1', 'x': \"it's\"}, Query Params: {}, Path Params: {'id': '7'}, " +
        "Client Host: 127.0.0.1, Client Port: 5000, Cookies: {'a': 'b'}, Conversation Id: c1, Request Body: {'n': [1, True, None], 's': 'x'}",
        RequestAttributesTool.Tell(
            new RequestAttributes
            {
                Method = "POST",
                UrlPath = "/v1/workflow",
                UrlScheme = "http",
                Headers = new Dictionary<string, string> { ["host"] = "h:1", ["x"] = "it's" },
                QueryParams = new Dictionary<string, string>(),
                PathParams = new Dictionary<string, string> { ["id"] = "7" },
                ClientHost = "127.0.0.1",
                ClientPort = 5000,
                Cookies = new Dictionary<string, string> { ["a"] = "b" },
            },
            "c1",
            JsonElement.Parse("""{"n": [1, true, null], "s": "x"}""")));

    [Fact]
    public async Task Workflow_WithoutARequest_SaysNone()
    {
        var workflow = Flow.Build("workflow: {_type: current_request_attributes}");

        Assert.StartsWith("Method: None, URL Path: None,", (await Flow.AskAsync(workflow, """{"request_body": "hello"}""")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CodeGeneration_Question_AsksForCodeInTheLanguage()
    {
        var workflow = Flow.Build("llms: {m: {_type: echo, model: m}}\nworkflow: {_type: code_generation, llm_name: m, programming_language: C#}");

        Assert.Equal(
            "m: system: You write code in C#. Reply with one code block that does what is asked, without any explanation around it. | user: Sort a list.",
            (await Flow.AskAsync(workflow, "Sort a list.")).Text);
    }
}
