using CsCheck;
using Knowledge.Rdf;
using Microsoft.Extensions.Time.Testing;

namespace Knowledge.Store.Tests.Reference;

/// <summary>Random histories of transactions, and their way into a store and into its twin.</summary>
internal static class Histories
{
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<QuadIds> s_quad = Gen.Select(Gen.UInt[1, 4], Gen.UInt[1, 2], Gen.UInt[1, 4], Gen.UInt[0, 2])
        .Select((s, p, o, g) => new QuadIds(new TermId(s), new TermId(p), new TermId(o), new TermId(g)));

    private static readonly Gen<DateTimeOffset?> s_day = Gen.Frequency((2, Gen.Const((DateTimeOffset?)null)), (3, Gen.Int[-5, 15].Select(d => (DateTimeOffset?)Start.AddDays(d))));

    private static readonly Gen<Said> s_timed = Gen.Select(Gen.Frequency((5, Gen.Const(Verb.Add)), (2, Gen.Const(Verb.End)), (2, Gen.Const(Verb.Retract))), s_quad, s_day, Gen.Int[1, 8], Gen.Bool)
        .Select((verb, quad, day, length, isOpen) => verb switch
        {
            Verb.Add => new Said(verb, quad, day, isOpen ? null : (day ?? Start).AddDays(length)),
            Verb.End => new Said(verb, quad, day ?? Start, null),
            _ => new Said(verb, quad, null, null),
        });

    private static readonly Gen<Said> s_plain = Gen.Select(Gen.Frequency((3, Gen.Const(Verb.Add)), (2, Gen.Const(Verb.Retract))), s_quad).Select((verb, quad) => new Said(verb, quad, null, null));

    /// <summary>Transactions of a few statements with times; between them pass some hours.</summary>
    public static Gen<List<(List<Said> Said, int Hours)>> Timed { get; } = Gen.Select(s_timed.List[1, 6], Gen.Int[0, 60]).List[1, 10];

    /// <summary>Transactions of statements without times.</summary>
    public static Gen<List<(List<Said> Said, int Hours)>> Plain { get; } = Gen.Select(s_plain.List[1, 20], Gen.Const(1)).List[1, 12];

    /// <summary>A clock that stands still until it is moved.</summary>
    public static FakeTimeProvider Clock() => new(Start);

    /// <summary>The data set after it gave ids to the terms that histories use: 1 and the next ones.</summary>
    public static T WithTerms<T>(this T dataset)
        where T : QuadDataset
    {
        using var transaction = dataset.Begin();
        for (var i = 1u; i <= 4; i++)
            Assert.Equal(i, transaction.Intern(new Iri("http://example.org/" + i)).Value);
        return dataset;
    }

    /// <summary>Says things in one transaction.</summary>
    public static long Say(this QuadDataset dataset, IEnumerable<Said> said)
    {
        using var transaction = dataset.Begin();
        transaction.Say(said);
        return transaction.Commit();
    }

    /// <summary>Says things, without committing.</summary>
    public static void Say(this Transaction transaction, IEnumerable<Said> said)
    {
        foreach (var (verb, quad, from, to) in said)
            _ = verb switch
            {
                Verb.Add => transaction.Add(quad, from, to),
                Verb.End => transaction.End(quad, from!.Value),
                _ => transaction.Retract(quad),
            };
    }
}
