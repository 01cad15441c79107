using System.Text;
using Conformance.Tests.Harness;
using Knowledge.Sparql;

namespace Conformance.Tests.Fuzz;

public sealed class ResultFuzzTests
{
    public static TheoryData<string> Names => new(ResultFormat.All.Select(f => f.Name));

    [SuiteTheory, MemberData(nameof(Names))]
    public void Run_AFewMutants_FindsNothing(string name)
    {
        Assert.True(ResultFormat.TryByName(name, out var format));
        var fuzz = new ResultFuzz(format, FuzzCommand.Results(Corpus.SharedData!, format), seed: 7);
        Assert.Null(fuzz.Run(TimeSpan.FromSeconds(1)));
        Assert.True(fuzz.Counts.Good > 0);
    }

    [Fact]
    public void Check_ReaderThatForgetsLanguages_IsFound() =>
        Assert.Contains("written and read again", new ResultFuzz(new Forgetful(), [], 1).Check(Encoding.UTF8.GetBytes("?x\n\"x\"@en\n")), StringComparison.Ordinal);

    /// <summary>Writes its second result without languages.</summary>
    private sealed class Forgetful : ResultFormat
    {
        public override string Name => "forgetful";

        public override IReadOnlyList<string> MediaTypes => [];

        public override string Extension => "";

        public override void Write(IReadOnlyList<string> variables, IEnumerable<Solution> solutions, Stream stream)
        {
            using var text = new MemoryStream();
            Tsv.Write(variables, solutions, text);
            stream.Write(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text.ToArray()).Replace("@en", "", StringComparison.Ordinal)));
        }

        public override void Write(bool answer, Stream stream) => Tsv.Write(answer, stream);

        public override ResultDocument Read(Stream stream) => Tsv.Read(stream);
    }
}
