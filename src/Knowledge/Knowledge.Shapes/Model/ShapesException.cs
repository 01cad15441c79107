using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>Shapes that SHACL does not allow, or that failed: there is no report. The message says which node and what it needs.</summary>
public sealed class ShapesException : Exception
{
    /// <summary>A problem of a node in the shapes graph.</summary>
    /// <param name="node">The shape, path or constraint.</param>
    /// <param name="problem">What was found and what was needed.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public ShapesException(Term node, string problem, Exception? inner = null)
        : base($"{node}: {problem}", inner) => Node = node;

    /// <summary>The shape, path or constraint.</summary>
    public Term Node { get; }
}
