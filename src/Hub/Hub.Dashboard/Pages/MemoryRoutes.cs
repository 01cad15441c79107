using Hub.Abstractions;
using Hub.Dashboard.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Dashboard.Pages;

/// <summary>Pages about what agents remember.</summary>
internal sealed class MemoryRoutes(PageServer pages, IHub hub)
{
    /// <summary><c>GET /memory?memory=&amp;tenant=&amp;user=&amp;q=</c>.</summary>
    public async Task ShowAsync(HttpContext http) =>
        await pages.ShowAsync<MemoryPage>(http, "Memory", new() { [nameof(MemoryPage.Model)] = await ReadAsync(http) });

    /// <summary><c>GET /memory/fact?memory=&amp;tenant=&amp;user=&amp;q=&amp;fact=</c>.</summary>
    public async Task FactAsync(HttpContext http)
    {
        var model = await ReadAsync(http);
        var key = http.Request.Query["fact"].ToString();
        var fact = model.View?.Facts.FirstOrDefault(f => f.Key == key)
            ?? throw new PageException(StatusCodes.Status404NotFound, "No such fact", "It is not remembered any more, or not of this user.");
        await pages.ShowAsync<MemoryFactPage>(http, fact.Text, new() { [nameof(MemoryFactPage.Model)] = model, [nameof(MemoryFactPage.Fact)] = fact });
    }

    private async Task<MemoryModel> ReadAsync(HttpContext http)
    {
        var memories = hub.MemoryGraphs;
        var asked = http.Request.Query["memory"].ToString();
        var viewer = pages.Viewer(http);
        var tenant = viewer.SeesAll ? http.Request.Query["tenant"].ToString().Trim() : viewer.Tenant ?? "";
        var model = new MemoryModel(memories, memories.Contains(asked) ? asked : memories is [var first, ..] ? first : "",
            tenant, http.Request.Query["user"].ToString().Trim() is { Length: > 0 } user ? user : "default_user", http.Request.Query["q"].ToString().Trim(), null);
        if (model.Memory.Length == 0)
            return model;
        var owner = new MemoryOwner(model.Tenant.Length == 0 ? null : model.Tenant, model.User);
        return model with { View = await hub.MemoryGraph(model.Memory).LookAsync(owner, model.Question, http.RequestAborted) };
    }
}

/// <summary>A memory, as it is asked for and shown.</summary>
/// <param name="Memories">Names of the memories that are graphs.</param>
/// <param name="Memory">The one that is shown; empty where there is none.</param>
/// <param name="Tenant">Whose tenant's; empty for none.</param>
/// <param name="User">Whose.</param>
/// <param name="Question">What is asked; empty for whatever there is.</param>
/// <param name="View">What was found; null where nothing was ever remembered.</param>
public sealed record MemoryModel(IReadOnlyList<string> Memories, string Memory, string Tenant, string User, string Question, MemoryGraphView? View)
{
    private string Query => $"memory={Uri.EscapeDataString(Memory)}&tenant={Uri.EscapeDataString(Tenant)}&user={Uri.EscapeDataString(User)}&q={Uri.EscapeDataString(Question)}";

    /// <summary>Address of a fact's page.</summary>
    public string To(string root, MemoryGraphFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return $"{root}/memory/fact?{Query}&fact={Uri.EscapeDataString(fact.Key)}";
    }

    /// <summary>Address of the page that led to a fact.</summary>
    public string Back(string root) => $"{root}/memory?{Query}";
}
