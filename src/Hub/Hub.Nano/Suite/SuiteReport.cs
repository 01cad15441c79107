using Hub.Nano.Tasks;

namespace Hub.Nano.Suite;

/// <summary>How a reasoner did: shares of right answers, all families together first, then each.</summary>
/// <param name="Reasoner">The reasoner.</param>
/// <param name="Seen">On wordings that training has.</param>
/// <param name="Reserved">On wordings that it does not have.</param>
public sealed record SuiteReport(string Reasoner, IReadOnlyList<SuiteShare> Seen, IReadOnlyList<SuiteShare> Reserved)
{
    /// <summary>Counts results.</summary>
    /// <param name="reasoner">The reasoner.</param>
    /// <param name="results">Its results.</param>
    public static SuiteReport Of(string reasoner, IReadOnlyList<NanoResult> results)
    {
        return new SuiteReport(reasoner, Shares(results.Where(r => !r.Episode.IsReserved)), Shares(results.Where(r => r.Episode.IsReserved)));

        static IReadOnlyList<SuiteShare> Shares(IEnumerable<NanoResult> some)
        {
            NanoResult[] all = [.. some];
            return [SuiteShare.Of("all", all), .. EpisodeGenerator.Families.Concat(EpisodeGenerator.LookupFamilies).Where(f => all.Any(r => r.Episode.Family == f)).Select(f => SuiteShare.Of(f, [.. all.Where(r => r.Episode.Family == f)]))];
        }
    }
}
