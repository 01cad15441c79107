namespace Knowledge.Endpoint;

/// <summary>A request that cannot be done, and the status that says so.</summary>
internal sealed class ProtocolException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
