namespace Hub.Hosting.Models;

/// <summary>Options of <c>nim</c>.</summary>
public sealed class NimOptions : OpenAIOptions
{
    /// <summary>Sets the defaults in which NIM differs.</summary>
    public NimOptions()
    {
        MaxTokens = 300;
    }
}
