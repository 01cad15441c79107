namespace Backends.Serving.Chat;

/// <summary>What an <see cref="EngineChatClient"/> answers with where a request says nothing; copied when the client is created.</summary>
public sealed class EngineChatClientOptions
{
    /// <summary>Name of the model in responses and metadata.</summary>
    /// <value>The default is <c>hub-nano</c>.</value>
    public string ModelId { get; set; } = "hub-nano";

    /// <summary>Most tokens of a reply.</summary>
    /// <value>The default is 1024.</value>
    public int DefaultMaxOutputTokens { get; set; } = 1024;

    /// <summary>Temperature of a request that has none.</summary>
    /// <value>The default is 0: greedy.</value>
    public double DefaultTemperature { get; set; }

    /// <summary>Seed of a request that has none.</summary>
    /// <value>The default is 0.</value>
    public long DefaultSeed { get; set; }

    internal EngineChatClientOptions Copy() => (EngineChatClientOptions)MemberwiseClone();
}
