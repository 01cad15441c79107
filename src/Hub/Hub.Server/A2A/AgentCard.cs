using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.A2A;

/// <summary>What the agent says of itself: one card that clients of 1.0 and of 0.3 can read.</summary>
internal sealed class AgentCard(IHub hub, ServedFunctions functions, HubServerOptions options)
{
    /// <summary>Where messages are sent.</summary>
    public const string Path = "/a2a";

    private const string Binding = "JSONRPC";
    private const int MaxSkills = 200;

    /// <summary><c>GET /.well-known/agent-card.json</c>.</summary>
    public Task GetAsync(HttpContext http) => http.Response.WriteAsJsonAsync(Of(Url(http)), Wire.Options, http.RequestAborted);

    private string Url(HttpContext http) => $"{(options.Agent.PublicUrl ?? $"{http.Request.Scheme}://{http.Request.Host}").TrimEnd('/')}{options.FrontEnd.RootPath.TrimEnd('/')}{Path}";

    private JsonObject Of(string url)
    {
        var workflow = functions.All.FirstOrDefault(f => f.Name == hub.DefaultReasoner);
        var card = new JsonObject
        {
            ["name"] = options.Agent.Name ?? options.WorkflowName,
            ["description"] = options.Agent.Description ?? (workflow is { Description.Length: > 0 } ? workflow.Description : "Answers questions."),
            ["version"] = options.Agent.Version,
            ["supportedInterfaces"] = new JsonArray(
                new JsonObject { ["url"] = url, ["protocolBinding"] = Binding, ["protocolVersion"] = "1.0" },
                new JsonObject { ["url"] = url, ["protocolBinding"] = Binding, ["protocolVersion"] = "0.3" }),
            ["capabilities"] = new JsonObject { ["streaming"] = true, ["pushNotifications"] = true, ["extendedAgentCard"] = false },
            ["defaultInputModes"] = new JsonArray("text/plain", "application/json"),
            ["defaultOutputModes"] = new JsonArray("text/plain"),
            ["skills"] = new JsonArray([.. functions.All.Where(f => f.Kind != HubFunctionKind.Model).Take(MaxSkills).Select(Skill)]),
            ["protocolVersion"] = "0.3.0", // from here on: what 0.3 has in their place
            ["url"] = url,
            ["preferredTransport"] = Binding,
        };
        if (options.ApiKeys.Any(k => k.Length > 0))
        {
            card["securitySchemes"] = new JsonObject
            {
                ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["httpAuthSecurityScheme"] = new JsonObject { ["scheme"] = "bearer" } },
            };
            card["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() });
            card["securityRequirements"] = new JsonArray(new JsonObject { ["schemes"] = new JsonObject { ["key"] = new JsonObject { ["list"] = new JsonArray() } } });
        }

        return card;
    }

    private static JsonNode Skill(HubFunction function) => new JsonObject
    {
        ["id"] = function.Name,
        ["name"] = function.Name,
        ["description"] = function.Description.Length > 0 ? function.Description : function.Name,
        ["tags"] = new JsonArray(function.Kind == HubFunctionKind.Tool ? "tool" : "reasoner"),
    };
}
