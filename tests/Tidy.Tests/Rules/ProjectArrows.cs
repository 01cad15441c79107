using System.Xml.Linq;

namespace Tidy.Tests.Rules;

/// <summary>Which project may reference which, as data; and packages that only one project may reference.</summary>
internal sealed class ProjectArrows : IRule
{
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["Hub.Abstractions"] = [],
        ["Hub.Analyzers"] = [],
        ["Hub.Core"] = ["Hub.Abstractions"],
        ["Hub.Workflows"] = ["Hub.Core"],
        ["Reasoners"] = ["Hub.Abstractions"],
        ["Reasoners.Symbolic"] = ["Reasoners", "Knowledge.Store", "Knowledge.Sparql", "Knowledge.Rules"],
        ["Backends.Abstractions"] = [],
        ["Backends.Cpu"] = ["Backends.Abstractions"],
        ["Backends.Serving"] = ["Backends.Abstractions"],
        ["Backends.Torch"] = ["Backends.Abstractions"],
        ["Backends.Training"] = ["Backends.Torch"],
        ["Hub.Nano"] = ["Reasoners", "Hub.Core", "Backends.Serving", "Backends.Training"],
        ["Hub.Remote"] = ["Hub.Abstractions"],
        ["Hub.Hosting"] = ["Hub.Workflows", "Hub.Remote", "Reasoners", "Reasoners.Symbolic", "Knowledge.Memory", "Backends.Serving", "Backends.Torch", "Backends.Cpu"],
        ["Hub.Dashboard"] = ["Hub.Workflows"],
        ["Hub.Server"] = ["Hub.Workflows", "Hub.Remote", "Hub.Dashboard", "Backends.Abstractions"],
        ["Hub.Cli"] = ["Hub.Hosting", "Hub.Server", "Hub.Nano", "Knowledge.Rdf", "Knowledge.Store", "Knowledge.Sparql", "Knowledge.Rules", "Knowledge.Shapes", "Knowledge.Endpoint", "Knowledge.Memory"],
        ["Hub.SemanticKernel"] = ["Hub.Abstractions"],
        ["Knowledge.Rdf"] = [],
        ["Knowledge.Store"] = ["Knowledge.Rdf"],
        ["Knowledge.Sparql"] = ["Knowledge.Rdf"],
        ["Knowledge.Rules"] = ["Knowledge.Rdf"],
        ["Knowledge.Endpoint"] = ["Knowledge.Rdf", "Knowledge.Sparql"],
        ["Knowledge.Shapes"] = ["Knowledge.Rdf", "Knowledge.Sparql"],
        ["Knowledge.Memory"] = ["Hub.Abstractions", "Backends.Abstractions", "Knowledge.Store", "Knowledge.Sparql", "Knowledge.Rules"],
        ["Hub.TestKit"] = ["Hub.Abstractions"],
    };

    private static readonly Dictionary<string, string> _packageHomes = new()
    {
        ["TorchSharp"] = "Backends.Torch",
        ["libtorch-cpu-linux-x64"] = "Backends.Torch",
        ["Microsoft.Data.Sqlite"] = "Hub.Core",
        ["YamlDotNet"] = "Hub.Workflows",
        ["ModelContextProtocol.AspNetCore"] = "Hub.Server",
        ["Microsoft.IdentityModel.Protocols.OpenIdConnect"] = "Hub.Server",
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = "Hub.Server",
        ["OpenTelemetry.Exporter.Prometheus.AspNetCore"] = "Hub.Server",
        ["OpenTelemetry.Extensions.Hosting"] = "Hub.Server",
        ["ModelContextProtocol.Core"] = "Hub.Remote",
        ["Spectre.Console"] = "Hub.Cli",
        ["System.CommandLine"] = "Hub.Cli",
    };

    public bool AppliesTo(string path) => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".csproj", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        var project = Path.GetFileNameWithoutExtension(file.Path);
        if (!_allowed.TryGetValue(project, out var allowed))
        {
            yield return file.At(0, $"the project {project} has no row in {nameof(ProjectArrows)}: say there what it may reference.");
            yield break;
        }

        var document = XDocument.Parse(file.Text, LoadOptions.SetLineInfo);
        foreach (var reference in document.Descendants("ProjectReference"))
        {
            var target = Path.GetFileNameWithoutExtension(((string?)reference.Attribute("Include") ?? "").Replace('\\', '/'));
            var asAnalyzer = (string?)reference.Attribute("OutputItemType") == "Analyzer";
            if (!allowed.Contains(target) && !(asAnalyzer && target == "Hub.Analyzers"))
                yield return file.At(Line(reference), $"{project} references {target}; it may reference {(allowed.Length == 0 ? "nothing" : string.Join(", ", allowed))}.");
        }

        foreach (var package in document.Descendants("PackageReference"))
        {
            var name = (string?)package.Attribute("Include") ?? "";
            if (_packageHomes.TryGetValue(name, out var home) && home != project)
                yield return file.At(Line(package), $"{project} references the package {name}, which belongs to {home} alone.");
        }
    }

    private static int Line(XElement element) => ((System.Xml.IXmlLineInfo)element).LineNumber;
}
