using System.ComponentModel.DataAnnotations;

namespace Hub.Hosting.Models;

/// <summary>Options of the embedder <c>nim</c>.</summary>
public sealed class NimEmbedderOptions : EmbedderOptions
{
    /// <summary>What the provider does with a text that is too long: <c>NONE</c> (an error), <c>START</c> or <c>END</c>.</summary>
    [AllowedValues("NONE", "START", "END", ErrorMessage = "NONE, START or END is needed.")]
    public string Truncate { get; set; } = "NONE";

    /// <summary>What the texts are, for models that embed questions and documents differently: <c>query</c> or <c>passage</c>.</summary>
    [AllowedValues("query", "passage", ErrorMessage = "'query' or 'passage' is needed.")]
    public string InputType { get; set; } = "query";
}
