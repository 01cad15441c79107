using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Tests.Rules;

/// <summary>Every <c>hub</c> command in Markdown names verbs and options that the command line has.</summary>
/// <param name="known">Verbs and options; <see cref="In"/> reads them from the source of Hub.Cli.</param>
internal sealed partial class HubCommands(IReadOnlySet<string> known) : IRule
{
    private static readonly string[] _groups = ["runs", "train", "eval"];
    private static readonly string[] _builtIn = ["--help", "-h", "-?", "--version"];

    /// <summary>Verbs and options of a command line: its string literals, of which each verb and option is one.</summary>
    public static IReadOnlySet<string> In(IEnumerable<SourceFile> commandLine) => commandLine
        .SelectMany(f => f.Root.DescendantNodes().OfType<LiteralExpressionSyntax>()).Where(l => l.RawKind == (int)SyntaxKind.StringLiteralExpression)
        .Select(l => l.Token.ValueText).Concat(_builtIn).ToHashSet();

    public bool AppliesTo(string path) => path.EndsWith(".md", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        for (var line = 0; line < file.Lines.Length; line++)
        {
            foreach (Match command in Command().Matches(file.Lines[line]))
            {
                var words = Word().Matches(command.Groups["rest"].Value.Split(" #")[0]).Select(m => m.Value).ToList();
                var verbs = words.Take(words.Count > 0 && _groups.Contains(words[0]) ? 2 : 1).Where(w => w[0] != '-').SelectMany(w => w.Split('|'));
                var options = words.Where(w => Option().IsMatch(w)).Select(w => w.Split('=')[0]);
                foreach (var word in verbs.Concat(options).Where(w => !known.Contains(w) && !Placeholder().IsMatch(w)))
                    yield return file.At(line + 1, $"'{command.Value.Trim('`', ' ')}': the command line knows no '{word}'.");
            }
        }
    }

    // In backticks, after a prompt, or through dotnet run.
    [GeneratedRegex(@"(?:`hub |\$ hub |--project \S*Hub\.Cli -- )(?<rest>[^`]*)")]
    private static partial Regex Command();

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|\S+
        """)]
    private static partial Regex Word();

    [GeneratedRegex("^--?[a-z]")]
    private static partial Regex Option();

    // Words that stand for something: RUN, <name>, "a question", a folder.
    [GeneratedRegex("^([A-Z_]+|[<\"'…].*|.*[<>…/.].*)$")]
    private static partial Regex Placeholder();
}
