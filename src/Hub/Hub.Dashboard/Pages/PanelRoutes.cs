using Hub.Dashboard.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hub.Dashboard.Pages;

/// <summary>Pages that the host adds.</summary>
internal static class PanelRoutes
{
    private static readonly string[] s_methods = ["GET", "POST"];

    /// <summary>Maps a panel's page, its files and its answers.</summary>
    public static void Map(RouteGroupBuilder group, PageServer pages, DashboardPanel panel)
    {
        group.MapGet($"/{panel.Path}", pages.Get(http => ShowAsync(http, pages, panel)));
        group.MapGet($"/{panel.Path}/files/{{name}}", pages.Open(http => panel.File(http)));
        foreach (var (name, answer) in panel.Answers)
            group.MapMethods($"/{panel.Path}/{name}", s_methods, pages.Open(http => AnswerAsync(http, pages, answer)));
    }

    private static Task ShowAsync(HttpContext http, PageServer pages, DashboardPanel panel)
    {
        if (panel.Policy is { } policy)
            http.Response.Headers.ContentSecurityPolicy = policy;
        return pages.ShowAsync<PanelPage>(http, panel.Name, new() { [nameof(PanelPage.Panel)] = panel, [nameof(PanelPage.Address)] = $"{pages.Path}/{panel.Path}/" });
    }

    /// <summary>Scripts ask here: who is not signed in gets a status, and no page to sign in.</summary>
    private static Task AnswerAsync(HttpContext http, PageServer pages, RequestDelegate answer)
    {
        if (pages.Sessions.Allows(http))
            return answer(http);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return http.Response.WriteAsync("The session has ended. Sign in again.", http.RequestAborted);
    }
}
