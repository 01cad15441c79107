using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Gets remote documents and contexts: the <c>LoadDocumentCallback</c> of JSON-LD 1.1 API, 9.4.</summary>
public interface IDocumentLoader
{
    /// <summary>Gets one document.</summary>
    /// <param name="url">Its absolute IRI.</param>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="JsonLdException">It cannot be had; <see cref="JsonLdErrorCode.LoadingDocumentFailed"/> or another code of loading.</exception>
    RemoteDocument Load(string url, DocumentRequest request);
}

/// <summary>What a document is wanted for.</summary>
/// <param name="Limits">Limits that hold for the document.</param>
/// <param name="ExtractAllScripts">Whether all JSON-LD scripts of a page of HTML are wanted instead of the first.</param>
/// <param name="Profile">Profile of the JSON-LD script that is preferred in a page of HTML, or null.</param>
/// <param name="RequestProfile">Profile to ask the server for, or null.</param>
public sealed record DocumentRequest(JsonLdLimits Limits, bool ExtractAllScripts = false, string? Profile = null, string? RequestProfile = null);

/// <summary>A document and where it came from.</summary>
/// <param name="Document">Its content; null is JSON's null.</param>
/// <param name="DocumentUrl">Absolute IRI after all redirections, or null where the document has no place.</param>
/// <param name="ContextUrl">Absolute IRI of a context that a link header gave, or null.</param>
/// <param name="ContentType">Media type without parameters.</param>
/// <param name="Base">Base that the document itself sets, as pages of HTML do, perhaps relative to its place; or null.</param>
public sealed record RemoteDocument(JsonNode? Document, string? DocumentUrl, string? ContextUrl = null, string ContentType = "application/ld+json", string? Base = null);

/// <summary>Loads nothing, so that reading a document never reaches out by itself.</summary>
public sealed class RefusingDocumentLoader : IDocumentLoader
{
    /// <inheritdoc/>
    public RemoteDocument Load(string url, DocumentRequest request) => throw new JsonLdException(
        JsonLdErrorCode.LoadingDocumentFailed,
        $"<{url}> is wanted and no document loader is given. Set JsonLdOptions.DocumentLoader, for example to a DocumentLoader over the documents that may be read.");
}
