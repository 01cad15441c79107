using Hub.Abstractions;
using Hub.Dashboard.Pages;
using Hub.Dashboard.Runs;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Dashboard.Http;

/// <summary>Answers requests with pages: headers, sign-in, forms and errors are dealt with here, once.</summary>
internal sealed class PageServer(DashboardOptions options, string path) : IDisposable
{
    private const int MaxFormBytes = 1 << 20;
    private const int MaxFormFields = 32;
    private const string TokenField = "csrf";
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // Made with the first page: a server that nobody looks at pays nothing for it.
    private readonly Lazy<ServiceProvider> _services = new(CreateServices);

    /// <summary>Where the dashboard is, without a slash at the end.</summary>
    public string Path => path;

    public Sessions Sessions { get; } = new(options);

    public DashboardOptions Options => options;

    /// <summary>Who looks at a page. Routes of <see cref="Get"/> and <see cref="Post"/> have somebody.</summary>
    /// <exception cref="PageException">Nobody is signed in.</exception>
    public DashboardViewer Viewer(HttpContext http) =>
        Sessions.Viewer(http) ?? throw new PageException(StatusCodes.Status401Unauthorized, "Sign in first", "Your session has ended. Sign in again.");

    /// <summary>The runs that whoever looks may see.</summary>
    public ViewedRuns Runs(HttpContext http) => new(options.Hub!.Runs, Viewer(http));

    /// <summary>For pages about the server itself.</summary>
    /// <exception cref="PageException">Whoever looks sees one tenant's runs alone.</exception>
    public void DemandAll(HttpContext http)
    {
        if (!Viewer(http).SeesAll)
            throw new PageException(StatusCodes.Status403Forbidden, "Not yours to see", "Your key shows your own runs. This page is about the server, and for its administrator.");
    }

    /// <summary>A route that shows something to whoever is signed in.</summary>
    public RequestDelegate Get(Func<HttpContext, Task> show) => http => GuardAsync(http, async () =>
    {
        if (Sessions.Allows(http))
            await show(http);
        else
            http.Response.Redirect($"{path}/sign-in?next={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
    });

    /// <summary>A route that takes a form from whoever is signed in and answers with another page to look at.</summary>
    public RequestDelegate Post(Func<HttpContext, IFormCollection, Task<string>> act) => http => GuardAsync(http, async () =>
    {
        if (!Sessions.Allows(http))
            throw new PageException(StatusCodes.Status401Unauthorized, "Sign in first", "Your session has ended. Sign in, and send the form again.");
        SeeOther(http, await act(http, await FormAsync(http)));
    });

    /// <summary>A route that anybody may use.</summary>
    public RequestDelegate Open(Func<HttpContext, Task> serve) => http => GuardAsync(http, () => serve(http));

    /// <summary>Reads a form and checks its token.</summary>
    /// <exception cref="PageException">It is too large, or not from a page of this server.</exception>
    public async Task<IFormCollection> FormAsync(HttpContext http)
    {
        try
        {
            var limits = new FormOptions { ValueLengthLimit = MaxFormBytes, ValueCountLimit = MaxFormFields, BufferBodyLengthLimit = MaxFormBytes };
            var form = await http.Request.ReadFormAsync(limits, http.RequestAborted);
            await _services.Value.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
            return form;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or InvalidOperationException or BadHttpRequestException)
        {
            throw new PageException(StatusCodes.Status400BadRequest, "That form cannot be read", $"It must be a form of at most {MaxFormBytes:N0} bytes.");
        }
        catch (AntiforgeryValidationException)
        {
            throw new PageException(StatusCodes.Status400BadRequest, "That form is too old", "The form was not made by this page of this server, or the server was started again since. Go back, reload the page and send it again.");
        }
    }

    /// <summary>Renders a component as the answer.</summary>
    /// <param name="http">The request.</param>
    /// <param name="title">The page's title.</param>
    /// <param name="parameters">The component's parameters.</param>
    /// <param name="version">Changes when the page does; a client that has this one gets 304. Null where nobody asks again.</param>
    public async Task ShowAsync<TPage>(HttpContext http, string title, Dictionary<string, object?> parameters, string? version = null)
        where TPage : IComponent
    {
        if (version is not null)
        {
            http.Response.Headers.ETag = $"\"{version}\"";
            if (http.Request.Headers.IfNoneMatch.ToString() == $"\"{version}\"")
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        var frame = new PageFrame(path, $"{http.Request.Scheme}://{http.Request.Host}", title, http.Request.Path, Token(http), Sessions.AreNeeded && Sessions.Allows(http), Sessions.Viewer(http) is { SeesAll: true })
        {
            Panels = options.Panels,
            HasPanelsAlone = options.Hub is null,
        };
        await using var renderer = new HtmlRenderer(_services.Value, _services.Value.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<Document>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(Document.Frame)] = frame,
                [nameof(Document.Body)] = (RenderFragment)(builder =>
                {
                    builder.OpenComponent<TPage>(0);
                    builder.AddMultipleAttributes(1, parameters!);
                    builder.CloseComponent();
                }),
            }));
            return page.ToHtmlString();
        });
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(html, http.RequestAborted);
    }

    /// <summary>Sends a client on to another page, with GET.</summary>
    public static void SeeOther(HttpContext http, string to)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = to;
    }

    public void Dispose()
    {
        Sessions.Dispose();
        if (_services.IsValueCreated)
            _services.Value.Dispose();
    }

    private static ServiceProvider CreateServices()
    {
        var services = new ServiceCollection().AddLogging();
        // Keys live as long as the process: nothing is written to disk, and forms of an earlier process are refused with a word why.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(forms =>
        {
            forms.FormFieldName = TokenField;
            forms.Cookie.Name = "hub-form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.HttpOnly = true;
            forms.SuppressXFrameOptionsHeader = true; // the policy says it
        });
        return services.BuildServiceProvider();
    }

    private async Task GuardAsync(HttpContext http, Func<Task> serve)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache, private";
        try
        {
            await serve();
        }
        catch (Exception failure) when (!http.Response.HasStarted && Error(failure) is { } error)
        {
            if (error.Status == StatusCodes.Status500InternalServerError)
                http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Hub.Dashboard").LogError(failure, "The page {Path} could not be made", http.Request.Path);
            http.Response.StatusCode = error.Status;
            await ShowAsync<ErrorPage>(http, error.Title, new() { [nameof(ErrorPage.Title)] = error.Title, [nameof(ErrorPage.Message)] = error.Message, [nameof(ErrorPage.Path)] = path });
        }
    }

    /// <summary>What a failure is to whoever looks at the page; null for what the server itself deals with.</summary>
    private static PageException? Error(Exception failure) => failure switch
    {
        PageException known => known,
        UnknownNameException unknown => new PageException(StatusCodes.Status404NotFound, "Not found", unknown.Message),
        RunLeaseException taken => new PageException(StatusCodes.Status409Conflict, "Somebody else is at work on it", taken.Message),
        HubException refused => new PageException(StatusCodes.Status422UnprocessableEntity, "That did not work", refused.Message),
        OperationCanceledException => null,
        _ => new PageException(StatusCodes.Status500InternalServerError, "Something broke", $"The page could not be made ({failure.GetType().Name}). The server goes on; the run log has what runs did."),
    };

    private string Token(HttpContext http) => _services.Value.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http).RequestToken!;
}

/// <summary>What all pages have around them.</summary>
/// <param name="Root">Where the dashboard is.</param>
/// <param name="Origin">Where the server is, as the client knows it.</param>
/// <param name="Title">The page's title.</param>
/// <param name="Current">Path of the page, to mark it in the navigation.</param>
/// <param name="Token">Token that forms carry.</param>
/// <param name="IsSignedIn">Whether there is a session to end.</param>
/// <param name="SeesAll">Whether pages about the server itself are for whoever looks.</param>
public sealed record PageFrame(string Root, string Origin, string Title, string Current, string Token, bool IsSignedIn, bool SeesAll)
{
    /// <summary>Further pages, for the navigation.</summary>
    public IReadOnlyList<DashboardPanel> Panels { get; init; } = [];

    /// <summary>Whether there are no other pages.</summary>
    public bool HasPanelsAlone { get; init; }

    /// <summary>Address of one of the dashboard's own files; it changes with its content.</summary>
    public string Asset(string name) => $"{Root}/assets/{name}?v={Assets.Version}";
}
