using Hub.Dashboard.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Dashboard.Pages;

/// <summary>Signing in and out.</summary>
internal sealed class SignInRoutes(PageServer pages)
{
    /// <summary><c>GET /sign-in?next=</c>.</summary>
    public Task PageAsync(HttpContext http) => PageAsync(http, http.Request.Query["next"].ToString(), isWrong: false);

    /// <summary><c>POST /sign-in</c>.</summary>
    public async Task SignInAsync(HttpContext http)
    {
        var form = await pages.FormAsync(http);
        var next = form["next"].ToString();
        if (pages.Sessions.SignIn(http, pages.Path, form["key"].ToString().Trim()))
        {
            PageServer.SeeOther(http, next.StartsWith($"{pages.Path}/", StringComparison.Ordinal) ? next : $"{pages.Path}/");
            return;
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        await PageAsync(http, next, isWrong: true);
    }

    /// <summary><c>POST /sign-out</c>.</summary>
    public Task<string> SignOutAsync(HttpContext http, IFormCollection form)
    {
        pages.Sessions.SignOut(http, pages.Path);
        return Task.FromResult($"{pages.Path}/sign-in");
    }

    private Task PageAsync(HttpContext http, string next, bool isWrong) =>
        pages.ShowAsync<SignInPage>(http, "Sign in", new() { [nameof(SignInPage.Next)] = next, [nameof(SignInPage.IsWrong)] = isWrong });
}
