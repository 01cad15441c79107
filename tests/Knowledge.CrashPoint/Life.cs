using System.Globalization;
using System.Text;
using Knowledge.Rdf;
using Knowledge.Store;

namespace Knowledge.CrashPoint;

/// <summary>What the transactions of a long life are: each follows from its number alone.</summary>
internal static class Life
{
    /// <summary>Quads of a load.</summary>
    public const int LoadQuads = 4000;

    private const int Small = 20;

    private static readonly Iri s_count = new("urn:count");

    /// <summary>Number of the last transaction that a store has; 0 for an empty one.</summary>
    public static int Last(QuadStore store)
    {
        using var snapshot = store.Snapshot();
        if (!snapshot.Terms.TryFind("<urn:count>"u8, out var count))
            return 0;
        var pairs = snapshot.Pairs(default, count, PairOrder.SubjectObject).Next();
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        snapshot.Terms.Write(PackedPair.Second(pairs[^1]), text);
        return int.Parse(((Literal)TermText.Parse(text.WrittenSpan)).Lexical, CultureInfo.InvariantCulture);
    }

    /// <summary>Does transaction <paramref name="k"/>.</summary>
    public static void Do(QuadStore store, int k)
    {
        if (k % 25 == 24)
            store.Compact();
        if (k % 10 == 0)
        {
            store.Load(sink =>
            {
                foreach (var quad in Added(k))
                    sink.Quad(Utf8(quad.Subject), Utf8(quad.Predicate), Utf8(quad.Object), quad.Graph is null ? default : Utf8(quad.Graph));
            });
            return;
        }

        using var transaction = store.Begin();
        foreach (var quad in Removed(k))
            transaction.Retract(quad);
        foreach (var quad in Added(k))
            transaction.Add(quad);
        transaction.Commit();
    }

    /// <summary>The quad that says that transaction <paramref name="k"/> was the last.</summary>
    public static Quad Count(int k) => new(s_count, s_count, new Literal(k.ToString("D9", CultureInfo.InvariantCulture)));

    /// <summary>Quads that transaction <paramref name="k"/> adds; the last says its number.</summary>
    public static IEnumerable<Quad> Added(int k)
    {
        var quads = k % 10 == 0 ? LoadQuads : Small;
        for (var i = 0; i < quads; i++)
            yield return Numbered(k, i);
        yield return Count(k);
    }

    /// <summary>Quads that transaction <paramref name="k"/> takes out; a load takes out none.</summary>
    public static IEnumerable<Quad> Removed(int k)
    {
        if (k % 10 == 0)
            yield break;
        foreach (var back in k % 10 == 1 ? [1, 2] : new[] { 1 })
            if (k > back)
                yield return Count(k - back);
        if (k % 10 == 5 && k > 5)
            for (var i = 0; i < LoadQuads; i++)
                yield return Numbered(k - 5, i);
        if (k % 10 is 7 or 8 && k > 5)
            for (var i = 0; i < Small; i += 2)
                yield return Numbered(k - 5, i);
    }

    private static Quad Numbered(int k, int i) => new(
        new Iri(string.Create(CultureInfo.InvariantCulture, $"urn:s:{k}:{i % 97}")),
        new Iri(string.Create(CultureInfo.InvariantCulture, $"urn:p:{i % 7}")),
        new Literal(string.Create(CultureInfo.InvariantCulture, $"{k} {i}")),
        i % 3 == 0 ? new Iri(string.Create(CultureInfo.InvariantCulture, $"urn:g:{k % 4}")) : null);

    private static byte[] Utf8(Term term) => Encoding.UTF8.GetBytes(term.ToString());
}
