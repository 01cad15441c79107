using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;

namespace Toolkit.Examples;

/// <summary>Customers and products of a garden shop.</summary>
internal sealed record RetailData(IReadOnlyList<RetailData.Customer> Customers, IReadOnlyList<RetailData.Product> Products)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads the data of a folder, or the plugin's own.</summary>
    /// <exception cref="HubException">A file is missing or not as it should be.</exception>
    public static RetailData Load(string? folder) => new(Read<Customer>(folder, "customers.json"), Read<Product>(folder, "products.json"));

    private static List<T> Read<T>(string? folder, string name)
    {
        try
        {
            using var stream = folder is null
                ? Assembly.GetExecutingAssembly().GetManifestResourceStream($"{typeof(RetailData).Namespace}.Data.{name}")!
                : File.OpenRead(Path.Combine(folder, name));
            return JsonSerializer.Deserialize<List<T>>(stream, s_json)!;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new HubException($"retail_tools cannot read {name}{(folder is null ? "" : $" in '{folder}'")}: {broken.Message}", broken);
        }
    }

    public sealed record Order(string ProductId, string ProductName, int Quantity, string Date, double Total);

    public sealed record Customer(string Id, string Email, string Name, IReadOnlyList<Order> PastOrders, int TotalOrders, double TotalSpent);

    public sealed record Review(string CustomerId, string CustomerName, int Rating, [property: JsonPropertyName("review")] string Text);

    public sealed record Product(string Id, string Name, string Description, double Price, int Stock, IReadOnlyList<Review> Reviews);
}
