using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Tests.Rules;

/// <summary>Calls that product code does without, each with what stands in its place.</summary>
internal sealed class BannedCalls(ExceptionList exceptions) : IRule
{
    /// <summary>Names of members as they are written, a pattern over "Left.Right".</summary>
    private static readonly (Regex Pattern, string Instead)[] _members =
    [
        (Whole(@"(System\.)?DateTime(Offset)?\.(UtcNow|Now|Today)"), "inject TimeProvider, or read run.Now"),
        (Whole(@"(System\.)?Random\.Shared"), "inject a seeded Random, or read run.Random"),
        (Whole(@"(System\.)?Guid\.(NewGuid|CreateVersion7)"), "take the id from the caller, or from run.OnceAsync"),
        (Whole(@"(System\.Threading\.)?Thread\.Sleep"), "await Task.Delay(time, timeProvider, token)"),
        (Whole(@"(System\.)?Console\.\w+(\.\w+)*"), "return it, or log it: only Hub.Cli speaks to the terminal"),
    ];

    public bool AppliesTo(string path) => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file) =>
        Breaches(file).Where(b => !exceptions.Allows(file.Path, b.What)).Select(b => file.At(b.Node, $"{b.What}: {b.Instead}."));

    private static IEnumerable<(SyntaxNode Node, string What, string Instead)> Breaches(SourceFile file)
    {
        var isConsoleHome = file.Path.StartsWith("src/Hub/Hub.Cli/", StringComparison.Ordinal);
        foreach (var node in file.Root.DescendantNodes())
        {
            if (node is MemberAccessExpressionSyntax access && access.Parent is not MemberAccessExpressionSyntax)
            {
                var written = access.ToString();
                foreach (var (pattern, instead) in _members)
                    if (pattern.Match(written) is { Success: true } match && !(isConsoleHome && written.Contains("Console.", StringComparison.Ordinal)))
                        yield return (node, match.Groups["name"].Value, instead);
            }

            if (OfCall(node) is { } call)
                yield return (node, call.What, call.Instead);
        }
    }

    private static (string What, string Instead)? OfCall(SyntaxNode node) => node switch
    {
        ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "Random" }, ArgumentList.Arguments.Count: 0 } => ("new Random()", "give a seed, or read run.Random"),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Delay" } delay, ArgumentList.Arguments.Count: 1 }
            when delay.Expression.ToString() is "Task" => ("Task.Delay", "await Task.Delay(time, timeProvider, token)"),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "GetResult" } } => ("GetResult", "await it"),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Wait" }, ArgumentList.Arguments.Count: 0 } => ("Wait", "await it"),
        _ => null,
    };

    private static Regex Whole(string pattern) => new($@"^(?<name>{pattern})(\.|$)", RegexOptions.ExplicitCapture);
}
