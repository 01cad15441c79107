using System.Text.RegularExpressions;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hub.Server.Toolkit;

/// <summary><c>/static/{path}</c>: files of the object store that the workflow file's front end names.</summary>
/// <remarks>Source: the toolkit's <c>front_ends/fastapi/routes/static.py</c>.</remarks>
internal sealed partial class StaticRoutes(IHub hub, string store)
{
    private const int TimeoutMs = 100;

    /// <summary>Maps the four routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        const string Pattern = "/static/{**path}";
        routes.MapPost(Pattern, (RequestDelegate)(http => PutAsync(http, isNew: true)));
        routes.MapPut(Pattern, (RequestDelegate)(http => PutAsync(http, isNew: false)));
        routes.MapGet(Pattern, GetAsync);
        routes.MapDelete(Pattern, DeleteAsync);
    }

    private async Task PutAsync(HttpContext http, bool isNew)
    {
        var path = Path(http);
        if (!http.Request.HasFormContentType)
            throw RequestException.Invalid("A form with a 'file' is needed (multipart/form-data).", "file");
        IFormFile file;
        try
        {
            file = (await http.Request.ReadFormAsync(http.RequestAborted)).Files.GetFile("file") ?? throw RequestException.Invalid("The form has no 'file'.", "file");
        }
        catch (InvalidDataException broken)
        {
            throw RequestException.Invalid($"The form cannot be read: {broken.Message}", "file");
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, http.RequestAborted);
        var item = new StoredObject(bytes.ToArray(), file.ContentType);
        await UseAsync(StatusCodes.Status409Conflict, async objects =>
        {
            await (isNew ? objects.PutAsync(path, item, http.RequestAborted) : objects.UpsertAsync(path, item, http.RequestAborted));
            return true;
        });
        await http.Response.WriteAsJsonAsync(new { filename = path }, Wire.Options, http.RequestAborted);
    }

    private async Task GetAsync(HttpContext http)
    {
        var path = Path(http);
        var item = await UseAsync(StatusCodes.Status404NotFound, objects => objects.GetAsync(path, http.RequestAborted));
        var name = path[(path.LastIndexOf('/') + 1)..];
        http.Response.ContentType = item.ContentType ?? "application/octet-stream";
        http.Response.ContentLength = item.Data.Length;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{Unsafe().Replace(name, "_")}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.Body.WriteAsync(item.Data, http.RequestAborted);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var path = Path(http);
        await UseAsync(StatusCodes.Status404NotFound, async objects =>
        {
            await objects.DeleteAsync(path, http.RequestAborted);
            return true;
        });
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<T> UseAsync<T>(int refusal, Func<IObjectStore, Task<T>> use)
    {
        try
        {
            return await hub.UseAsync(components => use(components.ObjectStore(store)));
        }
        catch (ObjectStoreException refused)
        {
            throw new RequestException(refusal, refused.Message);
        }
    }

    /// <summary>The key: the path without dots that lead elsewhere.</summary>
    private static string Path(HttpContext http)
    {
        var parts = ((string?)http.Request.RouteValues["path"] ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").ToArray();
        return parts.Length > 0 && !parts.Contains("..") && !parts.Any(p => p.Contains('\0', StringComparison.Ordinal))
            ? string.Join('/', parts)
            : throw new RequestException(StatusCodes.Status400BadRequest, "Invalid file path.");
    }

    [GeneratedRegex(@"[^A-Za-z0-9_.\-]", RegexOptions.CultureInvariant, TimeoutMs)]
    private static partial Regex Unsafe();
}
