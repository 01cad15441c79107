using Microsoft.AspNetCore.Http;

namespace Hub.Dashboard;

/// <summary>A page that the server's host adds to the dashboard: it stands in the navigation, and has files and answers of its own.</summary>
public sealed class DashboardPanel
{
    /// <summary>Last part of its address, as <c>knowledge</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What the navigation and its heading call it.</summary>
    public required string Name { get; init; }

    /// <summary>Gives the content below the heading, as HTML that is written as it is, for the panel's address with its slash.</summary>
    public required Func<string, string> Content { get; init; }

    /// <summary>Names of its style sheets.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>Names of its scripts, deferred, in their order.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Serves a file by the route value <c>name</c>, to anybody.</summary>
    public required RequestDelegate File { get; init; }

    /// <summary>What answers below the panel's address, by name, GET and POST, whoever is signed in; others get 401.</summary>
    public IReadOnlyDictionary<string, RequestDelegate> Answers { get; init; } = new Dictionary<string, RequestDelegate>();

    /// <summary>Content-Security-Policy of the page; null for the dashboard's.</summary>
    public string? Policy { get; init; }
}
