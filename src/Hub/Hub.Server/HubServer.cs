using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace Hub.Server;

/// <summary>Serves a hub over HTTP.</summary>
public static class HubServer
{
    internal const string RunLimit = "runs";

    private static readonly TimeSpan s_regexTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>A web application that serves a hub; the caller starts, stops and disposes it, and disposes the hub after it.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="options">Address, keys and limits.</param>
    /// <param name="configure">Further services and logging; null for none.</param>
    /// <exception cref="HubException">The address is none, or is reachable from other machines and there is no key.</exception>
    public static WebApplication Build(IHub hub, HubServerOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentNullException.ThrowIfNull(options);
        var isLocal = IsLoopback(options.Host);
        if (!isLocal && !IPAddress.TryParse(options.Host.Trim('[', ']'), out _))
            throw new HubException($"'{options.Host}' is no address to listen on. localhost, 0.0.0.0 or another IP address is needed.");
        if (!isLocal && options.ApiKeys.All(string.IsNullOrEmpty))
            throw new HubException($"'{options.Host}' can be reached from other machines, and there is no key. Set $HUB_API_KEY (several: separated by commas), or listen on localhost.");

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "hub", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
            Listen(kestrel, options);
        });
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => Allow(policy, options.FrontEnd.Cors)));
        builder.Services.AddRateLimiter(limits => Limit(limits, options));
        var functions = new ServedFunctions(hub, options);
        builder.Services.AddSingleton(_ => new McpSurface(hub, functions, options)).AddOptions<McpServerOptions>().Configure<McpSurface>((mcp, surface) => surface.Configure(mcp));
        builder.Services.AddMcpServer().WithHttpTransport(transport => transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients);
        if (isLocal)
        {
            // A page of another site could reach a loopback server under a name of its own: only our names are answered.
            builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", options.Host]);
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        configure?.Invoke(builder);
        var app = builder.Build();
        if (isLocal)
            app.UseHostFiltering();
        app.Use(RequestId);
        app.UseRouting();
        app.UseCors();
        app.Use(Failures.HandleAsync);
        app.Use(Keys(options));
        app.UseWebSockets();
        app.UseRateLimiter();
        if (options.IsMcpAlone)
            McpRoutes.Map(app);
        else
            HubRoutes.Map(app, hub, functions, options);
        app.MapMcp("/mcp");
        return app;
    }

    /// <summary>Whether an address is this machine's own.</summary>
    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static void Listen(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, HubServerOptions options)
    {
        if (options.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && options.Port != 0)
            kestrel.ListenLocalhost(options.Port);
        else if (options.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.Listen(IPAddress.Parse(options.Host.Trim('[', ']')), options.Port);
    }

    private static void Allow(CorsPolicyBuilder policy, CrossOriginOptions cors)
    {
        var origins = cors.AllowOrigins ?? [];
        if (cors.AllowOriginRegex is { Length: > 0 } pattern)
        {
            var regex = new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant, s_regexTimeout);
            policy.SetIsOriginAllowed(origin => origins.Contains(origin) || regex.IsMatch(origin));
        }
        else if (origins.Contains("*"))
            policy.AllowAnyOrigin();
        else
            policy.WithOrigins([.. origins]);

        if (cors.AllowMethods?.Contains("*") == true)
            policy.AllowAnyMethod();
        else
            policy.WithMethods([.. cors.AllowMethods ?? []]);
        if (cors.AllowHeaders?.Contains("*") == true)
            policy.AllowAnyHeader();
        else
            policy.WithHeaders([.. cors.AllowHeaders ?? []]);
        if (cors.AllowCredentials == true && !origins.Contains("*"))
            policy.AllowCredentials();
        policy.WithExposedHeaders([.. cors.ExposeHeaders ?? []]).SetPreflightMaxAge(TimeSpan.FromSeconds(cors.MaxAge ?? 0));
    }

    private static void Limit(RateLimiterOptions limits, HubServerOptions options)
    {
        limits.AddConcurrencyLimiter(RunLimit, limiter => (limiter.PermitLimit, limiter.QueueLimit) = (options.MaxConcurrentRuns, options.MaxQueuedRequests));
        limits.OnRejected = async (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "1";
            await Failures.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests, new RequestException(
                StatusCodes.Status429TooManyRequests, $"{options.MaxConcurrentRuns} runs are under way and {options.MaxQueuedRequests} requests wait. Try again later."));
        };
    }

    private static Func<HttpContext, RequestDelegate, Task> Keys(HubServerOptions options)
    {
        var keys = new KeyCheck(options.ApiKeys);
        return (http, next) => !keys.HasKeys || keys.Allows(http) || http.GetEndpoint()?.Metadata.GetMetadata<HubRoutes.Open>() is not null
            ? next(http)
            : throw new RequestException(StatusCodes.Status401Unauthorized, "A key is needed, as 'Authorization: Bearer KEY'.", code: "invalid_api_key");
    }

    /// <summary>The client's id of the request back to it, or one of ours.</summary>
    private static Task RequestId(HttpContext http, RequestDelegate next)
    {
        const int MaxChars = 128;
        var id = http.Request.Headers["X-Request-Id"].ToString();
        http.Response.Headers["X-Request-Id"] = id.Length is > 0 and <= MaxChars && id.All(c => c is > ' ' and < '\x7f') ? id : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return next(http);
    }
}
