using System.CommandLine;

namespace Hub.Cli.Commands;

/// <summary>Options that all commands share which ask a server of a protocol.</summary>
/// <param name="asked">What is asked, in a word.</param>
/// <param name="tokenVariable">The variable that has the token where no option does.</param>
/// <param name="defaultSeconds">How long an answer may take where no option says it.</param>
internal sealed class ClientOptionsSet(string asked, string tokenVariable, double defaultSeconds)
{
    private const double MaxSeconds = 86_400;

    public Option<string> BearerToken { get; } = new("--bearer-token") { Description = $"A token for the {asked}; better in ${tokenVariable}." };

    public Option<double> Timeout { get; } = new("--timeout") { Description = "Seconds to wait for an answer.", DefaultValueFactory = _ => defaultSeconds };

    public Option<bool> Json { get; } = new("--json", "--json-output") { Description = "Prints JSON." };

    /// <summary>The token, or null where there is none.</summary>
    public string? TokenOf(ParseResult parsed) => parsed.GetValue(BearerToken) ?? EnvironmentVariable.Of(tokenVariable);

    /// <summary>Seconds to wait.</summary>
    public double SecondsOf(ParseResult parsed) => parsed.GetValue(Timeout) is > 0 and <= MaxSeconds and var seconds
        ? seconds
        : throw new UsageException($"--timeout must be more than 0 and at most {MaxSeconds}.");
}
