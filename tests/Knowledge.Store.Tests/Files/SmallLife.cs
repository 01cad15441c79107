using System.Globalization;
using System.Text;
using Knowledge.Rdf;
using Knowledge.Store.Tests.Reference;

namespace Knowledge.Store.Tests.Files;

/// <summary>The short life of a store: loads, updates with and without times, branches, compactions. Each step is done by one call and is acknowledged when that returns.</summary>
internal static class SmallLife
{
    private static readonly Iri s_p = new("http://example.org/p");

    public static IReadOnlyList<Action<QuadStore>> Steps { get; } =
    [
        store => Load(store, 0, 30),
        store => Change(store, t => t.Add(Said(1000))),
        store => Change(store, t => t.Retract(Said(3))),
        store => Change(store, t => t.Add(Said(2000), new DateOnly(2020, 1, 1), new DateOnly(2030, 1, 1)), t => t.End(Said(2), new DateOnly(2023, 5, 1))),
        store => store.Compact(),
        store => Change(store, t => t.Add(Said(3000)), t => t.Retract(Said(1000)), t => t.End(Said(2000), new DateOnly(2022, 1, 1))),
        store => Load(store, 20, 300),
        store => Merge(store, 5000),
        store => store.Compact(),
        store => Change(store, t => t.Retract(Said(3000))),
    ];

    /// <summary>Lives it, and keeps a twin that does what was acknowledged.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="options">The store's options.</param>
    /// <param name="goesOn">Whether to go on after a step failed, where the store allows it.</param>
    /// <returns>The twin in memory, and the step that failed last.</returns>
    public static (QuadStore Twin, Action<QuadStore>? Failed) Live(IStoreFolder folder, StoreOptions options, bool goesOn)
    {
        var twin = QuadStore.InMemory(options.Time);
        Action<QuadStore>? failed = null;
        QuadStore store;
        try
        {
            store = QuadStore.Open(folder, options);
        }
        catch (IOException)
        {
            return (twin, null);
        }

        foreach (var step in Steps)
        {
            try
            {
                step(store);
                step(twin);
            }
            catch (StoreException)
            {
                failed = step;
                if (!goesOn)
                    break;
            }
        }

        return (twin, failed);
    }

    public static Quad Said(int i) => new(new Iri(string.Create(CultureInfo.InvariantCulture, $"http://example.org/{i % 17}")), s_p, new Literal(new string('x', i % 5) + i), i % 3 == 0 ? null : new BlankNode("g" + (i % 3)));

    private static void Load(QuadStore store, int from, int to) => store.Load(sink =>
    {
        sink.Prefix("e" + to, "http://example.org/");
        for (var i = from; i < to; i++)
        {
            var quad = Said(i);
            sink.Quad(Utf8(quad.Subject), Utf8(quad.Predicate), Utf8(quad.Object), quad.Graph is null ? default : Utf8(quad.Graph));
        }
    });

    private static void Change(QuadDataset store, params Func<Transaction, bool>[] changes)
    {
        using var transaction = store.Begin();
        foreach (var change in changes)
            change(transaction);
        transaction.Commit();
    }

    private static void Merge(QuadStore store, int said)
    {
        using var branch = store.Fork();
        Change(branch, t => t.Add(Said(said)), t => t.Retract(Said(7)));
        Change(branch, t => t.Add(Said(said + 1)));
        branch.Merge();
    }

    private static byte[] Utf8(Term term) => Encoding.UTF8.GetBytes(term.ToString());
}
