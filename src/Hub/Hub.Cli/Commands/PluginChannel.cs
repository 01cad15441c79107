using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Cli.Commands;

/// <summary>The channel to a running server's plugins.</summary>
internal static class PluginChannel
{
    private const string KeyVariable = "HUB_ADMIN_KEY";

    /// <summary>Sends one command.</summary>
    /// <param name="server">Address of the server.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path below <c>/admin/plugins</c>.</param>
    /// <param name="body">The body, or null for none.</param>
    /// <returns>The plugins that the server names.</returns>
    /// <exception cref="HubException">The server is not there, or refused.</exception>
    public static async Task<JsonElement> SendAsync(string server, HttpMethod method, string path, object? body = null)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https"))
            throw new UsageException($"--server is '{server}'; an address such as http://localhost:8000 is needed.");
        if (EnvironmentVariable.Of(KeyVariable) is not { } key)
            throw new UsageException($"The server asks for the administrator's key. Set ${KeyVariable} to the one that it was started with.");
        using var http = new HttpClient { BaseAddress = root };
        using var request = new HttpRequestMessage(method, new Uri($"admin/plugins{path}", UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await http.SendAsync(request);
            var answer = await response.Content.ReadAsStringAsync();
            return response.StatusCode == HttpStatusCode.OK ? JsonElement.Parse(answer) : throw new HubException($"{server} answered {(int)response.StatusCode}: {Detail(answer)}");
        }
        catch (HttpRequestException unreachable)
        {
            throw new HubException($"No server answers at {server}: {unreachable.Message} Start it with 'hub serve'.", unreachable);
        }
    }

    private static string Detail(string answer)
    {
        try
        {
            return JsonElement.Parse(answer).TryGetProperty("detail", out var detail) ? detail.ToString() : answer;
        }
        catch (JsonException)
        {
            return answer;
        }
    }
}
