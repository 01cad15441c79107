using System.Globalization;

namespace Knowledge.Store;

/// <summary>
/// Takes a document whose reifiers say when its statements hold, as <see cref="QuadDataset.DumpWithTimes"/> writes it, into a transaction. Quads go there as they come; what may be about times is held
/// back until the end, when it is known.
/// </summary>
/// <param name="transaction">Where quads go.</param>
internal sealed class TimedDocument(Transaction transaction) : IQuadSink
{
    private readonly Dictionary<string, Reifier> _reifiers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Prefix(string prefix, string iri) => transaction.SetPrefix(prefix, iri);

    /// <inheritdoc/>
    public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        if (TermText.KindOf(subject) == TermKind.BlankNode && (IsReifies(predicate) || predicate.StartsWith("<urn:knowledge:time#"u8)))
        {
            var quad = new Quad(TermText.Parse(subject), TermText.Parse(predicate), TermText.Parse(@object), graph.IsEmpty ? null : TermText.Parse(graph));
            var name = $"{quad.Subject} {quad.Graph}";
            if (!_reifiers.TryGetValue(name, out var reifier))
                _reifiers[name] = reifier = new Reifier([]);
            reifier.Quads.Add(quad);
        }
        else
        {
            transaction.Add(new QuadIds(transaction.Intern(subject), transaction.Intern(predicate), transaction.Intern(@object), graph.IsEmpty ? default : transaction.Intern(graph)));
        }
    }

    /// <summary>Gives statements their times. Those of the document replace what was believed; reifiers that say nothing of times are quads like others.</summary>
    /// <exception cref="RdfSyntaxException">A time is none, or an end does not come after its beginning.</exception>
    public void Close()
    {
        foreach (var reifier in _reifiers.Values.Where(r => !r.IsTimed))
            foreach (var quad in reifier.Quads)
                transaction.Add(quad);
        foreach (var times in _reifiers.Values.Where(r => r.IsTimed).GroupBy(r => r.Statement))
        {
            transaction.Retract(times.Key);
            foreach (var reifier in times)
            {
                var (from, to) = (reifier.Time(TimeVocabulary.ValidFrom), reifier.Time(TimeVocabulary.ValidTo));
                if (from >= to)
                    throw new RdfSyntaxException($"{times.Key} is said to hold from {from:O} to {to:O}; the end must come after the beginning.", 0, 0);
                transaction.Add(times.Key, from, to);
            }
        }
    }

    private static bool IsReifies(ReadOnlySpan<byte> predicate) => predicate.SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"u8);

    /// <summary>What a document says of a reifier.</summary>
    private sealed record Reifier(List<Quad> Quads)
    {
        private static readonly Iri s_reifies = new(RdfVocabulary.Reifies);

        /// <summary>Whether it has one statement and a time.</summary>
        public bool IsTimed => Quads.Count > 1 && Quads.Count(q => q.Predicate == s_reifies) == 1 && Reification.Object is TripleTerm;

        /// <summary>The statement, of a reifier with a time.</summary>
        public Quad Statement
        {
            get
            {
                var triple = (TripleTerm)Reification.Object;
                return new Quad(triple.Subject, triple.Predicate, triple.Object, Reification.Graph);
            }
        }

        private Quad Reification => Quads.Find(q => q.Predicate == s_reifies);

        /// <summary>A time; null where there is none.</summary>
        public DateTimeOffset? Time(string property)
        {
            var said = Quads.Where(q => q.Predicate is Iri iri && iri.Value == property).Select(q => q.Object).ToList();
            if (said.Count == 0)
                return null;
            return said is [Literal { Datatype: XsdVocabulary.DateTime } literal]
                && DateTimeOffset.TryParse(literal.Lexical, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : throw new RdfSyntaxException($"<{property}> of a reifier is {string.Join(" and ", said)}; one xsd:dateTime is needed.", 0, 0);
        }
    }
}
