namespace Conformance.Tests.Harness;

/// <summary>One suite of a standard. Every class of this assembly that implements it and has a constructor without parameters is run.</summary>
internal interface ISuite
{
    /// <summary>What the summary calls it: a short word in lower case.</summary>
    string Name { get; }

    /// <summary>Its folder, from the folder of shared data.</summary>
    string Folder { get; }

    /// <summary>Its tests.</summary>
    /// <param name="folder">Where <see cref="Folder"/> is on this machine.</param>
    IEnumerable<ConformanceTest> Tests(string folder);
}

/// <summary>One test of a suite.</summary>
/// <param name="Id">Names it within its suite, the same each time: the last part of its IRI, with its manifest's folder.</param>
/// <param name="Run">Does what the test asks for; it throws where the outcome is not the one that the test wants, <see cref="TestFailedException"/> with the reason.</param>
internal sealed record ConformanceTest(string Id, Action Run);

/// <summary>A test whose outcome is not the one that it wants.</summary>
/// <param name="reason">What came out, and what should have.</param>
internal sealed class TestFailedException(string reason) : Exception(reason);
