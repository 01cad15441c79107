using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.Toolkit;

public sealed class SocketTests
{
    private static Script Multiplies() => Script.Says("Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}", "Final Answer: 42");

    [Theory]
    [InlineData("chat_stream", "text")]
    [InlineData("chat", "text")]
    [InlineData("generate", "output")]
    [InlineData("generate_stream", "output")]
    public async Task Message_OfTheUser_GetsStepsThenTheAnswerThenTheEnd(string schema, string key)
    {
        await using var served = await Served.ReActAsync(Multiplies());
        using var socket = await ConnectAsync(served);

        await SendAsync(socket, User(schema));
        var messages = await UntilAsync(socket, m => m.GetProperty("type").GetString() == "system_response_message" && m.GetProperty("status").GetString() == "complete");

        // packages/nvidia_nat_core/src/nat/data_models/api_server.py: WebSocketSystemIntermediateStepMessage, WebSocketSystemResponseTokenMessage
        Assert.Equal(6, messages.Count(m => m.GetProperty("type").GetString() == "system_intermediate_message"));
        Assert.Equal("42", string.Concat(messages.Where(m => m.GetProperty("content").TryGetProperty(key, out _)).Select(m => m.GetProperty("content").GetProperty(key).GetString())));
        Assert.All(messages, m => Assert.Equal(("m1", "c1"), (m.GetProperty("parent_id").GetString(), m.GetProperty("conversation_id").GetString())));
        Assert.Equal("c1", Assert.Single(served.Hub.Runs.List()).Header.ConversationId);
    }

    [Fact]
    public async Task Run_AsksAPerson_GoesOnWithTheAnswer()
    {
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new Asking()).Build());
        using var socket = await ConnectAsync(served);

        await SendAsync(socket, User("chat"));
        var asked = (await UntilAsync(socket, m => m.GetProperty("type").GetString() == "system_interaction_message"))[^1];
        await SendAsync(socket, """{"type":"user_interaction_message","id":"m2","parent_id":"m1","content":{"messages":[{"role":"user","content":[{"type":"binary_choice","selected_option":{"id":"yes","value":"yes"}}]}]}}""");
        var messages = await UntilAsync(socket, m => m.GetProperty("status").GetString() == "complete");

        Assert.Equal(("binary_choice", "Go on?"), (asked.GetProperty("content").GetProperty("input_type").GetString(), asked.GetProperty("content").GetProperty("text").GetString()));
        Assert.Contains(messages, m => m.GetProperty("content").GetProperty("text").GetString() == "said yes");
    }

    [Theory]
    [InlineData("no json", "invalid_message")]
    [InlineData("[]", "invalid_user_message_content")]
    [InlineData("""{"type":"user_message","id":"\ud800"}""", "invalid_message")]
    [InlineData("""{"type":"dance"}""", "invalid_message_type")]
    [InlineData("""{"type":"user_message","id":"m1"}""", "invalid_user_message_content")]
    [InlineData("""{"type":"user_message","id":"m1","schema_type":"x","content":{"messages":[{"role":"user","content":"x"}]}}""", "invalid_user_message_content")]
    [InlineData("""{"type":"user_interaction_message","id":"m1","content":{"messages":[]}}""", "invalid_user_message_content")]
    public async Task Message_Wrong_IsAnErrorAndTheSocketLivesOn(string message, string code)
    {
        await using var served = await Served.ReActAsync(Multiplies());
        using var socket = await ConnectAsync(served);

        await SendAsync(socket, message);
        var error = (await UntilAsync(socket, m => m.GetProperty("type").GetString() == "error_message"))[^1];
        await SendAsync(socket, User("chat"));
        await UntilAsync(socket, m => m.GetProperty("status").GetString() == "complete");

        Assert.Equal(code, error.GetProperty("content").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Run_Failing_IsAnErrorMessage()
    {
        await using var served = await Served.ReActAsync(new Script((_, _, _) => throw new InvalidOperationException("The model is gone.")));
        using var socket = await ConnectAsync(served);

        await SendAsync(socket, User("chat"));
        var error = (await UntilAsync(socket, m => m.GetProperty("type").GetString() == "error_message"))[^1];

        Assert.Equal(("workflow_error", "The model is gone."), (error.GetProperty("content").GetProperty("code").GetString(), error.GetProperty("content").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Key_Needed_ComesWithTheFirstMessage()
    {
        await using var served = await Served.ReActAsync(Multiplies(), o => o.ApiKeys = ["k1"]);
        using var socket = await ConnectAsync(served);

        await SendAsync(socket, User("chat"));
        Assert.Equal("user_auth_error", (await UntilAsync(socket, _ => true))[0].GetProperty("content").GetProperty("code").GetString());
        await SendAsync(socket, """{"type":"auth_message","payload":{"method":"api_key","token":"wrong"}}""");
        Assert.Equal("error", (await UntilAsync(socket, _ => true))[0].GetProperty("status").GetString());
        await SendAsync(socket, """{"type":"auth_message","payload":{"method":"api_key","token":"k1"}}""");
        Assert.Equal("success", (await UntilAsync(socket, _ => true))[0].GetProperty("status").GetString());
        await SendAsync(socket, User("chat"));
        await UntilAsync(socket, m => m.GetProperty("status").GetString() == "complete");
    }

    [Fact]
    public async Task Origin_OfAnotherSite_MayNotConnect()
    {
        await using var served = await Served.ReActAsync(Multiplies());
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "http://evil.example");

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(served), CancellationToken.None));
    }

    [Fact]
    public async Task Socket_Closed_CancelsItsRuns()
    {
        await using var served = await Served.ReActAsync(Script.Hangs());
        var socket = await ConnectAsync(served);
        await SendAsync(socket, User("chat"));
        for (var i = 0; i < 200 && served.Hub.Runs.List().Count == 0; i++)
            await Task.Delay(25);

        socket.Abort();
        socket.Dispose();

        for (var i = 0; i < 1200 && served.Hub.Runs.List()[0].Status == RunStatus.Running; i++)
            await Task.Delay(25);
        Assert.Equal(RunStatus.Cancelled, served.Hub.Runs.List()[0].Status);
    }

    private static string User(string schema) =>
        """{"type":"user_message","schema_type":"SCHEMA","id":"m1","conversation_id":"c1","content":{"messages":[{"role":"user","content":[{"type":"text","text":"6 times 7?"}]}]},"user":{},"error":{},"schema_version":"1.0.0","timestamp":"x"}"""
            .Replace("SCHEMA", schema, StringComparison.Ordinal);

    private static Uri Address(Served served) => new UriBuilder(served.Http.BaseAddress!) { Scheme = "ws", Path = "/websocket" }.Uri;

    private static async Task<ClientWebSocket> ConnectAsync(Served served)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(Address(served), CancellationToken.None);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<List<JsonElement>> UntilAsync(ClientWebSocket socket, Func<JsonElement, bool> isLast)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        List<JsonElement> messages = [];
        var buffer = new byte[1 << 20];
        while (messages.Count == 0 || !isLast(messages[^1]))
        {
            var length = 0;
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), late.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            messages.Add(JsonElement.Parse(Encoding.UTF8.GetString(buffer, 0, length)));
        }

        return messages;
    }

    private sealed class Asking : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"said {await run.PromptAsync("Go on?", "yes", "no")}");
    }
}
