using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Knowledge.Rdf;
using Knowledge.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Knowledge.Endpoint.Tests;

/// <summary>A store in memory, served on a free port.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Served(WebApplication app, QuadStore store)
    {
        (_app, Store) = (app, store);
        Client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public QuadStore Store { get; }

    public HttpClient Client { get; }

    /// <summary>Serves quads.</summary>
    /// <param name="turtle">The quads, in TriG.</param>
    /// <param name="options">What is allowed; null for the defaults.</param>
    /// <param name="graphs">Path of the Graph Store Protocol.</param>
    public static async Task<Served> Of(string turtle, SparqlEndpointOptions? options = null, string graphs = "/data")
    {
        var store = QuadStore.InMemory();
        store.Load(sink => RdfFormat.TriG.Read(Encoding.UTF8.GetBytes(turtle), sink));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapSparql("/sparql", store, options);
        app.MapSparqlPage(store);
        app.MapGraphStore(graphs, store, options);
        await app.StartAsync();
        return new Served(app, store);
    }

    public Task<HttpResponseMessage> Query(string query, string? accept = null, string parameters = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/sparql?query={Uri.EscapeDataString(query)}{parameters}");
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> Post(string path, string type, string body) => Send(HttpMethod.Post, path, type, body);

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, string type, string body)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return Client.SendAsync(new HttpRequestMessage(method, path) { Content = content });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Store.Dispose();
    }
}
