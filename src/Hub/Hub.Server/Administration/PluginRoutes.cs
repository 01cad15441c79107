using Hub.Abstractions;
using Hub.Core.Plugins;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Administration;

/// <summary>The channel to a running server's plugins: list, reload, remove. It always asks for the administrator's key.</summary>
internal sealed class PluginRoutes(HubServerOptions options)
{
    private readonly KeyCheck _key = new(options.AdminKey is { Length: > 0 } key ? [key] : []);

    /// <summary><c>GET /admin/plugins</c>.</summary>
    public Task ListAsync(HttpContext http) => http.Response.WriteAsJsonAsync(Host(http).Plugins, Wire.Options, http.RequestAborted);

    /// <summary><c>POST /admin/plugins</c> with <c>{"path": "…"}</c>: copies a built plugin of this machine to the server's folder and loads it.</summary>
    public async Task AddAsync(HttpContext http)
    {
        _ = Host(http); // the key comes before the body
        var path = new BodyReader(await JsonBody.ReadAsync(http)).Text("path") ?? throw RequestException.Invalid("'path' is missing: a folder with a built plugin.", "path");
        await ActAsync(http, folder => folder.Add(path).Manifest.Id);
    }

    /// <summary><c>POST /admin/plugins/{id}/reload</c>: copies it again from where it was added from; runs in flight keep what they have.</summary>
    public Task ReloadAsync(HttpContext http) => ActAsync(http, folder => folder.Reload((string)http.Request.RouteValues["id"]!).Manifest.Id);

    /// <summary><c>DELETE /admin/plugins/{id}</c>: new runs do without it.</summary>
    public Task RemoveAsync(HttpContext http) => ActAsync(http, folder =>
    {
        var id = (string)http.Request.RouteValues["id"]!;
        folder.Remove(id);
        return id;
    });

    private async Task ActAsync(HttpContext http, Func<PluginFolder, string> act)
    {
        var host = Host(http);
        try
        {
            var id = await Task.Run(() => act(host.Folder), http.RequestAborted);
            foreach (var failure in await Task.Run(host.Sync, http.RequestAborted))
                throw failure;
            await http.Response.WriteAsJsonAsync(host.Plugins.Where(p => p.Id == id), Wire.Options, http.RequestAborted);
        }
        catch (UnknownNameException unknown)
        {
            throw new RequestException(StatusCodes.Status404NotFound, unknown.Message);
        }
        catch (PluginException broken)
        {
            throw new RequestException(StatusCodes.Status409Conflict, broken.Message);
        }
    }

    private PluginHost Host(HttpContext http)
    {
        if (!_key.HasKeys)
            throw new RequestException(StatusCodes.Status403Forbidden, "This server has no administrator's key. Start it with $HUB_ADMIN_KEY set.");
        if (!_key.Allows(http))
            throw new RequestException(StatusCodes.Status401Unauthorized, "The administrator's key is needed, as 'Authorization: Bearer KEY'.");
        return options.Plugins ?? throw new RequestException(StatusCodes.Status404NotFound, "This server was started without a folder of plugins.");
    }
}
