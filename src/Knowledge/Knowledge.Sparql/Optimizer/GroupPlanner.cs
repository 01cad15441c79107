using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Plans groups: basic graph patterns, joins, filters, OPTIONAL, MINUS, BIND, UNION and GRAPH, as pipelines.</summary>
internal sealed class GroupPlanner(Planner planner, Session session)
{
    private readonly Rewrites _rewrites = new(planner.Sets);

    private VariableSets Sets => planner.Sets;

    /// <summary>Plans a group that runs by itself.</summary>
    public PlanNode Plan(Algebra algebra, SlotSet needed, uint[] graphs)
    {
        if (algebra is Graph graph && !_rewrites.IsLateral(graph.Input, NameOf(graph)))
            return new GraphPlan(planner.ToPlace(graph.Name), planner.Plan(graph.Input, needed.Union(Sets.Possible(graph)), GraphsOf(graph))) { Slots = planner.Slots };
        if (algebra is Union union && !_rewrites.IsLateral(union, default))
            return new UnionPlan([.. union.Parts.Select(p => planner.Plan(p, needed, graphs))]) { Slots = planner.Slots };
        return Pipeline(algebra, new GroupContext(default, default, needed, 1, graphs, IsLateral: false));
    }

    /// <summary>Plans a group as a pipeline.</summary>
    public Pipeline Pipeline(Algebra algebra, GroupContext context)
    {
        var group = new JoinGroup();
        Collect(algebra, group, default, context);
        var builder = new PipelineBuilder(planner, context);
        builder.AddFilters(group.Filters);
        builder.PlaceFilters(After(group), ExistsOf);
        VariableDomains.Apply(group.Elements);
        var order = CyclicCore.Order(group.Elements, context, session.Options.Joins);
        group.Elements.Clear();
        group.Elements.AddRange(order.Select(o => o.Element));
        foreach (var (element, rows) in order)
        {
            group.Elements.Remove(element);
            builder.Add(element, rows);
            builder.PlaceFilters(After(group), ExistsOf);
        }

        while (group.Posts.Count > 0)
        {
            var post = group.Posts[0];
            group.Posts.RemoveAt(0);
            AddPost(post, builder, context);
            builder.PlaceFilters(After(group), ExistsOf);
        }

        return builder.Build();
    }

    // Slots that what is left may still bind.
    private SlotSet After(JoinGroup group)
    {
        var slots = group.Elements.Aggregate(default(SlotSet), (all, e) => all.Union(e.Possible));
        foreach (var post in group.Posts)
            slots = slots.Union(post switch { LeftJoin left => Sets.Possible(left.Right), Extend extend => SlotSet.Of(Sets[extend.Variable]), _ => default });
        return slots;
    }

    // Takes a group apart; others are the slots of what it is joined with.
    private void Collect(Algebra algebra, JoinGroup group, SlotSet others, GroupContext context)
    {
        switch (algebra)
        {
            case Bgp bgp:
                var (calls, triples) = FunctionPatterns.Split(bgp.Triples, session.PropertyFunctions);
                foreach (var (function, outputs, arguments) in calls)
                    group.Elements.Add(FunctionElement.Of(new FunctionShape(function, [.. outputs.Select(planner.ToPlace)], [.. arguments.Select(planner.ToPlace)])));
                foreach (var triple in triples)
                    CollectTriple(triple, group, context.Graphs);
                break;
            case Join join:
                for (var i = 0; i < join.Parts.Count; i++)
                {
                    var rest = others;
                    for (var other = 0; other < join.Parts.Count; other++)
                        rest = other == i ? rest : rest.Union(Sets.Possible(join.Parts[other]));
                    Collect(join.Parts[i], group, rest, context);
                }

                break;
            case Filter filter when _rewrites.MayFloat(filter, others):
                Collect(filter.Input, group, others, context);
                group.Filters.AddRange(filter.Conditions);
                break;
            case LeftJoin left when _rewrites.MayHoist(left, others):
                CollectPost(left, left.Left, group, others, context);
                break;
            case Minus minus when _rewrites.MayHoist(minus, others):
                CollectPost(minus, minus.Left, group, others, context);
                break;
            case Extend extend when _rewrites.MayHoist(extend, others):
                CollectPost(extend, extend.Input, group, others, context);
                break;
            case ServiceCall { Endpoint: Variable } service:
                var plan = (ServicePlan)planner.Plan(service, Sets.Possible(service), context.Graphs);
                group.Elements.Add(new EndpointElement(planner.ToPlace(service.Endpoint).Slot, plan)
                {
                    Possible = plan.Possible,
                    Certain = plan.Certain,
                    Reads = ScanStep.SlotsOf(planner.ToPlace(service.Endpoint))
                });
                break;
            default:
                group.Elements.Add(Composite(algebra, others.Union(context.Possible), context.Graphs));
                break;
        }
    }

    private void CollectPost(Algebra post, Algebra input, JoinGroup group, SlotSet others, GroupContext context)
    {
        Collect(input, group, others, context);
        group.Posts.Add(post);
    }

    private void CollectTriple(TriplePattern triple, JoinGroup group, uint[] graphs)
    {
        var (subject, @object) = (NodePlace(triple.Subject, group), NodePlace(triple.Object, group));
        var slots = ScanStep.SlotsOf(subject, @object);
        if (triple.Path is { } path)
        {
            var nodes = graphs.Sum(g => (double)session.View.Snapshot.Count(new QuadIds(default, default, default, new TermId(g))));
            var place = new Place(-1, 0, path.ToString()!);
            group.Elements.Add(new PathElement(new TripleShape(subject, place, @object), PathPlan.Of(path, session.Pool), nodes) { Possible = slots, Certain = slots });
            return;
        }

        var predicate = NodePlace(triple.Predicate!, group);
        slots = slots.Union(ScanStep.SlotsOf(predicate));
        var counts = PatternCounts.Of(session.View, graphs, subject, predicate, @object);
        group.Elements.Add(new ScanElement(new TripleShape(subject, predicate, @object), counts) { Possible = slots, Certain = slots });
    }

    // A triple term with variables is a slot of its own, and an element that takes its term apart.
    private Place NodePlace(PatternTerm term, JoinGroup group)
    {
        if (term is not TripleTermPattern triple)
            return planner.ToPlace(term);
        var slot = Sets.TakeExtra();
        var shape = Shape(triple);
        group.Elements.Add(new TripleTermElement(slot, shape) { Possible = shape.AllSlots(), Certain = shape.AllSlots(), Reads = SlotSet.Of(slot) });
        return new Place(slot, 0, triple.ToString());
    }

    private TripleTermShape Shape(TripleTermPattern triple) => new(Part(triple.Subject), Part(triple.Predicate), Part(triple.Object));

    private TripleTermShape.Part Part(PatternTerm term) => term is TripleTermPattern nested ? new(default, Shape(nested)) : new(planner.ToPlace(term), null);

    private CompositeElement Composite(Algebra algebra, SlotSet outer, uint[] graphs)
    {
        Func<StepContext, double, double, PipelineStep>? lateral = null;
        if (algebra is Union union && union.Parts.All(p => _rewrites.IsLateral(p, outer)))
            lateral = (context, rows, estimate) => UnionStep.Of([.. union.Parts.Select(p => Pipeline(p, Inner(context, rows, graphs)))], context, estimate);
        if (algebra is Graph graph && _rewrites.IsLateral(graph.Input, outer.Union(NameOf(graph))))
            lateral = (context, rows, estimate) => Lateral(graph, context, rows, estimate);
        var size = algebra is Table table ? table.Values.Rows.Count : Size(algebra, graphs);
        return new CompositeElement(lateral, needed => planner.Plan(algebra, needed.Intersect(Sets.Possible(algebra)), graphs), size)
        {
            Possible = Sets.Possible(algebra),
            Certain = Sets.Certain(algebra),
        };
    }

    // The graph's name is joined with the pattern's solutions: nothing in the pattern may see it before.
    private SlotSet NameOf(Graph graph) => ScanStep.SlotsOf(planner.ToPlace(graph.Name));

    private GraphStep Lateral(Graph graph, StepContext context, double rows, double estimate)
    {
        var name = planner.ToPlace(graph.Name);
        var own = ScanStep.SlotsOf(name);
        var inside = context with { Live = context.Live.Union(own), Certain = context.Certain.Union(own), Possible = context.Possible.Union(own) };
        return GraphStep.Of(name, Pipeline(graph.Input, Inner(inside, rows, GraphsOf(graph))), context, estimate);
    }

    private static GroupContext Inner(StepContext context, double rows, uint[] graphs) => new(context.Possible, context.Certain, context.Live, rows, graphs, IsLateral: true);

    // Rows of a part by itself, roughly: the smallest of what is joined, the sum of what is united.
    private double Size(Algebra algebra, uint[] graphs) => algebra switch
    {
        Bgp { Triples.Count: > 0 } bgp => bgp.Triples.Min(t => t.Path is null && t.Subject is not TripleTermPattern && t.Object is not TripleTermPattern
            ? PatternCounts.Of(session.View, graphs, planner.ToPlace(t.Subject), planner.ToPlace(t.Predicate!), planner.ToPlace(t.Object)).Matches : 1000),
        Table table => table.Values.Rows.Count,
        Join join => join.Parts.Min(p => Size(p, graphs)),
        Union union => union.Parts.Sum(p => Size(p, graphs)),
        Graph graph => Size(graph.Input, GraphsOf(graph)),
        Group { Keys.Count: 0 } => 1,
        Slice slice => Math.Min(slice.Limit ?? double.MaxValue, Size(slice.Input, graphs)),
        _ => algebra.Inputs.Count == 0 ? 1 : Size(algebra.Inputs[0], graphs),
    };

    private uint[] GraphsOf(Graph graph)
    {
        if (graph.Name is not Constant constant)
            return session.View.Named.Length <= 16 ? session.View.Named : session.View.Named[..16];
        var id = session.Pool.Encode(constant.Value);
        return TermPool.IsOfSource(id) ? [(uint)id] : [];
    }

    private void AddPost(Algebra post, PipelineBuilder builder, GroupContext context)
    {
        var rows = builder.Rows;
        switch (post)
        {
            case Extend extend:
                var evaluator = planner.Compiler.Compile(extend.Value);
                var own = SlotSet.Of(Sets[extend.Variable]);
                builder.Add(Sets.Read(extend.Value), new StepEffect(own, evaluator is ConstantEvaluator ? own : default, rows), step =>
                    ExtendStep.Of(Sets[extend.Variable], evaluator, $"?{extend.Variable} {extend.Value}", step, rows));
                break;
            case Minus minus:
                var right = planner.Plan(minus.Right, Sets.Possible(minus.Right), context.Graphs);
                builder.Add(right.Possible, new StepEffect(default, default, rows), step => HashJoinStep.Of(right, JoinKind.Minus, step, null, rows));
                break;
            case LeftJoin left:
                AddOptional(left, builder, context);
                break;
        }
    }

    private void AddOptional(LeftJoin left, PipelineBuilder builder, GroupContext context)
    {
        var condition = left.Condition is null ? null : planner.Compiler.Compile(left.Condition);
        var read = left.Condition is null ? default : Sets.Read(left.Condition);
        var isShared = !Sets.Certain(left.Right).Intersect(builder.Certain).IsEmpty;
        var rows = builder.Rows;
        if (isShared && _rewrites.IsLateral(left.Right, builder.Possible) && rows <= 4 * Math.Max(1, Size(left.Right, context.Graphs)))
        {
            var number = Sets.TakeExtra();
            builder.Add(Sets.All(left.Right).Union(read), new StepEffect(Sets.Possible(left.Right), default, rows), step =>
            {
                var inside = step with { Live = step.Live.Union(read).With(number) };
                return LateralLeftJoinStep.Of(Pipeline(left.Right, Inner(inside, rows, context.Graphs)), condition, number, step, rows);
            });
            return;
        }

        var right = planner.Plan(left.Right, Sets.Possible(left.Right), context.Graphs);
        builder.Add(right.Possible.Union(read), new StepEffect(right.Possible, default, rows), step => HashJoinStep.Of(right, JoinKind.Left, step, condition, rows));
    }

    // EXISTS as a filter of its own, where its pattern can extend rows.
    private Func<StepContext, PipelineStep>? ExistsOf(Expression condition, PipelineBuilder builder)
    {
        var isNegated = false;
        while (condition is UnaryExpression { Operator: Operator.Not } not)
            (condition, isNegated) = (not.Operand, !isNegated);
        if (condition is not ExistsExpression exists || !_rewrites.IsLateralExists(exists.Pattern!, builder.Possible))
            return null;
        var number = Sets.TakeExtra();
        var rows = builder.Rows;
        var graphs = builder.Context.Graphs;
        return step => LateralExistsStep.Of(
            Pipeline(exists.Pattern!, Inner(step with { Live = SlotSet.Of(number) }, rows, graphs)), exists.IsNegated != isNegated, number, step, rows / 2);
    }
}

/// <summary>Where a group stands.</summary>
/// <param name="Possible">Slots that rows may have before it.</param>
/// <param name="Certain">Slots that rows have before it.</param>
/// <param name="Needed">Slots that are needed after it.</param>
/// <param name="Rows">Rows before it.</param>
/// <param name="Graphs">Graphs whose counts are meant.</param>
/// <param name="IsLateral">Whether it extends rows, or runs by itself.</param>
internal readonly record struct GroupContext(SlotSet Possible, SlotSet Certain, SlotSet Needed, double Rows, uint[] Graphs, bool IsLateral);
