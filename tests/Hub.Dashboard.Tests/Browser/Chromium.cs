using Microsoft.Playwright;

namespace Hub.Dashboard.Tests.Browser;

/// <summary>Debian's chromium, one for all tests; <see cref="Missing"/> says why where there is none.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Environment variable that names another chromium.</summary>
    public const string Variable = "HUB_CHROMIUM";

    private static readonly string s_path = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : "/usr/bin/chromium";
    private IPlaywright? _playwright;

    /// <summary>Why no browser test can run; null where they can.</summary>
    public static string? Missing { get; } = File.Exists(s_path) ? null : $"There is no chromium at {s_path}: apt-get install chromium, or set ${Variable}.";

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Missing is not null)
            return;
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = s_path, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_playwright is null)
            return;
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>A test that needs a browser; skipped with a reason where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        Skip = Chromium.Missing;
    }
}

/// <summary>Tests that need a browser; skipped with a reason where there is none.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        Skip = Chromium.Missing;
    }
}
