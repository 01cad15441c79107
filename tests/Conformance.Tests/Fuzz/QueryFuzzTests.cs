using Conformance.Tests.Harness;

namespace Conformance.Tests.Fuzz;

public sealed class QueryFuzzTests
{
    [SuiteFact]
    public void Run_AFewMutants_FindsNothing()
    {
        var fuzz = new QueryFuzz(FuzzCommand.Queries(Corpus.SharedData!), seed: 7);
        Assert.Null(fuzz.Run(TimeSpan.FromSeconds(2)));
        Assert.True(fuzz.Counts.Good > 0);
    }

    [Fact]
    public void Check_AnswerThatChanges_IsFound()
    {
        var asked = 0;
        Assert.Contains("another answer", new QueryFuzz([], 1, _ => $"{asked++}").Check("ASK {}"), StringComparison.Ordinal);
        Assert.Null(new QueryFuzz([], 1).Check("SELECT (RAND() AS ?r) (NOW() AS ?n) { ?s ?p ?o }"));
    }

    [Fact]
    public void Check_EngineThatThrowsSomethingElse_IsFound() =>
        Assert.Contains("ArgumentOutOfRange", new QueryFuzz([], 1, q => q.Text[99..]).Check("ASK {}"), StringComparison.Ordinal);
}

/// <summary>A fact about the suites' files; skipped, with the reason, where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SuiteFactAttribute : FactAttribute
{
    public SuiteFactAttribute()
    {
        if (Corpus.SharedData is null)
            Skip = "The suites' files are not here. Set HUB_SHARED_DATA to a folder with rdf-tests.";
    }
}
