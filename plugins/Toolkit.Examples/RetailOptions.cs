namespace Toolkit.Examples;

/// <summary>Options of the group <c>retail_tools</c>.</summary>
public sealed class RetailOptions
{
    /// <summary>Folder with <c>customers.json</c> and <c>products.json</c>; null for the data that the plugin brings.</summary>
    public string? DataDir { get; set; }
}
