using System.CommandLine;
using Hub.Abstractions;
using global::Knowledge.Rdf;
using global::Knowledge.Rules;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg explain</c>: why a triple holds.</summary>
internal static class KgExplainCommand
{
    public static Command Create()
    {
        var triple = new Argument<string>("triple") { Description = "Subject, predicate and object as in Turtle; the store's prefixes may be used." };
        var folder = KgStore.Folder();
        var rules = KgLayers.Rules();
        var mode = KgLayers.Mode();
        var trace = new Option<bool>("--trace") { Description = "Prints the proof in the layout of Jena's printTrace." };
        var command = new Command("explain", """
            Shows why a triple of a store holds: the proof, as a tree, from what is given. Exit code 1 where it does not hold.

            Examples:
              hub kg explain --store family.db --rules family.rules ':ada :grandparent :cleo'
              hub kg explain --store family.db --rules rdfs --rules family.rules ':ada :grandparent :cleo'
            """);
        command.Arguments.Add(triple);
        foreach (var option in (Option[])[folder, rules, mode, trace])
            command.Options.Add(option);
        command.SetAction((parsed, _) => KgStore.RunAsync(() =>
        {
            using var store = KgStore.Open(parsed.GetRequiredValue(folder));
            using var layers = new KgLayers(store, parsed.GetRequiredValue(rules).Select(r => KgRules.Read(r, store.Prefixes)), parsed.GetValue(mode));
            var asked = Parse(parsed.GetRequiredValue(triple), store.Prefixes);
            if (layers.Top.Explain(asked) is not { } proof)
                throw new HubException($"{asked} does not hold.");
            Console.Out.WriteLine(parsed.GetValue(trace) ? proof.ToTrace() : proof.ToString());
            return Task.FromResult(ExitCode.Ok);
        }));
        return command;
    }

    private static Triple Parse(string text, IReadOnlyDictionary<string, string> prefixes)
    {
        var declarations = string.Concat(prefixes.Select(p => $"@prefix {p.Key}: <{p.Value}> . "));
        var quads = Dataset.Parse($"{declarations}{text.TrimEnd().TrimEnd('.')} .", RdfFormat.Turtle).Quads;
        return quads.Count == 1 && quads.Single() is var quad
            ? new Triple(quad.Subject, quad.Predicate, quad.Object)
            : throw new UsageException($"'{text}' is {quads.Count} triples; one is needed, as in ':ada :parent :bea'.");
    }
}
