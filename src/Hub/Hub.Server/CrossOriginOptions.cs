namespace Hub.Server;

/// <summary>Which pages of other origins may call; by default none.</summary>
public sealed class CrossOriginOptions
{
    /// <summary>Origins that may; <c>*</c> for all.</summary>
    public IReadOnlyList<string>? AllowOrigins { get; set; }

    /// <summary>A regular expression that a whole origin must match.</summary>
    public string? AllowOriginRegex { get; set; }

    /// <summary>Methods that they may use; <c>*</c> for all.</summary>
    public IReadOnlyList<string>? AllowMethods { get; set; } = ["GET"];

    /// <summary>Headers that they may send; <c>*</c> for all.</summary>
    public IReadOnlyList<string>? AllowHeaders { get; set; }

    /// <summary>Whether cookies come along.</summary>
    public bool? AllowCredentials { get; set; }

    /// <summary>Headers of answers that they may read.</summary>
    public IReadOnlyList<string>? ExposeHeaders { get; set; }

    /// <summary>Seconds for which a browser may remember all this.</summary>
    public int? MaxAge { get; set; } = 600;
}
