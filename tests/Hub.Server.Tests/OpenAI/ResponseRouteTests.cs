using System.Text.Json;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.OpenAI;

public sealed class ResponseRouteTests
{
    private const string Path = "/v1/responses";

    [Fact]
    public async Task Create_Text_IsAMessageWithUsageAndWhatWasAsked()
    {
        var model = Script.Says("Good day to you");
        await using var served = await Served.ReActAsync(model);

        var (status, body) = await served.PostAsync(Path, """{"model": "m", "input": "Hello", "instructions": "Be kind.", "metadata": {"k": "v"}, "max_output_tokens": 50, "temperature": 0.5}""");

        Assert.Equal((200, "response", "completed", "m"), (status, body.GetProperty("object").GetString(), body.GetProperty("status").GetString(), body.GetProperty("model").GetString()));
        var item = Assert.Single(body.GetProperty("output").EnumerateArray());
        Assert.Equal(("message", "assistant", "output_text", "Good day to you"), (Text(item, "type"), Text(item, "role"), Text(item.GetProperty("content")[0], "type"), Text(item.GetProperty("content")[0], "text")));
        Assert.Equal((3, 4, 7), (Count(body, "input_tokens"), Count(body, "output_tokens"), Count(body, "total_tokens")));
        Assert.Equal(("Be kind.", "v"), (Text(body, "instructions"), Text(body.GetProperty("metadata"), "k")));
        Assert.Equal(["system", "user"], model.Messages.Select(m => m.Role.Value));
        Assert.Equal((50, 0.5f), (model.Asked!.MaxOutputTokens, model.Asked.Temperature));
    }

    [Fact]
    public async Task Previous_Response_IsGoneOnFromWithoutItsInstructions()
    {
        var model = Script.Says("one", "two", "three");
        await using var served = await Served.ReActAsync(model);
        var (_, first) = await served.PostAsync(Path, """{"model": "m", "input": "a", "instructions": "Old."}""");
        var (_, second) = await served.PostAsync(Path, $$"""{"model": "m", "input": "b", "instructions": "New.", "previous_response_id": "{{Text(first, "id")}}"}""");

        var (_, third) = await served.PostAsync(Path, $$"""{"model": "m", "input": [{"role": "user", "content": [{"type": "input_text", "text": "c"}]}], "previous_response_id": "{{Text(second, "id")}}"}""");

        Assert.Equal(["a", "one", "b", "two", "c"], model.Messages.Select(m => m.Text));
        Assert.Equal(Text(second, "id"), Text(third, "previous_response_id"));
        var items = (await served.GetAsync($"{Path}/{Text(third, "id")}/input_items?order=asc&limit=3")).Body;
        Assert.Equal(["a", "one", "b"], items.GetProperty("data").EnumerateArray().Select(i => Text(i.GetProperty("content")[0], "text")!));
        Assert.True(items.GetProperty("has_more").GetBoolean());
    }

    [Fact]
    public async Task Stored_Response_IsReadAndDeletedFromTheLog()
    {
        await using var served = await Served.ReActAsync(Script.Says("one"));
        var (_, made) = await served.PostAsync(Path, """{"model": "m", "input": "a"}""");
        var (_, hidden) = await served.PostAsync(Path, """{"model": "m", "input": "a", "store": false}""");
        var (_, other) = await served.PostAsync(Path, """{"model": "m", "input": "a"}""");

        Assert.Equal(made.GetRawText(), (await served.GetAsync($"{Path}/{Text(made, "id")}")).Body.GetRawText());
        Assert.Equal(404, (await served.GetAsync($"{Path}/{Text(hidden, "id")}")).Status);
        using var deleted = await served.Http.DeleteAsync($"{Path}/{Text(made, "id")}");

        Assert.Equal("{\"id\":\"" + Text(made, "id") + "\",\"object\":\"response\",\"deleted\":true}", await deleted.Content.ReadAsStringAsync());
        Assert.Equal(404, (await served.GetAsync($"{Path}/{Text(made, "id")}")).Status);
        Assert.Equal(200, (await served.GetAsync($"{Path}/{Text(other, "id")}")).Status);
        Assert.Equal(404, (await served.PostAsync(Path, $$"""{"model": "m", "input": "b", "previous_response_id": "{{Text(made, "id")}}"}""")).Status);
    }

    [Fact]
    public async Task Functions_OfTheCaller_AreItemsAndTheirOutputsGoBack()
    {
        var call = new FunctionCallContent("call_1", "weather", new Dictionary<string, object?> { ["city"] = "Oslo" });
        var model = new Script((messages, _, _) => Task.FromResult(messages[^1].Role == ChatRole.Tool ? new ChatMessage(ChatRole.Assistant, "It rains.") : new ChatMessage(ChatRole.Assistant, [call])));
        await using var served = await Served.ReActAsync(model);
        const string Tools = """ "tools": [{"type": "function", "name": "weather", "description": "d", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}], "tool_choice": {"type": "function", "name": "weather"} """;

        var (_, first) = await served.PostAsync(Path, $$"""{"model": "m", "input": "Rain?", {{Tools}}}""");
        var item = Assert.Single(first.GetProperty("output").EnumerateArray());
        var (_, second) = await served.PostAsync(Path, $$"""{"model": "m", "previous_response_id": "{{Text(first, "id")}}", "input": [{"type": "function_call_output", "call_id": "call_1", "output": "rain"}]}""");

        Assert.Equal(("function_call", "call_1", "weather", "{\"city\":\"Oslo\"}"), (Text(item, "type"), Text(item, "call_id"), Text(item, "name"), Text(item, "arguments")));
        Assert.Equal("It rains.", Text(second.GetProperty("output")[0].GetProperty("content")[0], "text"));
        Assert.Equal(["user", "assistant", "tool"], model.Messages.Select(m => m.Role.Value));
    }

    [Fact]
    public async Task Stream_OfTextAndOfACall_IsNumberedEventsThatMakeTheResponse()
    {
        var call = new FunctionCallContent("call_1", "weather", new Dictionary<string, object?> { ["city"] = "Oslo" });
        var model = new Script((messages, _, _) => Task.FromResult(messages[^1].Text == "call" ? new ChatMessage(ChatRole.Assistant, [call]) : new ChatMessage(ChatRole.Assistant, "Good day")));
        await using var served = await Served.ReActAsync(model);

        var text = Streams.Of(await served.StreamAsync(Path, """{"model": "m", "input": "Hello", "stream": true}"""), Streams.Data);
        var calls = Streams.Of(await served.StreamAsync(Path, """{"model": "m", "input": "call", "stream": true, "tools": [{"type": "function", "name": "weather"}]}"""), Streams.Data);

        Assert.Equal(
            ["created", "in_progress", "output_item.added", "content_part.added", "output_text.delta", "output_text.delta", "output_text.done", "content_part.done", "output_item.done", "completed"],
            text.Select(e => Text(e, "type")!["response.".Length..]));
        Assert.Equal(["created", "in_progress", "output_item.added", "function_call_arguments.delta", "function_call_arguments.done", "output_item.done", "completed"], calls.Select(e => Text(e, "type")!["response.".Length..]));
        Assert.Equal(Enumerable.Range(0, text.Count), text.Select(e => e.GetProperty("sequence_number").GetInt32()));
        Assert.Equal("Good day", string.Concat(text.Where(e => e.TryGetProperty("delta", out _)).Select(e => Text(e, "delta"))));
        var whole = (await served.GetAsync($"{Path}/{Text(text[^1].GetProperty("response"), "id")}")).Body;
        Assert.Equal(whole.GetRawText(), text[^1].GetProperty("response").GetRawText());
    }

    [Fact]
    public async Task Background_Response_IsFetchedAndCancelled()
    {
        await using var served = await Served.ReActAsync(Script.Hangs());
        var (_, queued) = await served.PostAsync(Path, """{"model": "m", "input": "a", "background": true}""");

        Assert.Equal("queued", Text(queued, "status"));
        Assert.Equal("in_progress", Text((await served.GetAsync($"{Path}/{Text(queued, "id")}")).Body, "status"));
        Assert.Equal(200, (await served.PostAsync($"{Path}/{Text(queued, "id")}/cancel", "")).Status);
        var status = "";
        for (var tries = 0; tries < 100 && status != "cancelled"; tries++)
        {
            await Task.Delay(50);
            status = Text((await served.GetAsync($"{Path}/{Text(queued, "id")}")).Body, "status");
        }

        Assert.Equal("cancelled", status);
    }

    [Fact]
    public async Task Conversation_Responses_AreAddedToIt()
    {
        var model = Script.Says("one", "two");
        await using var served = await Served.ReActAsync(model);
        var (_, conversation) = await served.PostAsync("/v1/conversations", """{"metadata": {"k": "v"}, "items": [{"type": "message", "role": "user", "content": "before"}]}""");
        var id = Text(conversation, "id");

        await served.PostAsync(Path, $$"""{"model": "m", "input": "a", "conversation": "{{id}}"}""");
        var (_, second) = await served.PostAsync(Path, $$"""{"model": "m", "input": "b", "conversation": {"id": "{{id}}"} }""");

        Assert.Equal(["before", "a", "one", "b"], model.Messages.Select(m => m.Text));
        Assert.Equal(id, Text(second.GetProperty("conversation"), "id"));
        var items = (await served.GetAsync($"/v1/conversations/{id}/items?order=asc")).Body.GetProperty("data");
        Assert.Equal(["before", "a", "one", "b", "two"], items.EnumerateArray().Select(i => Text(i.GetProperty("content")[0], "text")!));
        Assert.Equal("v", Text((await served.GetAsync($"/v1/conversations/{id}")).Body.GetProperty("metadata"), "k"));
        using var deleted = await served.Http.DeleteAsync($"/v1/conversations/{id}");
        Assert.Equal((200, 404), ((int)deleted.StatusCode, (await served.GetAsync($"/v1/conversations/{id}")).Status));
    }

    [Fact]
    public async Task Format_OfASchema_IsMended()
    {
        await using var served = await Served.ReActAsync(Script.Says("no json", """{"n": 5}"""));

        var (_, body) = await served.PostAsync(Path, """{"model": "m", "input": "x", "text": {"format": {"type": "json_schema", "name": "x", "schema": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}}}}""");

        Assert.Equal("{\"n\":5}", Text(body.GetProperty("output")[0].GetProperty("content")[0], "text"));
    }

    [Theory]
    [InlineData("""{"model": "none", "input": "x"}""", 400, "model", "model_not_found")]
    [InlineData("""{"model": "m"}""", 422, "input", null)]
    [InlineData("""{"model": "m", "input": [{"type": "image_generation_call"}]}""", 400, "input[0]", "unsupported_value")]
    [InlineData("""{"model": "m", "input": [{"type": "function_call_output", "output": "x"}]}""", 422, "input[0].call_id", null)]
    [InlineData("""{"model": "m", "input": "x", "previous_response_id": "resp_none"}""", 404, "previous_response_id", "response_not_found")]
    [InlineData("""{"model": "m", "input": "x", "conversation": "conv_none"}""", 404, "conversation", "conversation_not_found")]
    [InlineData("""{"model": "m", "input": "x", "conversation": "a", "previous_response_id": "b"}""", 400, "conversation", null)]
    [InlineData("""{"model": "m", "input": "x", "tools": [{"type": "web_search"}]}""", 400, "tools", "unsupported_parameter")]
    [InlineData("""{"model": "m", "input": "x", "metadata": {"a": 1}}""", 422, "metadata", null)]
    [InlineData("""{"model": "m", "input": "x", "text": {"format": {"type": "grammar"}}}""", 400, "text.format", "unsupported_parameter")]
    public async Task BadRequest_NamesTheParameter(string body, int status, string parameter, string? code)
    {
        await using var served = await Served.ReActAsync(Script.Says("x"));

        var answer = await served.PostAsync(Path, body);

        var error = answer.Body.GetProperty("error");
        Assert.Equal((status, parameter, code), (answer.Status, error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
    }

    private static string Text(JsonElement json, string key) => json.GetProperty(key).GetString()!;

    private static int Count(JsonElement response, string key) => response.GetProperty("usage").GetProperty(key).GetInt32();
}
