using System.Globalization;
using System.Security.Cryptography;
using Hub.Abstractions;
using Hub.Dashboard.Http;
using Hub.Dashboard.Pages;
using Hub.Dashboard.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Hub.Dashboard.Chat;

/// <summary>Talking with a workflow, a reasoner or a model. Each message is a run.</summary>
internal sealed class ChatRoutes(PageServer pages, IHub hub, Conversations conversations, LiveRuns live)
{
    private const int MaxMessageChars = 100_000;


    /// <summary><c>GET /chat?with=&amp;conversation=</c>.</summary>
    public Task ShowAsync(HttpContext http)
    {
        var conversation = http.Request.Query["conversation"].ToString();
        var runs = pages.Runs(http);
        var turns = conversations.Turns(runs, conversation);
        var with = http.Request.Query["with"].ToString() is { Length: > 0 } named ? named : turns.Count > 0 ? turns[^1].Run.Header.Reasoner : hub.DefaultReasoner;
        var model = new ChatModel(Targets(), with, conversation, turns, Conversations.Recent(runs, conversation));
        return pages.ShowAsync<ChatPage>(http, "Chat", new() { [nameof(ChatPage.Model)] = model });
    }

    /// <summary><c>POST /chat</c>: the next message.</summary>
    public Task<string> SendAsync(HttpContext http, IFormCollection form)
    {
        var (with, message) = (form["with"].ToString(), Message(form, "message"));
        var conversation = form["conversation"].ToString() is { Length: > 0 } known ? known : Conversations.Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        Begin(with, new ReasonerRequest([.. conversations.Before(pages.Runs(http), conversation), new ChatMessage(ChatRole.User, message)]), Asked(http) with { ConversationId = conversation });
        return Task.FromResult($"{pages.Path}/chat?with={Uri.EscapeDataString(with)}&conversation={Uri.EscapeDataString(conversation)}#last");
    }

    /// <summary><c>POST /models</c>: one prompt to one model.</summary>
    public Task<string> TryAsync(HttpContext http, IFormCollection form)
    {
        var options = new ChatOptions { Temperature = Number(form, "temperature", 0, 2), MaxOutputTokens = (int?)Number(form, "max_tokens", 1, 1_000_000) };
        var handle = Begin(HubFunction.ModelPrefix + form["model"], new ReasonerRequest([new ChatMessage(ChatRole.User, Message(form, "prompt"))], options), Asked(http));
        return Task.FromResult($"{pages.Path}/models?run={handle.RunId}#answer");
    }

    /// <summary>Whom one can talk to: the workflow first, then reasoners, then models.</summary>
    public IReadOnlyList<HubFunction> Targets()
    {
        var functions = hub.Functions;
        var reasoners = hub.Reasoners.Select(name => functions.FirstOrDefault(f => f.Name == name) ?? new HubFunction(name, HubFunctionKind.Reasoner, "", ReasonerFunction.QuestionSchema));
        return [.. reasoners.Concat(functions.Where(f => f.Kind == HubFunctionKind.Reasoner)).Concat(functions.Where(f => f.Kind == HubFunctionKind.Model)).DistinctBy(f => f.Name)];
    }

    /// <summary>In whose name a run begins.</summary>
    private RunOptions Asked(HttpContext http)
    {
        var viewer = pages.Viewer(http);
        return new RunOptions { Tenant = viewer.Tenant, UserId = viewer.UserId };
    }

    private IRunHandle Begin(string with, ReasonerRequest request, RunOptions options)
    {
        live.DemandRoom();
        var handle = hub.Start(with, request, options);
        live.Keep(handle);
        return handle;
    }

    private static string Message(IFormCollection form, string field) => form[field].ToString().Trim() switch
    {
        "" => throw new PageException(StatusCodes.Status400BadRequest, "Nothing to send", "The message is empty. Write something first."),
        { Length: > MaxMessageChars } long_ => throw new PageException(StatusCodes.Status400BadRequest, "Too long", $"The message has {long_.Length:N0} characters; at most {MaxMessageChars:N0} are taken."),
        var text => text,
    };

    private static float? Number(IFormCollection form, string field, float least, float most) => form[field].ToString() is not { Length: > 0 } text ? null
        : float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new PageException(StatusCodes.Status400BadRequest, "That number does not fit", $"'{field}' is '{text}'; a number from {least} to {most} is needed.");
}
