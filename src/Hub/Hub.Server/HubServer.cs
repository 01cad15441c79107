using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Hub.Abstractions;
using Hub.Core;
using Hub.Remote.Auth;
using Hub.Server.Http;
using Hub.Server.Mcp;
using Hub.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

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
    /// <exception cref="HubException">The address is none, or is reachable from other machines and there is no key; a certificate, keys for tokens or a place for traces cannot be used.</exception>
    public static WebApplication Build(IHub hub, HubServerOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return Build(options, hub, configure);
    }

    /// <summary>A web application that serves what the host adds and no hub: <see cref="HubServerOptions.Routes"/>, <see cref="HubServerOptions.Panels"/>, of which there has to be one, and <c>/health</c>.</summary>
    /// <param name="options">Address, keys and limits.</param>
    /// <param name="configure">Further services and logging; null for none.</param>
    /// <exception cref="HubException">As of <see cref="Build(IHub, HubServerOptions, Action{WebApplicationBuilder}?)"/>.</exception>
    public static WebApplication BuildPanels(HubServerOptions options, Action<WebApplicationBuilder>? configure = null) => Build(options, null, configure);

    private static WebApplication Build(HubServerOptions options, IHub? hub, Action<WebApplicationBuilder>? configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        var isLocal = IsLoopback(options.Host);
        if (!isLocal && !IPAddress.TryParse(options.Host.Trim('[', ']'), out _))
            throw new HubException($"'{options.Host}' is no address to listen on. localhost, 0.0.0.0 or another IP address is needed.");
        var callers = new Callers(options);
        if (!isLocal && !callers.AreAsked)
            throw new HubException($"'{options.Host}' can be reached from other machines, and there is no key. Set $HUB_API_KEY (several: separated by commas) or general.front_end.jwt, or listen on localhost.");

        var certificate = Certificate(options.FrontEnd);
        var flows = options.FrontEnd.AsksForAuthorization && options.FrontEnd.Oauth2CallbackPath.Length > 0 ? new AuthorizationFlows(options.Time, redirect => ComesBack(redirect, options)) : null;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "hub", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
            Listen(kestrel, options, certificate);
        });
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => Allow(policy, options.FrontEnd.Cors)));
        builder.Services.AddRateLimiter(limits => Limit(limits, options));
        var functions = hub is null ? null : AddHub(builder.Services, hub, options);
        if (isLocal)
        {
            // A page of another site could reach a loopback server under a name of its own: only our names are answered.
            builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", options.Host]);
        }

        var metrics = new RunMetrics();
        builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("hub", serviceVersion: RunLogFormat.HubVersion)).WithMetrics(provider => metrics.AddTo(provider).AddPrometheusExporter());
        if (hub is not null)
            builder.Services.AddSingleton(services => new ServedTelemetry(hub, metrics, options, services.GetRequiredService<ILoggerFactory>()));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        configure?.Invoke(builder);
        var app = builder.Build();
        if (isLocal)
            app.UseHostFiltering();
        app.Use(RequestId);
        app.UseRouting();
        app.UseCors();
        app.Use(Failures.HandleAsync);
        app.Use(Keys(callers));
        if (flows is not null)
        {
            app.Use((http, next) =>
            {
                AuthorizationFlows.Current = flows; // for this request and the runs that it begins
                return next(http);
            });
        }

        app.UseWebSockets();
        app.UseRateLimiter();
        app.MapPrometheusScrapingEndpoint("/metrics");
        if (hub is null)
        {
            HubRoutes.MapPanels(app, null, options);
            return app;
        }

        if (options.Surface == ServedSurface.Mcp)
            McpRoutes.Map(app);
        else if (options.Surface == ServedSurface.Agent)
            HubRoutes.MapAgent(app, hub, functions!, options);
        else
            HubRoutes.Map(app, hub, functions!, new HubRoutes.Clients(callers, flows), options);
        if (options.Surface != ServedSurface.Agent)
            app.MapMcp("/mcp");
        _ = app.Services.GetRequiredService<ServedTelemetry>(); // watches the hub until the server is disposed
        return app;
    }

    private static ServedFunctions AddHub(IServiceCollection services, IHub hub, HubServerOptions options)
    {
        var functions = new ServedFunctions(hub, options);
        services.AddSingleton(_ => new McpSurface(hub, functions, options)).AddOptions<McpServerOptions>().Configure<McpSurface>((mcp, surface) => surface.Configure(mcp));
        services.AddMcpServer().WithHttpTransport(transport => transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients);
        McpEventStore.AddTo(services, options.Time);
        return functions;
    }

    /// <summary>Whether an address is this machine's own.</summary>
    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether a browser that is sent to an address comes back to this server: its path is ours, and on this machine its port, too.</summary>
    private static bool ComesBack(Uri redirect, HubServerOptions options) =>
        redirect.AbsolutePath == options.FrontEnd.RootPath.TrimEnd('/') + options.FrontEnd.Oauth2CallbackPath && (!redirect.IsLoopback || options.Port == 0 || redirect.Port == options.Port);

    private static void Listen(KestrelServerOptions kestrel, HubServerOptions options, X509Certificate2? certificate)
    {
        void secure(ListenOptions listen)
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }

        if (options.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && options.Port != 0)
            kestrel.ListenLocalhost(options.Port, secure);
        else if (options.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            kestrel.Listen(IPAddress.Loopback, 0, secure);
        else
            kestrel.Listen(IPAddress.Parse(options.Host.Trim('[', ']')), options.Port, secure);
    }

    /// <exception cref="HubException">The file is missing, or is no certificate with its key.</exception>
    private static X509Certificate2? Certificate(FrontEndOptions frontEnd)
    {
        if (frontEnd.SslCertfile is not { Length: > 0 } file)
            return null;
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(file, frontEnd.SslKeyfile);
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null); // TLS needs the key in a form of its own
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new HubException($"general.front_end.ssl_certfile: {file} cannot be used: {unreadable.Message} A certificate in PEM is needed, with its key there or in ssl_keyfile.", unreadable);
        }
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
        limits.GlobalLimiter = CallerLimits.Limiter(options.FrontEnd);
        limits.OnRejected = async (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = CallerLimits.RetryAfter(context.Lease);
            await Failures.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests, new RequestException(
                StatusCodes.Status429TooManyRequests, CallerLimits.Reason(context.Lease, options)));
        };
    }

    private static Func<HttpContext, RequestDelegate, Task> Keys(Callers callers) => async (http, next) =>
    {
        if (await callers.IdentifyAsync(http) is { } caller)
            http.User = CallerPrincipal.Of(caller);
        else if (http.GetEndpoint()?.Metadata.GetMetadata<HubRoutes.Open>() is null)
            throw new RequestException(StatusCodes.Status401Unauthorized, "A key is needed, as 'Authorization: Bearer KEY'.", code: "invalid_api_key");
        await next(http);
    };

    /// <summary>The client's id of the request back to it, or one of ours.</summary>
    private static Task RequestId(HttpContext http, RequestDelegate next)
    {
        const int MaxChars = 128;
        var id = http.Request.Headers["X-Request-Id"].ToString();
        http.Response.Headers["X-Request-Id"] = id.Length is > 0 and <= MaxChars && id.All(c => c is > ' ' and < '\x7f') ? id : RandomBytes.Hexadecimal(16);
        return next(http);
    }
}
