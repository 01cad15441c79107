using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Tests.Rules;

/// <summary>TorchSharp is named in two projects alone, although packages flow on to those that reference them.</summary>
internal sealed class TorchUsings : IRule
{
    private static readonly string[] _homes = ["src/Backends/Backends.Torch/", "src/Backends/Backends.Training/"];

    public bool AppliesTo(string path) => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        if (_homes.Any(h => file.Path.StartsWith(h, StringComparison.Ordinal)))
            yield break;
        foreach (var name in file.Root.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.Text == "TorchSharp"))
            yield return file.At(name, "TorchSharp is spoken in Backends.Torch and Backends.Training alone: ask for tokens through Backends.Abstractions.");
    }
}
