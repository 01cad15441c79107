using System.ComponentModel;
using Hub.Abstractions;
using Hub.Core;
using Hub.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace Serving.Benchmarks;

/// <summary>One tool that says what it was told, behind the bare C# SDK.</summary>
[McpServerToolType]
internal sealed class McpEcho
{
    [McpServerTool(Name = "echo"), Description("Echoes.")]
    public static string Echo(string message) => message;

    /// <summary>The SDK's own server, with sessions as the hub has them.</summary>
    public static WebApplication Server()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMcpServer().WithHttpTransport(transport => transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients).WithTools<McpEcho>();
        var app = builder.Build();
        app.MapMcp("/mcp");
        return app;
    }
}

/// <summary>A hub of the same tool and nothing else.</summary>
internal sealed class ToolComponents : IHubComponents
{
    private static readonly AIFunction s_echo = HubTool.Create((string message) => message, "echo", Redo.Freely, "Echoes.");

    public IReadOnlyList<HubFunction> Functions { get; } = [HubFunction.Of(s_echo)];

    public IChatClient Model(string name) => throw new UnknownNameException("model", name, []);

    public IReadOnlyList<AIFunction> Tools(string name) => name == "echo" ? [s_echo] : throw new UnknownNameException("tool", name, ["echo"]);

    public IReasoner Reasoner(string name) => new ToolReasoner(name);
}
