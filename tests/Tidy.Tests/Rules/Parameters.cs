using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Tests.Rules;

/// <summary>Methods, constructors and local functions take at most six parameters; more belong together in a record.</summary>
/// <remarks>A record's primary constructor is its data, not a call with many arguments: it is left out.</remarks>
internal sealed class Parameters(ExceptionList exceptions) : IRule
{
    private const int Max = 6;

    public bool AppliesTo(string path) => path.EndsWith(".cs", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        foreach (var list in file.Root.DescendantNodes().OfType<ParameterListSyntax>())
        {
            if (list.Parameters.Count > Max && list.Parent is not (RecordDeclarationSyntax or LambdaExpressionSyntax) && !exceptions.Allows(file.Path, "parameters"))
                yield return file.At(list, $"{list.Parameters.Count} parameters; at most {Max}: make a record of those that belong together.");
        }
    }
}
