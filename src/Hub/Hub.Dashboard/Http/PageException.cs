namespace Hub.Dashboard.Http;

/// <summary>A request that gets a page with an error.</summary>
/// <param name="status">HTTP status, 400 to 599.</param>
/// <param name="title">What is wrong, in a few words.</param>
/// <param name="message">What was found, what was needed.</param>
internal sealed class PageException(int status, string title, string message) : Exception(message)
{
    public int Status => status;

    public string Title => title;
}
