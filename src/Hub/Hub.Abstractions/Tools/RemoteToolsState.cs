namespace Hub.Abstractions;

/// <summary>How a group of another server's tools stands just now.</summary>
/// <param name="Server">What the server is called: its transport, a colon, its program or address.</param>
/// <param name="Transport">How it is spoken to.</param>
/// <param name="IsProtected">Whether it asks for credentials.</param>
/// <param name="IsHealthy">Whether it answered just now.</param>
/// <param name="Available">Names, in the group, of the tools that it has just now; none where it did not answer.</param>
public sealed record RemoteToolsState(string Server, string Transport, bool IsProtected, bool IsHealthy, IReadOnlyList<string> Available);
