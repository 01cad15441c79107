using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Server.Toolkit;

/// <summary><c>/feedback</c>: what somebody thinks of an answer, passed on to where its trace went.</summary>
/// <remarks>
/// Source: the toolkit's <c>nvidia_nat_weave</c>, <c>fastapi_plugin_worker.py</c>, which passes it on to Weave; here it goes into the trace itself. Like there the
/// route is missing where traces go nowhere.
/// </remarks>
internal sealed class FeedbackRoutes(IHub hub, IServiceProvider services)
{
    private const int MaxComment = 1024;
    private const int MaxReaction = 64;
    private const int MaxLooked = 10_000;

    /// <summary><c>POST /feedback</c>.</summary>
    public async Task AddAsync(HttpContext http)
    {
        var body = new BodyReader(await JsonBody.ReadAsync(http));
        var trace = body.Text("observability_trace_id") ?? throw RequestException.Invalid("'observability_trace_id' is missing.", "observability_trace_id");
        var reaction = Limited(body.Text("reaction_type"), "reaction_type", "Reaction", MaxReaction);
        var comment = Limited(body.Text("comment"), "comment", "Comment", MaxComment);
        if (reaction is null && comment is null)
            throw RequestException.Invalid("At least one of 'reaction_type' or 'comment' must be provided");
        var run = Caller.Of(http).Runs(hub, MaxLooked).FirstOrDefault(r => TraceIds.Of(r.Header) == trace)?.Header
            ?? throw new RequestException(StatusCodes.Status404NotFound, $"There is no run with the trace '{(trace.Length > MaxReaction ? trace[..MaxReaction] : trace)}'.");
        services.GetRequiredService<ServedTelemetry>().Tell(run, new Feedback(reaction, comment));
        string[] added = [.. new[] { reaction is null ? null : $"reaction '{reaction}'", comment is null ? null : "comment" }.OfType<string>()];
        await http.Response.WriteAsJsonAsync(new { message = $"Added {string.Join(" and ", added)} to call {trace}" }, Wire.Options, http.RequestAborted);
    }

    private static string? Limited(string? text, string key, string noun, int most) => string.IsNullOrEmpty(text) ? null
        : text.Length <= most ? text : throw RequestException.Invalid($"{noun} must not exceed {most} characters", key);
}
