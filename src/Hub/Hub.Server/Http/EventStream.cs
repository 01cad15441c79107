using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Server.Http;

/// <summary>Writes the toolkit's stream of events: lines with one of several prefixes, each followed by an empty line.</summary>
/// <remarks>What a slow reader has not taken holds up the next write: Kestrel's buffer is the bound.</remarks>
internal sealed class EventStream
{
    private readonly HttpContext _http;

    private EventStream(HttpContext http)
    {
        _http = http;
    }

    /// <summary>Begins the answer: status 200 and headers.</summary>
    public static async Task<EventStream> OpenAsync(HttpContext http)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.StartAsync(http.RequestAborted);
        return new EventStream(http);
    }

    /// <summary>Where the client has read to, told in a block of its own after each event; null for nothing.</summary>
    /// <remarks>A block of nothing but <c>id:</c> is no event for readers of the standard, and none of the prefixes that the toolkit's clients look for.</remarks>
    public string? Position { get; set; }

    /// <summary><c>data: text</c>, as it is.</summary>
    public Task TextAsync(string text)
    {
        var writer = _http.Response.BodyWriter;
        writer.Write("data: "u8);
        writer.Write(Encoding.UTF8.GetBytes(text));
        return EndAsync("\n\n"u8);
    }

    /// <summary><c>data: {…}</c>.</summary>
    public Task DataAsync<T>(T value) => WriteAsync("data: "u8, value, "\n\n"u8);

    /// <summary><c>intermediate_data: {…}</c>.</summary>
    public Task IntermediateAsync<T>(T value) => WriteAsync("intermediate_data: "u8, value, "\n\n"u8);

    /// <summary><c>observability_trace: {…}</c>.</summary>
    public Task TraceAsync<T>(T value) => WriteAsync("observability_trace: "u8, value, "\n\n"u8);

    /// <summary>JSON alone, with neither prefix nor empty line: the toolkit's form of an error in a stream.</summary>
    public Task NakedAsync<T>(T value) => WriteAsync(default, value, default);

    /// <summary>A named event of a standard event stream.</summary>
    public Task NamedAsync<T>(string name, T value) => WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\ndata: "), value, "\n\n"u8);

    /// <summary><c>data: [DONE]</c>.</summary>
    public async Task DoneAsync()
    {
        _http.Response.BodyWriter.Write("data: [DONE]\n\n"u8);
        await FlushAsync();
    }

    private Task WriteAsync<T>(ReadOnlySpan<byte> prefix, T value, ReadOnlySpan<byte> suffix)
    {
        var writer = _http.Response.BodyWriter;
        writer.Write(prefix);
        using (var json = new Utf8JsonWriter(writer, new JsonWriterOptions { Encoder = Wire.Options.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(json, value, Wire.Options);
        return EndAsync(suffix);
    }

    private Task EndAsync(ReadOnlySpan<byte> suffix)
    {
        var writer = _http.Response.BodyWriter;
        writer.Write(suffix);
        if (Position is { } position && suffix.Length > 0)
            writer.Write(Encoding.UTF8.GetBytes($"id: {position}\n\n"));
        return FlushAsync();
    }

    private async Task FlushAsync() => await _http.Response.BodyWriter.FlushAsync(_http.RequestAborted);
}
