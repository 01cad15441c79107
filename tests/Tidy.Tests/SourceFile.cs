using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tidy.Tests;

/// <summary>A file as the rules see it. The syntax tree is parsed at first use and shared by all rules.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<SyntaxNode> _root = new(() => CSharpSyntaxTree.ParseText(text).GetRoot());
    private readonly Lazy<string[]> _lines = new(() => text.ReplaceLineEndings("\n").Split('\n'));

    public string Path => path;

    public string Text => text;

    public string[] Lines => _lines.Value;

    public SyntaxNode Root => _root.Value;

    public bool IsProduct => path.StartsWith("src/", StringComparison.Ordinal);

    public Finding At(SyntaxNode node, string message) => At(node.GetLocation(), message);

    public Finding At(Location location, string message) => new(path, location.GetLineSpan().StartLinePosition.Line + 1, message);

    public Finding At(int line, string message) => new(path, line, message);
}
