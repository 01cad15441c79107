using System.Diagnostics;
using System.Globalization;
using Knowledge.Rules;
using Knowledge.Store;

namespace Knowledge.CrashPoint;

/// <summary>Kills a process while it keeps what follows from a store exact, and looks at the store and its closure each time.</summary>
internal static class RuledCampaign
{
    private const int MostSteps = 4000;

    /// <summary>What a campaign found.</summary>
    /// <param name="Kills">Processes that were killed.</param>
    /// <param name="Inside">Of these, those that were killed in the middle of a rule while a commit was followed.</param>
    /// <param name="Transactions">Transactions that were acknowledged; the closure after each was compared.</param>
    /// <param name="Faults">What did not hold.</param>
    public sealed record Counts(int Kills, int Inside, int Transactions, IReadOnlyList<string> Faults);

    /// <summary>Lives in a store until it is killed; each transaction that returned is a line of the home's file, with a digest of all that follows.</summary>
    /// <param name="home">Where it lives.</param>
    /// <param name="killAt">The step of a rule, while commits are followed, in which the process kills itself; 0 for none.</param>
    public static void Live(Home home, int killAt)
    {
        using var store = home.OpenStore();
        var life = new RuledLife();
        for (var last = Life.Last(store); life.Done < last;)
            life.Next(null);
        var steps = 0;
        var isFollowing = false;
        using var graph = InferredGraph.Over(store, RuledLife.Rules, Options(() =>
        {
            if (!isFollowing || ++steps != killAt)
                return;
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }));
        if (!graph.IsIncremental)
            throw new InvalidOperationException("Everything is inferred anew after each transaction; there is no maintenance to be killed in.");
        using var acknowledged = home.OpenAcknowledged();
        Console.WriteLine("begun");
        while (true)
        {
            isFollowing = true;
            life.Next(store);
            isFollowing = false;
            acknowledged.Write(Home.Line($"{life.Done} {RuledLife.Digest(RuledLife.Triples(graph))}"));
        }
    }

    /// <summary>Kills, three times of four in the middle of a rule, else at a time drawn by chance.</summary>
    /// <param name="kills">How often.</param>
    /// <param name="seed">Seed of steps and times.</param>
    /// <param name="root">Where the stores are made, a new one for each twenty kills.</param>
    public static async Task<Counts> KillAsync(int kills, int seed, string root)
    {
        var random = new Random(seed);
        var (inside, transactions) = (0, 0);
        List<string> faults = [];
        var life = new RuledLife();
        var read = 0;
        foreach (var (kill, home, isNew) in Home.Of(kills, root))
        {
            if (isNew)
                (life, read) = (new RuledLife(), 0);
            var isInside = kill % 4 != 0;
            var step = isInside ? random.Next(1, MostSteps) : 0;
            await Child.LiveAndDieAsync(isInside ? null : TimeSpan.FromMilliseconds(random.Next(0, 300)), "live-rules", home.Folder, step.ToString(CultureInfo.InvariantCulture));
            inside += isInside ? 1 : 0;
            var lines = home.Acknowledged();
            using var store = home.OpenStore();
            if (Check(store, lines[read..], life) is { } fault)
                faults.Add($"kill {kill}: {fault}");
            transactions += lines.Length - read;
            read = lines.Length;
        }

        return new Counts(kills, inside, transactions, faults);
    }

    /// <summary>Compares a store and what follows from it with what was acknowledged.</summary>
    /// <param name="store">Opened again.</param>
    /// <param name="acknowledged">Lines since the last check: a transaction and the digest of all that followed then.</param>
    /// <param name="life">As it was after the last check; goes on to the store's last transaction.</param>
    /// <returns>What does not hold, or null. The transaction after the last may be there, whole.</returns>
    public static string? Check(QuadStore store, IReadOnlyList<string> acknowledged, RuledLife life)
    {
        string? fault = null;
        foreach (var line in acknowledged)
        {
            var (number, digest) = line.Split(' ') is [var n, var d] ? (int.Parse(n, CultureInfo.InvariantCulture), d) : throw new FormatException(line);
            if (number > life.Done)
                life.Next(null);
            if (number != life.Done)
                return $"Transaction {number} was acknowledged after {life.Done}.";
            if (RuledLife.Digest(life.Closure) is var expected && expected != digest)
                fault ??= $"After transaction {number} the process had a closure of {digest}; what follows is {expected}.";
        }

        var last = Life.Last(store);
        if (last == life.Done + 1)
            life.Next(null);
        if (last != life.Done)
            return $"Transaction {life.Done} was acknowledged, and the store has {last}.";
        var given = RuledLife.Triples(store);
        if (!given.SetEquals(last == 0 ? [] : life.Given))
            return $"After transaction {last} the store has other facts than were given.";
        using var graph = InferredGraph.Over(store, RuledLife.Rules, Options(() => { }));
        var closure = RuledLife.Triples(graph);
        return last == 0 || closure.SetEquals(life.Closure) ? fault : $"After transaction {last} there are {closure.Count} facts with what follows, and not {life.Closure.Count}.";
    }

    /// <summary>Options with the builtin that the rules of this life ask.</summary>
    /// <param name="step">What it does; it always holds.</param>
    public static ForwardOptions Options(Action step) => new()
    {
        Builtins = BuiltinRegistry.Default.With(new Builtin("step", 1, 1, BuiltinUse.Body)
        {
            Body = _ =>
            {
                step();
                return true;
            },
        }),
    };
}
