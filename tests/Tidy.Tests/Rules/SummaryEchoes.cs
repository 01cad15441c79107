using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CSharp;

namespace Tidy.Tests.Rules;

/// <summary>A summary that only repeats the name tells nothing: it says what the caller needs to know, or is inherited.</summary>
internal sealed class SummaryEchoes : IRule
{
    private static readonly HashSet<string> _fillers = new(["a", "an", "the", "of", "for", "to", "this", "that", "is", "gets", "get", "sets", "set", "or", "and", "class", "interface", "record", "value", "in"], StringComparer.OrdinalIgnoreCase);

    public bool AppliesTo(string path) => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        foreach (var member in file.Root.DescendantNodes().OfType<MemberDeclarationSyntax>())
        {
            if (NameOf(member) is not { } name || Summary(member) is not { } summary)
                continue;
            var known = Words(name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (Words(summary).All(w => known.Contains(w) || _fillers.Contains(w)))
                yield return file.At(member, $"the summary of {name} says no more than its name: '{summary.Trim()}'.");
        }
    }

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        EnumMemberDeclarationSyntax value => value.Identifier.Text,
        _ => null,
    };

    private static string? Summary(MemberDeclarationSyntax member)
    {
        var element = member.GetLeadingTrivia().Select(t => t.GetStructure()).OfType<DocumentationCommentTriviaSyntax>()
            .SelectMany(d => d.Content.OfType<XmlElementSyntax>()).FirstOrDefault(e => e.StartTag.Name.LocalName.Text == "summary");
        return element?.Content.ToString().Replace("///", " ", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new System.Text.StringBuilder();
        var before = ' ';
        foreach (var c in text)
        {
            var begins = char.IsUpper(c) && !char.IsUpper(before);
            if ((begins || !char.IsLetterOrDigit(c)) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
            if (char.IsLetterOrDigit(c))
                word.Append(c);
            before = c;
        }
        if (word.Length > 0)
            yield return word.ToString();
    }
}
