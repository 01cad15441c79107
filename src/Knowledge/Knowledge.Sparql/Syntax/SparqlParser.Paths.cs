using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <content>Property paths.</content>
internal sealed partial class SparqlParser
{
    // [88] Path, [89] PathAlternative
    private PropertyPath Path()
    {
        Enter();
        var path = PathSequence();
        for (var count = 1; Take(Mark.Pipe); CheckElements(++count))
            path = new AlternativePath(path, PathSequence());
        Leave();
        return path;
    }

    // [90] PathSequence
    private PropertyPath PathSequence()
    {
        var path = PathEltOrInverse();
        for (var count = 1; Take(Mark.Slash); CheckElements(++count))
            path = new SequencePath(path, PathEltOrInverse());
        return path;
    }

    // [92] PathEltOrInverse
    private PropertyPath PathEltOrInverse() => Take(Mark.Caret) ? new InversePath(PathElt()) : PathElt();

    // [91] PathElt, [93] PathMod
    private PropertyPath PathElt()
    {
        var path = PathPrimary();
        if (Take(Mark.Question))
            return new RepeatedPath(path, 0, IsBounded: true);
        if (Take(Mark.Star))
            return new RepeatedPath(path, 0, IsBounded: false);
        return IsPlusModifier() ? new RepeatedPath(path, 1, IsBounded: false) : path;
    }

    // A plus right before a digit is the sign of a number: the longest token wins.
    private bool IsPlusModifier()
    {
        var next = _lexer.Text.AsSpan(_token.End);
        var isSign = next is [>= '0' and <= '9', ..] or ['.', >= '0' and <= '9', ..];
        return !isSign && Take(Mark.Plus);
    }

    // [94] PathPrimary
    private PropertyPath PathPrimary()
    {
        if (Take(Mark.Bang))
            return PathNegatedPropertySet();
        if (!Take(Mark.LeftParenthesis))
            return new LinkPath(SimplePredicate());
        var path = Path();
        Expect(Mark.RightParenthesis, ")");
        return path;
    }

    // [95] PathNegatedPropertySet
    private NegatedPath PathNegatedPropertySet()
    {
        var (forward, backward) = (new List<Iri>(), new List<Iri>());
        if (Take(Mark.LeftParenthesis))
        {
            if (!Is(Mark.RightParenthesis))
            {
                do
                    PathOneInPropertySet(forward, backward);
                while (Take(Mark.Pipe));
            }

            Expect(Mark.RightParenthesis, ")");
        }
        else
        {
            PathOneInPropertySet(forward, backward);
        }

        return new NegatedPath(forward, backward, forward.Count > 0 || backward.Count == 0, backward.Count > 0);
    }

    // [96] PathOneInPropertySet
    private void PathOneInPropertySet(List<Iri> forward, List<Iri> backward) => (Take(Mark.Caret) ? backward : forward).Add(SimplePredicate());
}
