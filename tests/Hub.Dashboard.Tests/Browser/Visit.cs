using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Hub.Dashboard.Tests.Browser;

/// <summary>A page in a browser of its own, and everything that it complained about.</summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>Folder for pictures of every page that a test visits; none where it is not set.</summary>
    private static readonly string? s_pictures = Environment.GetEnvironmentVariable("HUB_SCREENSHOTS");

    private const int TimeoutMs = 60_000;

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(TimeoutMs);
        page.Console += (_, said) =>
        {
            // A policy that is broken says so here too. An error page's own status is no complaint.
            if (said.Type is "error" or "warning" && !said.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _complaints.Add(said.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.RequestFailed += (_, request) =>
        {
            if (request.ResourceType is "script" or "stylesheet" or "image" or "font")
                _complaints.Add($"{request.Url}: {request.Failure}");
        };
    }

    public IPage Page { get; }

    public static async Task<Visit> StartAsync(Chromium chromium, Uri site, int width = 1280, bool dark = false)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 780 : 860 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        return new Visit(context, await context.NewPageAsync());
    }

    /// <summary>Nothing was said on the console, nothing broke the policy, and nothing is wider than the window.</summary>
    public async Task CheckAsync(string picture)
    {
        if (s_pictures is not null)
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(s_pictures, $"{picture}.png"), FullPage = true });
        Assert.Empty(_complaints);
        var widths = await Page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, window.innerWidth]");
        Assert.True(widths[0] <= widths[1], $"{Page.Url} is {widths[0]} pixels wide in a window of {widths[1]}.");
    }

    /// <summary>What axe finds against WCAG 2 A and AA: contrast, names, landmarks, roles.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync()
    {
        var found = await Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa"] } });
        return [.. found.Violations.Select(v => $"{Page.Url}: {v.Id}: {v.Help} at {string.Join("; ", v.Nodes.Select(n => n.Html))}")];
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
