namespace Knowledge.Rules;

/// <summary>A place in an atom: a variable's slot, or a constant.</summary>
/// <param name="Slot">The slot; -1 for a constant.</param>
/// <param name="Id">The constant's id.</param>
internal readonly record struct Operand(int Slot, uint Id)
{
    /// <summary>Whether this is a variable.</summary>
    public bool IsVariable => Slot >= 0;

    /// <summary>The value under some bindings; 0 where the variable is not bound.</summary>
    public uint Under(uint[] bindings) => Slot >= 0 ? bindings[Slot] : Id;
}

/// <summary>A part of a compiled body.</summary>
internal abstract class BodyPart;

/// <summary>A triple pattern over slots and ids.</summary>
internal sealed class AtomPart(Operand subject, Operand predicate, Operand @object, int clause) : BodyPart
{
    public Operand Subject => subject;

    public Operand Predicate => predicate;

    public Operand Object => @object;

    /// <summary>Index of the clause that it comes from; -1 inside a group.</summary>
    public int Clause => clause;

    /// <summary>Slots of its variables.</summary>
    public IEnumerable<int> Slots => new[] { subject, predicate, @object }.Where(o => o.IsVariable).Select(o => o.Slot);
}

/// <summary>A call of a builtin.</summary>
internal sealed class BuiltinPart(Builtin? builtin, BuiltinCall call, Template[] arguments) : BodyPart
{
    /// <summary>The builtin; null for an unknown one, which never holds.</summary>
    public Builtin? Builtin => builtin;

    public BuiltinCall Call => call;

    public Template[] Arguments => arguments;

    /// <summary>Whether it needs nothing but bound arguments and binds nothing, so that it may be asked as soon as they are bound.</summary>
    public bool IsTest => builtin is { Binds: false, Reads: BuiltinReads.Nothing, Name: not ("bound" or "unbound" or "print" or "hide") };

    /// <summary>Slots of its variables.</summary>
    public IEnumerable<int> Slots => arguments.SelectMany(a => a.Slots);
}

/// <summary>Takes the functor in a slot apart.</summary>
internal sealed class FunctorPart(int slot, Template pattern) : BodyPart
{
    public int Slot => slot;

    public Template Pattern => pattern;
}

/// <summary>Holds where its parts have no match.</summary>
internal sealed class NegationPart(BodyPart[] parts, int[] outer) : BodyPart
{
    public BodyPart[] Parts => parts;

    /// <summary>Slots that occur outside too.</summary>
    public int[] Outer => outer;
}

/// <summary>A value over the matches of its parts.</summary>
internal sealed class AggregatePart(BodyPart[] parts, AggregateClause clause) : BodyPart
{
    public BodyPart[] Parts => parts;

    public AggregateFunction Function => clause.Function;

    public int[] Groups { get; } = [.. clause.Groups.Select(g => g.Index)];

    public int Argument => clause.Argument.Index;

    public int Result => clause.Result.Index;
}

/// <summary>What stands in heads and builtins: a variable, a constant or a functor of such.</summary>
/// <param name="Slot">The variable's slot; -1 for others.</param>
/// <param name="Id">The constant's id; 0 for others.</param>
/// <param name="Functor">Name of the functor; null for others.</param>
/// <param name="Arguments">Arguments of the functor.</param>
internal sealed record Template(int Slot, uint Id, string? Functor, Template[] Arguments)
{
    /// <summary>Whether this is a variable or a constant.</summary>
    public bool IsPlain => Functor is null;

    /// <summary>Slots of its variables.</summary>
    public IEnumerable<int> Slots => Slot >= 0 ? [Slot] : Arguments.SelectMany(a => a.Slots);

    /// <summary>As an operand of an atom.</summary>
    public Operand Operand => new(Slot, Id);
}

/// <summary>A triple of a head.</summary>
internal sealed record HeadAtom(Template Subject, Template Predicate, Template Object);

/// <summary>A rule over ids.</summary>
internal sealed class CompiledRule
{
    public required Rule Rule { get; init; }

    /// <summary>Number in the rule set.</summary>
    public required int Number { get; init; }

    /// <summary>Number of slots: variables first, then those of functors in the body.</summary>
    public required int Slots { get; init; }

    public required BodyPart[] Body { get; init; }

    /// <summary>The atoms of the body, in its order.</summary>
    public required AtomPart[] Atoms { get; init; }

    public required HeadAtom[] Head { get; init; }

    /// <summary>Builtins of the head, in its order.</summary>
    public required BuiltinPart[] Actions { get; init; }

    /// <summary>Rules in the head.</summary>
    public required Rule[] Nested { get; init; }

    /// <summary>Stratum in which the rule runs.</summary>
    public int Stratum { get; set; }

    /// <summary>Slots that the head needs and the body does not bind: they get a blank node for each firing.</summary>
    public required int[] Unbound { get; init; }

    /// <summary>Whether the body has nothing but atoms and tests, and the head nothing but atoms.</summary>
    public bool IsPlain => Actions.Length == 0 && Nested.Length == 0 && Unbound.Length == 0 && Body.All(p => p is AtomPart or BuiltinPart { IsTest: true });

    /// <summary>Whether it asks for no term and makes none: nothing but ids are looked at, in whatever order.</summary>
    public bool IsPure => IsPlain && Body.Length == Atoms.Length && Head.All(h => h.Subject.IsPlain && h.Predicate.IsPlain && h.Object.IsPlain);

    /// <summary>Bindings of the rule's variables, for messages.</summary>
    public IReadOnlyDictionary<string, Term> Bindings(uint[] bindings, Func<TermId, Term> term)
    {
        Dictionary<string, Term> named = [];
        for (var i = 0; i < Rule.Variables.Length && i < bindings.Length; i++)
            if (bindings[i] != 0)
                named[Rule.Variables[i]] = term(new TermId(bindings[i]));
        return named;
    }
}
