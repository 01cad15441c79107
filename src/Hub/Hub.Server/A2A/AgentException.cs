namespace Hub.Server.A2A;

/// <summary>A request of the Agent2Agent protocol that is refused, with the protocol's code.</summary>
internal sealed class AgentException(int code, string message) : Exception(message)
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int Internal = -32603;
    public const int TaskNotFound = -32001;
    public const int TaskNotCancelable = -32002;
    public const int UnsupportedOperation = -32004;
    public const int ContentTypeNotSupported = -32005;
    public const int ExtendedCardNotConfigured = -32007;
    public const int VersionNotSupported = -32009;

    public int Code => code;
}
