using System.Runtime.CompilerServices;

namespace Conformance.Tests.Harness;

/// <summary>Files of a suite, which know each other by the IRIs where they are published.</summary>
/// <param name="folder">The folder on this machine.</param>
/// <param name="iri">The IRI of that folder, with its slash.</param>
internal sealed class Corpus(string folder, string iri)
{
    /// <summary>The folder of shared data: <c>$HUB_SHARED_DATA</c>, or <c>../shared/data</c> beside the repository; null where it is not there.</summary>
    public static string? SharedData { get; } = Find();

    /// <summary>The IRI of a file.</summary>
    /// <param name="path">From the folder.</param>
    public string IriOf(string path) => iri + path;

    /// <summary>The file of an IRI.</summary>
    public string PathOf(string ofFile) =>
        ofFile.StartsWith(iri, StringComparison.Ordinal) ? Path.Combine(folder, ofFile[iri.Length..]) : throw new TestFailedException($"<{ofFile}> does not lie under <{iri}>.");

    /// <summary>The content of an IRI's file.</summary>
    public byte[] Bytes(string ofFile) => File.ReadAllBytes(PathOf(ofFile));

    private static string? Find([CallerFilePath] string here = "")
    {
        var data = Environment.GetEnvironmentVariable("HUB_SHARED_DATA") ?? Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "shared", "data");
        return Directory.Exists(data) ? Path.GetFullPath(data) : null;
    }
}
