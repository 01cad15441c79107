using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Toolkit.Examples;

/// <summary>Tools of a shop's customer service. Those that would write only say what they would have done.</summary>
internal sealed class RetailTools(RetailData data)
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public IReadOnlyList<AIFunction> Create() =>
    [
        Tool("get_customer_by_email", (string email) => Node(Customer(email)), "Finds a customer by email address: name, orders and what was spent."),
        Tool("get_customer_by_id", (string customer_id) => Node(data.Customers.FirstOrDefault(c => c.Id == customer_id)
            ?? throw new HubException($"No customer found with ID: {customer_id}. Please verify the customer ID is correct.")), "Finds a customer by ID, e.g. CUST001."),
        Tool("get_product_info", (string product_identifier) => Node(Product(product_identifier)), "Finds a product by ID or name: description, price, stock and reviews."),
        Tool("get_all_products", () => All(), "Lists all products with price, stock and rating."),
        Tool("write_review", (string customer_email, string product_name, int rating, string review_text) => Review(Customer(customer_email), Product(product_name), rating, review_text), "Submits a review of a product; rating is 1 to 5."),
        Tool("send_email", (string recipient_email, string content, string? cc = null) => Email(recipient_email, content, cc), "Sends an email to a customer."),
        Tool("update_customer_info", (string customer_email, string product_name, int quantity) => Order(Customer(customer_email), Product(product_name), quantity), "Places an order for a customer."),
    ];

    private RetailData.Customer Customer(string email) => data.Customers.FirstOrDefault(c => c.Email.Equals(email, StringComparison.OrdinalIgnoreCase))
        ?? throw new HubException($"No customer found with email: {email}. This appears to be a new customer. They have no purchase history.");

    private RetailData.Product Product(string name) => data.Products.FirstOrDefault(p => p.Id == name || p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new HubException($"No product found with identifier: {name}. Please verify the product identifier is correct.");

    private JsonArray All() =>
    [
        .. data.Products.Select(p => (JsonNode)new JsonObject
        {
            ["id"] = p.Id,
            ["name"] = p.Name,
            ["description"] = p.Description,
            ["price"] = p.Price,
            ["stock"] = p.Stock,
            ["average_rating"] = p.Reviews.Count == 0 ? "No ratings yet" : p.Reviews.Average(r => r.Rating),
            ["review_count"] = p.Reviews.Count,
            ["review_texts"] = Node(p.Reviews.Select(r => r.Text)),
        }),
    ];

    private static JsonObject Review(RetailData.Customer customer, RetailData.Product product, int rating, string text) => rating is < 1 or > 5
        ? throw new ArgumentException($"The rating is {rating}; 1 to 5 is needed.")
        : Done($"Review submitted successfully for {product.Name}", "review",
            new JsonObject { ["customer_name"] = customer.Name, ["product_name"] = product.Name, ["rating"] = rating, ["review_text"] = text },
            "This is a mock operation - the review was not actually saved to the database.");

    private static JsonObject Email(string to, string content, string? cc) => Done("Email sent successfully", "email_details",
        new JsonObject { ["to"] = to, ["cc"] = string.IsNullOrEmpty(cc) ? "None" : cc, ["content"] = content, ["timestamp"] = "2024-11-25T10:00:00Z" },
        "This is a mock operation - no actual email was sent.");

    private static JsonObject Order(RetailData.Customer customer, RetailData.Product product, int quantity)
    {
        if (quantity < 1)
            throw new ArgumentException($"The quantity is {quantity}; 1 or more is needed.");
        if (product.Stock < quantity)
            throw new HubException($"Insufficient stock. Only {product.Stock} units of {product.Name} are available.");
        var total = product.Price * quantity;
        return Done($"Order placed successfully for {customer.Name}", "order_details",
            new JsonObject
            {
                ["customer_name"] = customer.Name,
                ["customer_email"] = customer.Email,
                ["product_name"] = product.Name,
                ["product_id"] = product.Id,
                ["quantity"] = quantity,
                ["unit_price"] = product.Price,
                ["total"] = total,
                ["new_total_orders"] = customer.TotalOrders + 1,
                ["new_total_spent"] = customer.TotalSpent + total,
            },
            "This is a mock operation - the order was not actually saved to the database.");
    }

    private static JsonObject Done(string message, string what, JsonObject details, string note) => new() { ["success"] = true, ["message"] = message, [what] = details, ["note"] = note };

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, s_json)!;

    // Nothing is written anywhere: a resume may call them again.
    private static AIFunction Tool(string name, Delegate method, string description) => HubTool.Create(method, name, Redo.Freely, description);
}
