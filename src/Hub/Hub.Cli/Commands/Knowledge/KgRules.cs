using System.Buffers;
using System.Text;
using global::Knowledge.Rdf;
using global::Knowledge.Rules;

namespace Hub.Cli.Commands.Knowledge;

/// <summary>What the commands over rules share.</summary>
internal static class KgRules
{
    /// <summary>Reads rules.</summary>
    /// <param name="name">A file, or the name of a rule set.</param>
    /// <param name="prefixes">Prefixes that the file need not declare.</param>
    public static RuleSet Read(string name, IReadOnlyDictionary<string, string> prefixes)
    {
        if (File.Exists(name))
            return RuleSet.Load(name, new RuleReaderOptions { Prefixes = prefixes });
        return RuleSet.Names.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? RuleSet.Named(name)
            : throw new UsageException($"There is neither a file of rules '{name}' nor a rule set of that name. Rule sets are {string.Join(", ", RuleSet.Names)}.");
    }

    /// <summary>A term as a person reads it: IRIs as they are.</summary>
    public static string Text(IQuadSnapshot snapshot, TermId id) => Term(snapshot, id) is Iri iri ? iri.Value : Term(snapshot, id).ToString();

    /// <summary>The term of an id.</summary>
    public static Term Term(IQuadSnapshot snapshot, TermId id)
    {
        var text = new ArrayBufferWriter<byte>(64);
        snapshot.Terms.Write(id, text);
        return TermText.Parse(text.WrittenSpan);
    }
}
