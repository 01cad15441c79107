using System.CommandLine;
using global::Knowledge.Rdf;
using global::Knowledge.Rules;

namespace Hub.Cli.Commands.Knowledge;

/// <summary>What follows by one rule set or several: a graph for each, over the one before.</summary>
internal sealed class KgLayers : IDisposable
{
    private readonly List<IInferredGraph> _graphs = [];

    /// <summary>Infers.</summary>
    /// <param name="facts">Given facts.</param>
    /// <param name="rules">The rule sets, the lowest first; at least one.</param>
    /// <param name="mode">When rules run.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="RuleException">A rule cannot be run, or a limit was reached.</exception>
    public KgLayers(IQuadSource facts, IEnumerable<RuleSet> rules, RuleMode mode, ForwardOptions? options = null)
    {
        try
        {
            foreach (var set in rules)
                _graphs.Add(InferredGraph.Over(_graphs.LastOrDefault() ?? facts, set, mode, options));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The graphs, the lowest first.</summary>
    public IReadOnlyList<IInferredGraph> All => _graphs;

    /// <summary>The graph that holds what follows by all.</summary>
    public IInferredGraph Top => _graphs[^1];

    /// <summary>The option that names the rule sets.</summary>
    public static Option<string[]> Rules() => new("--rules", "-r")
    {
        Description = "A file of rules in Jena's language, or a rule set's name, as rdfs or owl2rl. Given more than once, each runs on what those before it infer.",
        Required = true,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The option that says when rules run.</summary>
    public static Option<RuleMode> Mode() => new("--mode")
    {
        Description = "When rules run: forward (all before anybody asks), backward (all when somebody asks) or hybrid (those written <- when somebody asks).",
        DefaultValueFactory = _ => RuleMode.Forward,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var graph in Enumerable.Reverse(_graphs))
            graph.Dispose();
    }
}
