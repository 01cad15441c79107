using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Algebra to plans: operators that run by themselves. Groups are planned by <see cref="GroupPlanner"/>.</summary>
internal sealed class Planner
{
    private readonly GroupPlanner _groups;
    private readonly Session _session;

    public Planner(Session session, VariableSets sets, string? baseIri)
    {
        _session = session;
        Sets = sets;
        Compiler = new ExpressionCompiler(name => sets[name], p => Plan(p, sets.Possible(p), session.View.DefaultGraphs), session.Options, baseIri);
        _groups = new GroupPlanner(this, session);
    }

    /// <summary>Slots of variables.</summary>
    public VariableSets Sets { get; }

    /// <summary>Compiles expressions.</summary>
    public ExpressionCompiler Compiler { get; }

    /// <summary>Number of slots in a batch.</summary>
    public int Slots => Sets.Slots;

    /// <summary>Plans an operator.</summary>
    /// <param name="algebra">The operator.</param>
    /// <param name="needed">Slots that are needed of its results.</param>
    /// <param name="graphs">Graphs whose counts are meant.</param>
    public PlanNode Plan(Algebra algebra, SlotSet needed, uint[] graphs) => algebra switch
    {
        Project project => PlanProject(project, needed, graphs, null),
        Distinct distinct => new DistinctPlan(Plan(distinct.Input, needed.Union(Sets.Possible(distinct.Input)), graphs)) { Slots = Slots },
        Slice slice => PlanSlice(slice, needed, graphs),
        OrderBy order => PlanOrder(order, needed, graphs, null),
        Group group => PlanGroup(group, graphs),
        Table table => new TablePlan(table.Values, [.. table.Values.Variables.Select(v => Sets[v])]) { Slots = Slots },
        ServiceCall service => (PlanNode)new ServicePlan(service, ToPlace(service.Endpoint), [.. service.Variables.Select(v => Sets[v.Here])]) { Slots = Slots },
        _ => _groups.Plan(algebra, needed, graphs),
    };

    private ProjectPlan PlanProject(Project project, SlotSet needed, uint[] graphs, long? top)
    {
        var kept = SlotSet.Of([.. project.Variables.Select(v => Sets[v])]).Intersect(needed);
        var input = project.Input is OrderBy order ? PlanOrder(order, kept, graphs, top) : Plan(project.Input, kept, graphs);
        return new ProjectPlan(input, kept) { Slots = Slots };
    }

    private SlicePlan PlanSlice(Slice slice, SlotSet needed, uint[] graphs)
    {
        long? top = slice.Limit is { } limit && limit < int.MaxValue && slice.Offset < int.MaxValue ? slice.Offset + limit : null;
        var input = slice.Input switch
        {
            Project project => PlanProject(project, needed, graphs, top),
            OrderBy order => PlanOrder(order, needed, graphs, top),
            _ => Plan(slice.Input, needed, graphs),
        };
        return new SlicePlan(input, slice.Offset, slice.Limit) { Slots = Slots };
    }

    private OrderPlan PlanOrder(OrderBy order, SlotSet needed, uint[] graphs, long? top)
    {
        var read = order.Conditions.Aggregate(needed, (all, c) => all.Union(Sets.Read(c.Value)));
        var input = Plan(order.Input, read, graphs);
        return new OrderPlan(input, [.. order.Conditions.Select(c => (Compiler.Compile(c.Value), c.IsDescending))], top) { Slots = Slots };
    }

    private GroupPlan PlanGroup(Group group, uint[] graphs)
    {
        var read = VariableSets.OwnExpressions(group).Aggregate(default(SlotSet), (all, e) => all.Union(Sets.Read(e)));
        if (group.Aggregates.Any(a => a.Value is { Argument: null, IsDistinct: true }))
            read = read.Union(Sets.Possible(group.Input));
        return new GroupPlan(
            Plan(group.Input, read, graphs),
            [.. group.Keys.Select(k => (Sets[k.Variable], Compiler.Compile(k.Value)))],
            [.. group.Aggregates.Select(a => (Sets[a.Variable], a.Value, a.Value.Argument is { } argument ? Compiler.Compile(argument) : null))])
        {
            Slots = Slots,
        };
    }

    /// <summary>A position with its id or slot; triple terms with variables have no place.</summary>
    public Place ToPlace(PatternTerm term) => term switch
    {
        Variable variable => new Place(Sets[variable.Name], 0, variable.ToString()),
        Constant constant => new Place(-1, _session.Pool.Encode(constant.Value), constant.ToString()),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
