
namespace Knowledge.Rules.Tests.Backward;

public sealed class TabledEvaluationTests
{
    private const string Chain = "eg:a eg:p eg:b . eg:b eg:p eg:c . eg:c eg:p eg:d .";

    [Theory]
    [InlineData("[r1: (?x eg:q ?y) <- (?x eg:p ?y)] [r2: (?x eg:q ?z) <- (?x eg:q ?y) (?y eg:p ?z)]")] // left recursion
    [InlineData("[r1: (?x eg:q ?y) <- (?x eg:p ?y)] [r2: (?x eg:q ?z) <- (?x eg:p ?y) (?y eg:q ?z)]")] // right recursion
    [InlineData("[r1: (?x eg:q ?y) <- (?x eg:p ?y)] [r2: (?x eg:q ?z) <- (?x eg:q ?y) (?y eg:q ?z)]")] // both
    [InlineData("[r1: (?x eg:p ?y) -> (?x eg:q ?y)] [r2: (?x eg:q ?y) (?y eg:q ?z) -> (?x eg:q ?z)] -> tableAll().")] // written forward
    public void Solve_TransitiveClosure_IsComplete(string rules)
    {
        Assert.Equal(["a q b", "a q c", "a q d"], MemoryTriples.Solve(rules, Chain, "eg:a eg:q -"));
        Assert.Equal(["a q d", "b q d", "c q d"], MemoryTriples.Solve(rules, Chain, "- eg:q eg:d"));
        Assert.Equal(6, MemoryTriples.Solve(rules, Chain, "- eg:q -").Count);
        Assert.Equal(16, MemoryTriples.Solve(rules, Chain + " eg:d eg:p eg:a .", "- eg:q -").Count);
    }

    [Fact]
    public void Solve_VariablePredicateInHead_ProvesGoalsOfAnyPredicate()
    {
        const string Rules = "[(?x ?q ?y) <- (?p rdfs:subPropertyOf ?q) (?x ?p ?y)]";
        const string Data = "eg:a eg:p eg:b . eg:p rdfs:subPropertyOf eg:q . eg:q rdfs:subPropertyOf eg:r .";
        Assert.Equal(["a r b"], MemoryTriples.Solve(Rules, Data, "eg:a eg:r -"));
        Assert.Equal(["a p b", "a q b", "a r b"], MemoryTriples.Solve(Rules, Data, "eg:a - -"));
    }

    [Fact]
    public void Solve_SharedVariablesInGoals_AreUnifiedAgain()
    {
        const string Data = "eg:a eg:p eg:a . eg:a eg:p eg:b .";
        Assert.Equal(["a s loop"], MemoryTriples.Solve("[(?x eg:q ?y) <- (?x eg:p ?y)] [(?x eg:s eg:loop) <- (?x eg:q ?x)]", Data, "- eg:s -"));
        Assert.Equal(["a s a"], MemoryTriples.Solve("[(?x eg:s ?x) <- (?x eg:p ?y)]", Data, "- eg:s -"));
        Assert.Empty(MemoryTriples.Solve("[(?x eg:s ?x) <- (?x eg:p ?y)]", Data, "eg:a eg:s eg:b"));
    }

    [Fact]
    public void Solve_Functors_AreTakenApartAndPutTogether()
    {
        const string Rules = "[(?x eg:f pair(?x, ?y)) <- (?x eg:p ?y)] [(?a eg:g ?b) <- (?x eg:f pair(?b, ?a))] [(?a eg:h eg:yes) <- (?a eg:f pair(?a, eg:b))]";
        Assert.Equal(["b g a"], MemoryTriples.Solve(Rules, "eg:a eg:p eg:b .", "- eg:g -"));
        Assert.Equal(["a h yes"], MemoryTriples.Solve(Rules, "eg:a eg:p eg:b . eg:a eg:p eg:c .", "- eg:h -"));
    }

    [Fact]
    public void Solve_HeadVariableThatNothingBinds_ServesOtherGoalsAndIsNotListed()
    {
        const string Rules = "[(?x eg:type eg:Resource) <- ] [(?x eg:u ?y) <- (?x eg:type eg:Resource) (?x eg:p ?y)]";
        Assert.Equal(["a u b"], MemoryTriples.Solve(Rules, "eg:a eg:p eg:b .", "- eg:u -"));
        Assert.Empty(MemoryTriples.Solve(Rules, "eg:a eg:p eg:b .", "- eg:type -"));
        Assert.Equal(["a type Resource"], MemoryTriples.Solve(Rules, "eg:a eg:p eg:b .", "eg:a eg:type -"));
    }

    [Fact]
    public void Solve_Builtins_BindAndTest()
    {
        Assert.Equal(["a n \"3\"^^<http://www.w3.org/2001/XMLSchema#int"], MemoryTriples.Solve("[(?x eg:n ?z) <- (?x eg:v ?y) lessThan(?y, 5) addOne(?y, ?z)]", "eg:a eg:v 2 . eg:b eg:v 7 .", "- eg:n -"));
        Assert.Equal(["a r b"], MemoryTriples.Solve("[(?x eg:q ?y) <- (?x eg:p ?y)] [(?x eg:r ?y) <- (?x eg:p ?y) noValue(?x, eg:q)]", "eg:a eg:p eg:b .", "- eg:r -")); // noValue looks at the given triples alone, as in Jena
    }

    [Fact]
    public void Compile_TwoHeadClauses_SaysWhatToDo()
    {
        var error = Assert.Throws<RuleException>(() => MemoryTriples.Solve("\n[two: (?x eg:p ?y) -> (?x eg:q ?y) (?y eg:q ?x)]", "", "- - -"));
        Assert.Equal("Line 2, rule 'two': A rule that is run backward has 2 clauses in its head; it needs exactly one triple there. Write one rule for each, or run it forward.", error.Message);
    }

    [Fact]
    public void Solve_FunctorsWithoutEnd_HitTheNamedLimit()
    {
        var error = Assert.Throws<RuleLimitException>(() => MemoryTriples.Solve("[zero: (eg:n eg:is z()) <- ] [next: (eg:n eg:is s(?x)) <- (eg:n eg:is ?x)]", "", "- eg:is -", new BackwardOptions { MaxTermDepth = 5 }));
        Assert.Equal("MaxTermDepth", error.Limit);
        Assert.Equal("next", error.Rule.Name);
        Assert.Contains("?x = ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_NumbersWithoutEnd_HitTheNamedLimit()
    {
        var error = Assert.Throws<RuleLimitException>(() => MemoryTriples.Solve("[(eg:n eg:is ?y) <- (eg:n eg:is ?x) addOne(?x, ?y)]", "eg:n eg:is 1 .", "- eg:is -", new BackwardOptions { MaxAnswers = 100 }));
        Assert.Equal("MaxAnswers", error.Limit);
    }

    [Fact]
    public void Solve_GoalsWithoutEnd_HitTheNamedLimit()
    {
        var error = Assert.Throws<RuleLimitException>(() => MemoryTriples.Solve("[(?x eg:is ?z) <- addOne(?x, ?y) (?y eg:is ?z)]", "eg:a eg:v 1 . eg:b eg:is 1 .", "eg:a eg:is -", new BackwardOptions { MaxTables = 50 })
            .Concat(MemoryTriples.Solve("[(?x eg:is ?z) <- addOne(?x, ?y) (?y eg:is ?z)] [(?a eg:q ?b) <- (?a eg:v ?x) (?x eg:is ?b)]", "eg:a eg:v 1 .", "eg:a eg:q -", new BackwardOptions { MaxTables = 50 })).ToList());
        Assert.Equal("MaxTables", error.Limit);
    }

    [Fact]
    public void Solve_AfterALimit_StartsAfresh()
    {
        var (_, evaluation, memory) = MemoryTriples.Run("[(eg:n eg:is ?y) <- (eg:n eg:is ?x) addOne(?x, ?y)] [(?x eg:q ?y) <- (?x eg:p ?y)]", "eg:n eg:is 1 . eg:a eg:p eg:b .", "- eg:q -", new BackwardOptions { MaxAnswers = 100 });
        Assert.Throws<RuleLimitException>(() => evaluation.Solve(memory.Pattern("- eg:is -")).ToList());
        Assert.Equal(0, evaluation.Tables);
        Assert.Single(evaluation.Solve(memory.Pattern("- eg:q -")));
    }

    [Fact]
    public void StepOf_Answer_HasPremisesThatEndInGivenTriples()
    {
        var (_, evaluation, memory) = MemoryTriples.Run("[r1: (?x eg:q ?y) <- (?x eg:p ?y)] [r2: (?x eg:q ?z) <- (?x eg:q ?y) (?y eg:q ?z)]", Chain, "- eg:q -");
        var open = new Stack<TripleIds>([memory.Pattern("eg:a eg:q eg:d")]);
        var given = new List<string>();
        for (var steps = 0; open.TryPop(out var triple); steps++)
        {
            Assert.True(steps < 20, "The proof goes round in a circle.");
            if (evaluation.StepOf(triple) is { } step)
                foreach (var premise in evaluation.Premises(step))
                    open.Push(premise);
            else
                given.Add(memory.Text(triple));
        }

        Assert.Equal(["a p b", "b p c", "c p d"], given.Order(StringComparer.Ordinal));
    }
}
