using Knowledge.Rdf;

namespace Knowledge.Store.Tests.Reference;

/// <summary>What was said, in order: the slow, obvious twin of the store.</summary>
/// <remarks>A question about one quad at one valid time, as it was known at one time, goes through everything that had been said by then.</remarks>
internal sealed class EventList
{
    private readonly List<(DateTimeOffset Known, Said Said)> _events = [];

    public IEnumerable<QuadIds> Mentioned => _events.Select(e => e.Said.Quad).Distinct();

    public IEnumerable<DateTimeOffset> Times => _events.Select(e => e.Known).Distinct();

    public void Add(DateTimeOffset known, Said said) => _events.Add((known, said));

    public bool Holds(QuadIds quad, DateTimeOffset valid, DateTimeOffset known)
    {
        var holds = false;
        foreach (var (time, said) in _events)
        {
            if (time > known || said.Quad != quad)
                continue;
            holds = said.Verb switch
            {
                Verb.Add => holds || ((said.From is null || valid >= said.From) && (said.To is null || valid < said.To)),
                Verb.End => holds && valid < said.From,
                _ => false,
            };
        }

        return holds;
    }

    public HashSet<QuadIds> Quads(DateTimeOffset valid, DateTimeOffset known) => [.. Mentioned.Where(q => Holds(q, valid, known))];
}

/// <summary>What may be said of a quad.</summary>
internal enum Verb
{
    Add,
    End,
    Retract,
}

/// <summary>One thing said of one quad. <c>From</c> is the time of an end.</summary>
internal readonly record struct Said(Verb Verb, QuadIds Quad, DateTimeOffset? From, DateTimeOffset? To);
