using Knowledge.Rdf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Knowledge.Endpoint;

/// <summary>Documents of a request's body: one, or the parts of a form (RFC 7578), each in a format of its own.</summary>
internal static class DocumentParts
{
    private const int MaxParts = 1024;

    /// <summary>Reads a body, all of it, so that nothing is changed where it breaks off.</summary>
    /// <exception cref="ProtocolException">A type is no format of RDF, or there is too much.</exception>
    public static async Task<IReadOnlyList<(Stream Text, RdfFormat Format)>> ReadAsync(HttpContext http, long maxBytes)
    {
        var type = http.Request.ContentType ?? "";
        if (!type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return [(await TextAsync(http.Request.Body, 0, maxBytes, http.RequestAborted), Format(type))];
        var boundary = MediaTypeHeaderValue.TryParse(type, out var parsed) ? HeaderUtilities.RemoveQuotes(parsed.Boundary).Value : null;
        if (string.IsNullOrEmpty(boundary))
            throw new ProtocolException(StatusCodes.Status400BadRequest, $"The body is '{type}', which names no boundary between its parts.");
        var reader = new MultipartReader(boundary, http.Request.Body);
        List<(Stream Text, RdfFormat Format)> parts = [];
        try
        {
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
            {
                if (parts.Count == MaxParts)
                    throw new ProtocolException(StatusCodes.Status413PayloadTooLarge, $"The form has more than {MaxParts} parts.");
                parts.Add((await TextAsync(section.Body, parts.Sum(p => p.Text.Length), maxBytes, http.RequestAborted), Format(section.ContentType ?? "")));
            }
        }
        catch (Exception wrong) when (wrong is IOException or InvalidDataException)
        {
            throw new ProtocolException(StatusCodes.Status400BadRequest, $"The form cannot be read: {wrong.Message}");
        }

        return parts;
    }

    private static RdfFormat Format(string type) => RdfFormat.TryByMediaType(type, out var format)
        ? format
        : throw new ProtocolException(StatusCodes.Status415UnsupportedMediaType, $"The body is '{type}'. There are: {string.Join(", ", RdfFormat.All.Select(f => f.MediaTypes[0]))}.");

    private static async Task<Stream> TextAsync(Stream body, long before, long maxBytes, CancellationToken cancellation)
    {
        var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await body.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (before + text.Length + read > Math.Min(maxBytes, Array.MaxLength))
                throw new ProtocolException(StatusCodes.Status413PayloadTooLarge, $"The document has more than {maxBytes} bytes.");
            text.Write(buffer, 0, read);
        }

        text.Position = 0;
        return text;
    }
}
