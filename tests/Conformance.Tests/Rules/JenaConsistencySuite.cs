using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Rules;

namespace Conformance.Tests.Rules;

/// <summary>Jena's own tests of what its OWL reasoner finds to be wrong: a schema, and data that contradict it, or have a class without members, or are as they should be.</summary>
internal sealed class JenaConsistencySuite : ISuite
{
    /// <inheritdoc/>
    public string Name => "jena-owl-consistency";

    /// <inheritdoc/>
    public string Folder => "jena-reasoners/owl";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTest> Tests(string folder) => Directory.GetFiles(folder, "*.rdf").Order(StringComparer.Ordinal).Select(f => (File: f, Name: Path.GetFileNameWithoutExtension(f)))
        .Where(t => t.Name != "nondetbug").Select(t => new ConformanceTest(t.Name, () => Run(Path.Combine(folder, "tbox.owl"), t.File, t.Name)));

    private static void Run(string schema, string data, string name)
    {
        using var reasoning = new Reasoning("owl", RuleMode.Hybrid, isGeneralized: false, Dataset.Load(schema), Dataset.Load(data));
        var report = reasoning.Validate();
        var (isValid, isClean) = name switch
        {
            "consistentData" => (true, true),
            _ when name.StartsWith("emptyClass", StringComparison.Ordinal) => (true, false),
            _ when name.StartsWith("inconsistent", StringComparison.Ordinal) => (false, false),
            _ => throw new TestFailedException("It is not known what this file is to show."),
        };
        if (report.IsValid != isValid || report.IsClean != isClean)
            throw new TestFailedException($"Expected {(isValid ? isClean ? "nothing" : "warnings alone" : "errors")}, found: {report}");
    }
}
