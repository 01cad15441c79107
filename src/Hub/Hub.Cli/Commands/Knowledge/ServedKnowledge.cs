using Hub.Dashboard;
using Hub.Server;
using global::Knowledge.Endpoint;
using global::Knowledge.Sparql;
using global::Knowledge.Store;

namespace Hub.Cli.Commands.Knowledge;

/// <summary>A store as a server offers it: SPARQL at <c>/sparql</c>, graphs at <c>/data</c>, and a page of the dashboard.</summary>
internal sealed class ServedKnowledge : IDisposable
{
    /// <summary>Where its page is.</summary>
    public const string PagePath = "/dashboard/knowledge";

    private readonly QuadStore _store;
    private readonly TextIndex _words;
    private readonly VectorIndex _vectors;
    private readonly SparqlEndpointOptions _options;

    /// <param name="folder">The store's folder.</param>
    /// <param name="isReadOnly">Whether changes are refused.</param>
    /// <param name="timeout">The longest that a query may take.</param>
    public ServedKnowledge(string folder, bool isReadOnly, TimeSpan timeout)
    {
        _store = KgStore.Open(folder);
        (_words, _vectors) = (new TextIndex(_store), new VectorIndex(_store));
        _options = new SparqlEndpointOptions { IsReadOnly = isReadOnly, Query = new QueryOptions { MaxTime = timeout, PropertyFunctions = [_words, _vectors, .. GraphFunctions.All()] } };
    }

    /// <summary>Adds it to what a server offers.</summary>
    public void AddTo(HubServerOptions server)
    {
        var routes = server.Routes;
        server.Routes = root =>
        {
            routes?.Invoke(root);
            root.MapSparql("/sparql", _store, _options);
            root.MapGraphStore("/data", _store, _options);
        };
        server.Panels =
        [
            .. server.Panels,
            new DashboardPanel
            {
                Path = "knowledge",
                Name = "Knowledge",
                Content = SparqlPage.Content,
                Styles = SparqlPage.Styles,
                Scripts = SparqlPage.Scripts,
                File = SparqlPage.FileAsync,
                Policy = SparqlPage.Policy,
                Answers = new Dictionary<string, Microsoft.AspNetCore.Http.RequestDelegate> { ["sparql"] = SparqlRoutes.Handler(_store, _options), ["vocabulary"] = SparqlPage.VocabularyOf(_store) },
            },
        ];
    }

    public void Dispose()
    {
        _words.Dispose();
        _vectors.Dispose();
        _store.Dispose();
    }
}
