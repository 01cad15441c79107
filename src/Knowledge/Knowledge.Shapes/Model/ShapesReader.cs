using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Knowledge.Shapes;

/// <summary>Shapes from a shapes graph. A shape that another refers to is read once, after it: shapes may refer to each other in circles.</summary>
internal sealed partial class ShapesReader
{
    private readonly ShapesSource _source;
    private readonly Dictionary<Term, Shape> _shapes = [];
    private readonly Queue<Shape> _unread = new();
    private readonly IReadOnlyList<SparqlComponent> _components;

    public ShapesReader(ShapesSource source)
    {
        _source = source;
        _components = SparqlComponent.All(source);
    }

    /// <summary>Shapes with their targets (SHACL, 2.1.3).</summary>
    public IReadOnlyList<(Shape, IReadOnlyList<Target>)> Targets()
    {
        var targets = new Dictionary<Term, List<Target>>();
        foreach (var (name, target) in s_targets)
            foreach (var node in _source.SubjectsOf(name))
                foreach (var value in _source.Objects(node, name))
                    Add(node, target(value));
        var classes = _source.Instances(new Iri(ShaclVocabulary.RdfsClass)).ToHashSet();
        foreach (var node in _source.Instances(ShaclVocabulary.Of("NodeShape")).Concat(_source.Instances(ShaclVocabulary.Of("PropertyShape"))).Where(classes.Contains))
            Add(node, new ClassTarget(node));
        var result = targets.Select(t => (Of(t.Key), (IReadOnlyList<Target>)t.Value)).ToList();
        while (_unread.TryDequeue(out var shape))
            Fill(shape);
        return result;

        void Add(Term node, Target target)
        {
            if (!targets.TryGetValue(node, out var list))
                targets[node] = list = [];
            list.Add(target);
        }
    }

    private static readonly (string Name, Func<Term, Target> Target)[] s_targets =
    [
        ("targetNode", t => new NodeTarget(t)), ("targetClass", t => new ClassTarget(t)), ("targetSubjectsOf", t => new SubjectsTarget(t)), ("targetObjectsOf", t => new ObjectsTarget(t)),
    ];

    private Shape Of(Term node)
    {
        if (node is Literal)
            throw new ShapesException(node, "This is a literal where a shape is needed.");
        if (_shapes.TryGetValue(node, out var known))
            return known;
        var shape = new Shape(node);
        _unread.Enqueue(shape);
        return _shapes[node] = shape;
    }

    private void Fill(Shape shape)
    {
        var node = shape.Node;
        if (_source.Value(node, "path") is { } path)
            shape.Path = PathReader.Read(_source, path);
        shape.IsDeactivated = _source.IsTrue(node, "deactivated");
        if (_source.Value(node, "severity") is { } severity)
            shape.Severity = severity as Iri ?? throw new ShapesException(node, $"sh:severity is {severity}; it must be an IRI.");
        shape.Messages = _source.Messages(node);
        shape.Constraints = [.. Values(node), .. Texts(node), .. Numbers(shape), .. Pairs(shape), .. Shapes(node), .. Qualified(shape), .. Others(node), .. Sparql(shape)];
    }

    private IEnumerable<Constraint> Sparql(Shape shape)
    {
        foreach (var constraint in _source.Objects(shape.Node, "sparql"))
            if (!_source.IsTrue(constraint, "deactivated"))
                yield return SparqlConstraint.Read(_source, shape, constraint);
        foreach (var component in _components)
            foreach (var constraint in component.ConstraintsOf(_source, shape))
                yield return constraint;
    }

    private IEnumerable<Constraint> Values(Term node)
    {
        foreach (var value in _source.Objects(node, "class"))
            yield return new ClassConstraint(value);
        if (_source.Value(node, "datatype") is { } datatype)
            yield return new DatatypeConstraint(IriOf(node, "datatype", datatype));
        if (_source.Value(node, "nodeKind") is { } kind)
            yield return (kind is Iri { Value: var iri } && iri.StartsWith(ShaclVocabulary.Namespace, StringComparison.Ordinal) ? NodeKindConstraint.Of(iri[ShaclVocabulary.Namespace.Length..]) : null)
                ?? throw new ShapesException(node, $"sh:nodeKind is {kind}; it must be one of the six kinds, sh:IRI for example.");
        foreach (var (name, comparison) in s_ranges)
            if (_source.Value(node, name) is { } limit)
                yield return new RangeConstraint(name, comparison, limit as Literal ?? throw new ShapesException(node, $"sh:{name} is {limit}; it must be a literal."));
    }

    private static readonly (string, Operator)[] s_ranges =
        [("minExclusive", Operator.Greater), ("minInclusive", Operator.GreaterEqual), ("maxExclusive", Operator.Less), ("maxInclusive", Operator.LessEqual)];

    private IEnumerable<Constraint> Texts(Term node)
    {
        if (_source.Integer(node, "minLength") is { } least)
            yield return new LengthConstraint(least, null);
        if (_source.Integer(node, "maxLength") is { } most)
            yield return new LengthConstraint(null, most);
        foreach (var pattern in _source.Objects(node, "pattern"))
            yield return new PatternConstraint(TextFunctions.Regex(pattern, _source.Value(node, "flags"))
                ?? throw new ShapesException(node, $"sh:pattern is {pattern}, with its flags no regular expression."));
        if (_source.Value(node, "languageIn") is { } languages)
            yield return new LanguageInConstraint([.. _source.List(languages).Select(l => (l as Literal)?.Lexical ?? throw new ShapesException(node, $"sh:languageIn has {l}; it must hold strings."))]);
    }

    private IEnumerable<Constraint> Numbers(Shape shape)
    {
        if (_source.Integer(shape.Node, "minCount") is { } least)
            yield return OfPaths(shape, "minCount", new CountConstraint(least, null));
        if (_source.Integer(shape.Node, "maxCount") is { } most)
            yield return OfPaths(shape, "maxCount", new CountConstraint(null, most));
        if (_source.Objects(shape.Node, "uniqueLang").Contains(new Literal("true", XsdVocabulary.Boolean)))
            yield return OfPaths(shape, "uniqueLang", new UniqueLangConstraint());
    }

    private IEnumerable<Constraint> Pairs(Shape shape)
    {
        var node = shape.Node;
        foreach (var property in _source.Objects(node, "equals"))
            yield return new EqualsConstraint(IriOf(node, "equals", property));
        foreach (var property in _source.Objects(node, "disjoint"))
            yield return new DisjointConstraint(IriOf(node, "disjoint", property));
        foreach (var property in _source.Objects(node, "lessThan"))
            yield return OfPaths(shape, "lessThan", new LessThanConstraint(Operator.Less, IriOf(node, "lessThan", property)));
        foreach (var property in _source.Objects(node, "lessThanOrEquals"))
            yield return OfPaths(shape, "lessThanOrEquals", new LessThanConstraint(Operator.LessEqual, IriOf(node, "lessThanOrEquals", property)));
    }

    private IEnumerable<Constraint> Shapes(Term node)
    {
        foreach (var shape in _source.Objects(node, "not"))
            yield return new NotConstraint(Of(shape));
        foreach (var list in _source.Objects(node, "and"))
            yield return new AndConstraint(ListOf(list));
        foreach (var list in _source.Objects(node, "or"))
            yield return new OrConstraint(ListOf(list));
        foreach (var list in _source.Objects(node, "xone"))
            yield return new XoneConstraint(ListOf(list));
        foreach (var shape in _source.Objects(node, "node"))
            yield return new NodeConstraint(Of(shape));
        foreach (var shape in _source.Objects(node, "property"))
            yield return _source.Objects(shape, "path").Any() ? new PropertyConstraint(Of(shape)) : throw new ShapesException(node, $"sh:property is {shape}, which has no sh:path.");
    }

    private IEnumerable<Constraint> Qualified(Shape shape)
    {
        var node = shape.Node;
        var (least, most) = (_source.Integer(node, "qualifiedMinCount"), _source.Integer(node, "qualifiedMaxCount"));
        var disjoint = _source.IsTrue(node, "qualifiedValueShapesDisjoint");
        foreach (var qualified in _source.Objects(node, "qualifiedValueShape"))
        {
            IReadOnlyList<Shape> siblings = disjoint ? [.. Siblings(node, qualified).Select(Of)] : [];
            if (least is not null)
                yield return OfPaths(shape, "qualifiedValueShape", new QualifiedConstraint(Of(qualified), siblings, least, null));
            if (most is not null)
                yield return OfPaths(shape, "qualifiedValueShape", new QualifiedConstraint(Of(qualified), siblings, null, most));
        }
    }

    private IEnumerable<Term> Siblings(Term node, Term qualified) =>
        _source.Subjects(ShaclVocabulary.Property, node).SelectMany(p => _source.Objects(p, ShaclVocabulary.Property))
            .SelectMany(p => _source.Objects(p, ShaclVocabulary.QualifiedValueShape)).Where(q => q != qualified).Distinct();

    private IEnumerable<Constraint> Others(Term node)
    {
        foreach (var value in _source.Objects(node, "hasValue"))
            yield return new HasValueConstraint(value);
        if (_source.Value(node, "in") is { } allowed)
            yield return new InConstraint(_source.List(allowed).ToHashSet());
        if (!_source.IsTrue(node, "closed"))
            yield break;
        var properties = _source.Objects(node, "property").SelectMany(p => _source.Objects(p, ShaclVocabulary.Path)).Where(p => p is Iri).ToHashSet();
        if (_source.Value(node, "ignoredProperties") is { } ignored)
            properties.UnionWith(_source.List(ignored));
        yield return new ClosedConstraint(properties);
    }

    private IReadOnlyList<Shape> ListOf(Term list) => [.. _source.List(list).Select(Of)];

    private static Iri IriOf(Term node, string name, Term value) => value as Iri ?? throw new ShapesException(node, $"sh:{name} is {value}; it must be an IRI.");

    private static Constraint OfPaths(Shape shape, string name, Constraint constraint) =>
        shape.Path is null ? throw new ShapesException(shape.Node, $"sh:{name} is for property shapes, and this is a node shape.") : constraint;
}
