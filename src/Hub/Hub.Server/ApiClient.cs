namespace Hub.Server;

/// <summary>A key that a client shows, and whose it is.</summary>
public sealed class ApiClient
{
    /// <summary>The key; in a workflow file a reference to the environment, <c>${NAME}</c>.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Tenant that it belongs to; its runs are seen by this tenant alone. Null for none.</summary>
    public string? Tenant { get; set; }

    /// <summary>The user whom it stands for; null where the request says who it is.</summary>
    public string? User { get; set; }
}
