using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Rules from words: one method for each production.</summary>
/// <remarks>
/// Source: the grammar of Jena's rule language, as its documentation and parser have it; extended by <c>not { }</c>, <c>aggregate { } on ( ) f ( )</c> and literals with a language.
/// </remarks>
internal sealed partial class RuleParser
{
    private const string Arrows = "'->' or '<-'";

    private readonly RuleTokenizer _tokens;
    private readonly string? _source;
    private readonly ImmutableSortedDictionary<string, string> _prefixes;
    private readonly int _maxDepth;
    private readonly List<string> _variables = [];
    private string? _name;
    private int _depth;

    private RuleParser(RuleDocument document, ImmutableSortedDictionary<string, string> prefixes, int maxDepth)
    {
        _tokens = new RuleTokenizer(document);
        _source = document.Source;
        _prefixes = prefixes;
        _maxDepth = maxDepth;
    }

    /// <summary>Reads all rules of a text.</summary>
    /// <param name="document">The text, without comments and directives.</param>
    /// <param name="prefixes">Prefixes with their IRIs.</param>
    /// <param name="maxDepth">How deep things may stand inside each other.</param>
    /// <param name="rules">Where the rules go.</param>
    public static void Parse(RuleDocument document, ImmutableSortedDictionary<string, string> prefixes, int maxDepth, ImmutableArray<Rule>.Builder rules)
    {
        var parser = new RuleParser(document, prefixes, maxDepth);
        while (parser._tokens.Peek().Kind != RuleTokenKind.End)
        {
            parser._variables.Clear();
            parser._name = null;
            if (parser._tokens.Peek().Is("["))
                parser._tokens.Next();
            rules.Add(Finished(parser.ParseRule(), [.. parser._variables]));
        }
    }

    // rule := ['['] [NAME ':'] clause* ('->' | '<-') clause* (']' | '.')
    private Rule ParseRule()
    {
        Enter();
        var line = _tokens.Peek().Line;
        string? name = null;
        if (_tokens.Peek() is { Kind: RuleTokenKind.Word, Text: [.., ':'] } title)
        {
            _tokens.Next();
            _name = name = title.Text[..^1];
        }

        var left = ParseClauses(t => t.Is("->") || t.Is("<-"), Arrows);
        var isBackward = _tokens.Next().Is("<-");
        var right = ParseClauses(t => t.Is(".") || t.Is("]"), "'.' or ']'");
        _tokens.Next();
        _depth--;
        var origin = new RuleOrigin(_source, line);
        return isBackward ? new Rule(name, RuleDirection.Backward, right, left, [], origin) : new Rule(name, RuleDirection.Forward, left, right, [], origin);
    }

    private ImmutableArray<RuleClause> ParseClauses(Func<RuleToken, bool> isEnd, string needed)
    {
        var clauses = ImmutableArray.CreateBuilder<RuleClause>();
        while (!isEnd(_tokens.Peek()))
            clauses.Add(ParseClause(needed));
        return clauses.ToImmutable();
    }

    // clause := '(' node node node ')' | '[' rule | 'not' group | 'aggregate' group 'on' '(' var* ')' FUNCTION '(' var var ')' | NAME '(' node* ')'
    private RuleClause ParseClause(string needed)
    {
        var token = _tokens.Peek();
        if (token.Is("("))
            return ParseTriple();
        _tokens.Next();
        if (token.Is("["))
            return new NestedRule(ParseNested());
        if (token.Kind != RuleTokenKind.Word)
            throw Wrong(token, $"{needed}, a triple in parentheses or a builtin");
        if (token.Text == "not" && _tokens.Peek().Is("{"))
            return new NegationClause(ParseGroup());
        if (token.Text == "aggregate" && _tokens.Peek().Is("{"))
            return ParseAggregate();
        if (!_tokens.Peek().Is("("))
            throw Wrong(token, $"{needed}, a triple in parentheses or a builtin with its arguments in parentheses");
        return new BuiltinClause(token.Text, ParseNodes());
    }

    private Rule ParseNested()
    {
        var outer = _name;
        var nested = ParseRule();
        _name = outer;
        return nested;
    }

    private TripleClause ParseTriple()
    {
        var line = _tokens.Peek();
        var nodes = ParseNodes();
        if (nodes is not [var subject, var predicate, var @object])
            throw Error($"A triple with {nodes.Length} nodes; it needs subject, predicate and object.", line);
        if (subject is FunctorNode || predicate is FunctorNode)
            throw Error("A functor stands as subject or predicate of a triple; it may stand as its object alone.", line);
        return new TripleClause(subject, predicate, @object);
    }

    // group := '{' clause* '}'
    private ImmutableArray<RuleClause> ParseGroup()
    {
        Enter();
        var open = _tokens.Next();
        var clauses = ParseClauses(t => t.Is("}"), "'}'");
        _tokens.Next();
        _depth--;
        if (clauses.IsEmpty || clauses.Any(c => c is NestedRule or AggregateClause))
            throw Error("A group in braces holds triples, builtins and 'not', at least one of them.", open);
        return clauses;
    }

    private AggregateClause ParseAggregate()
    {
        var clauses = ParseGroup();
        Need("on");
        var groups = ParseVariables();
        var function = _tokens.Next();
        if (function.Kind != RuleTokenKind.Word || !Enum.TryParse<AggregateFunction>(function.Text, ignoreCase: true, out var what) || char.IsDigit(function.Text[0]))
            throw Wrong(function, "one of count, sum, min, max, avg");
        var variables = ParseVariables();
        if (variables is not [var argument, var result])
            throw Error($"'{function.Text}' has {variables.Length} variables; it needs two: what is computed over, and what gets the value.", function);
        return new AggregateClause(clauses, groups, what, argument, result);
    }

    private ImmutableArray<VariableNode> ParseVariables()
    {
        var token = _tokens.Peek();
        if (!token.Is("("))
            throw Wrong(token, "variables in parentheses");
        var nodes = ParseNodes();
        return nodes.All(n => n is VariableNode) ? [.. nodes.Cast<VariableNode>()] : throw Error("Only variables may stand here.", token);
    }

    private ImmutableArray<RuleNode> ParseNodes()
    {
        Enter();
        _tokens.Next();
        var nodes = ImmutableArray.CreateBuilder<RuleNode>();
        while (!_tokens.Peek().Is(")"))
            nodes.Add(ParseNode());
        _tokens.Next();
        _depth--;
        return nodes.ToImmutable();
    }

    private void Need(string word)
    {
        var token = _tokens.Next();
        if (!token.Is(word))
            throw Wrong(token, $"'{word}'");
    }

    private void Enter()
    {
        if (++_depth > _maxDepth)
            throw Error($"Rules, functors and groups stand more than {_maxDepth} deep (MaxDepth).", _tokens.Peek());
    }

    private RuleSyntaxException Wrong(RuleToken found, string needed) => Error($"Found {found} where {needed} is needed.", found);

    private RuleSyntaxException Error(string problem, RuleToken at) => new(problem, new RuleOrigin(_source, at.Line), _name);

    /// <summary>Gives a rule and those nested in it the names of their variables, which are known at the rule's end.</summary>
    private static Rule Finished(Rule rule, ImmutableArray<string> variables) => rule with
    {
        Variables = variables,
        Head = rule.Head.Any(c => c is NestedRule) ? [.. rule.Head.Select(c => c is NestedRule nested ? new NestedRule(Finished(nested.Rule, variables)) : c)] : rule.Head,
        Body = rule.Body.Any(c => c is NestedRule) ? [.. rule.Body.Select(c => c is NestedRule nested ? new NestedRule(Finished(nested.Rule, variables)) : c)] : rule.Body,
    };
}
