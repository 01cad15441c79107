using Hub.Abstractions;

namespace Hub.Server.Mcp;

/// <summary>A resource that clients can read: a text or bytes under an address.</summary>
public sealed class ResourceOptions
{
    /// <summary>Its address; with <c>{name}</c> in it, it is a template, and the parts that a client fills in stand for the same in the text.</summary>
    public string Uri { get; set; } = "";

    /// <summary>What it is.</summary>
    public string? Description { get; set; }

    /// <summary>Its media type.</summary>
    /// <value>The default is <c>text/plain</c>.</value>
    public string MimeType { get; set; } = "text/plain";

    /// <summary>The text; null where it is bytes.</summary>
    public string? Text { get; set; }

    /// <summary>The bytes in base64; null where it is text.</summary>
    public string? Blob { get; set; }

    /// <summary>Checks address and content.</summary>
    /// <param name="name">The resource's name.</param>
    /// <exception cref="HubException">Something is missing.</exception>
    internal void Check(string name)
    {
        if (!Uri.Contains("://", StringComparison.Ordinal))
            throw new HubException($"general.front_end.resources.{name}.uri is '{Uri}'; an address such as notes://today is needed.");
        if ((Text is null) == (Blob is null))
            throw new HubException($"general.front_end.resources.{name} needs a 'text' or a 'blob' (base64), one of the two.");
        if (Blob is not null && !Convert.TryFromBase64String(Blob, new byte[Blob.Length], out _))
            throw new HubException($"general.front_end.resources.{name}.blob is no base64.");
    }
}
