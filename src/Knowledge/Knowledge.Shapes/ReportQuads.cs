using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>Reports in RDF.</summary>
internal sealed class ReportQuads
{
    private static readonly Iri s_first = new(RdfVocabulary.First);
    private static readonly Iri s_rest = new(RdfVocabulary.Rest);
    private static readonly Iri s_nil = new(RdfVocabulary.Nil);
    private readonly List<Quad> _quads = [];
    private readonly HashSet<string> _taken;
    private long _next;

    private ReportQuads(HashSet<string> taken) => _taken = taken;

    public static IEnumerable<Quad> Of(ValidationReport report)
    {
        // Labels of the data's own blank nodes stay theirs.
        var quads = new ReportQuads([.. report.Results.SelectMany(r => new[] { r.FocusNode, r.Value, r.SourceShape, r.SourceConstraint }).OfType<BlankNode>().Select(b => b.Label)]);
        var node = quads.NewNode();
        quads.Add(node, "conforms", new Literal(report.Conforms ? "true" : "false", XsdVocabulary.Boolean));
        quads._quads.Add(new Quad(node, ShaclVocabulary.Type, ShaclVocabulary.Of("ValidationReport")));
        foreach (var result in report.Results)
            quads.Add(node, "result", quads.Result(result));
        return quads._quads;
    }

    private BlankNode Result(ValidationResult result)
    {
        var node = NewNode();
        _quads.Add(new Quad(node, ShaclVocabulary.Type, ShaclVocabulary.Of("ValidationResult")));
        Add(node, "focusNode", result.FocusNode);
        Add(node, "resultSeverity", result.Severity);
        Add(node, "sourceShape", result.SourceShape);
        Add(node, "sourceConstraintComponent", result.Component);
        if (result.Path is { } path)
            Add(node, "resultPath", Path(path));
        if (result.Value is { } value)
            Add(node, "value", value);
        if (result.SourceConstraint is { } constraint)
            Add(node, "sourceConstraint", constraint);
        foreach (var message in result.Messages)
            Add(node, "resultMessage", message);
        return node;
    }

    private Term Path(ShapePath path)
    {
        if (path is PredicatePath predicate)
            return predicate.Predicate;
        if (path is SequencePath)
            return List(Parts(path));
        var node = NewNode();
        switch (path)
        {
            case InversePath inverse:
                Add(node, "inversePath", Path(inverse.Path));
                break;
            case AlternativePath:
                Add(node, "alternativePath", List(Parts(path)));
                break;
            case RepeatedPath repeated:
                Add(node, repeated.AtMostOnce ? "zeroOrOnePath" : repeated.Least == 0 ? "zeroOrMorePath" : "oneOrMorePath", Path(repeated.Path));
                break;
        }

        return node;
    }

    private static IEnumerable<ShapePath> Parts(ShapePath path) => path switch
    {
        SequencePath sequence => Parts(sequence.First).Append(sequence.Second),
        AlternativePath { First: AlternativePath first, Second: var second } => Parts(first).Append(second),
        AlternativePath alternative => [alternative.First, alternative.Second],
        _ => [path],
    };

    private Term List(IEnumerable<ShapePath> parts)
    {
        Term list = s_nil;
        foreach (var part in parts.Reverse())
        {
            var node = NewNode();
            _quads.Add(new Quad(node, s_first, Path(part)));
            _quads.Add(new Quad(node, s_rest, list));
            list = node;
        }

        return list;
    }

    private void Add(Term subject, string property, Term value) => _quads.Add(new Quad(subject, ShaclVocabulary.Of(property), value));

    private BlankNode NewNode()
    {
        string label;
        do
            label = string.Create(CultureInfo.InvariantCulture, $"report{_next++}");
        while (_taken.Contains(label));
        return new BlankNode(label);
    }
}
