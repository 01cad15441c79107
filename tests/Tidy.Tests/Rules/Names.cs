using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Tests.Rules;

/// <summary>Type names say what a thing is. These endings say only that nobody knew.</summary>
internal sealed class Names : IRule
{
    private static readonly string[] _banned = ["Manager", "Helper", "Helpers", "Utils", "Processor", "Service", "Info", "Impl"];

    public bool AppliesTo(string path) => path.EndsWith(".cs", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        foreach (var type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
        {
            var name = type.Identifier.Text;
            if (_banned.FirstOrDefault(b => name.EndsWith(b, StringComparison.Ordinal)) is { } ending)
                yield return file.At(type.Identifier.GetLocation(), $"the type {name} ends with '{ending}': name what it is.");
        }
    }
}
