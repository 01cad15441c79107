using System.Buffers;
using System.Collections.Concurrent;

namespace Knowledge.Rules;

/// <summary>The terms of one snapshot and those that rules made beside them. A term has one id here, whatever its source learns meanwhile.</summary>
/// <param name="source">Terms of the snapshot.</param>
/// <param name="derived">Terms that rules made.</param>
/// <param name="version">Version of the source, which tells terms of rules that it has come to know from others; null where the source's ids come first.</param>
/// <remarks>Safe for several threads but for <see cref="Id"/>.</remarks>
internal sealed class TermView(ITermDictionary source, DerivedTerms derived, long? version = null) : ITermSpace, ITermDictionary
{
    private readonly Dictionary<Term, TermId> _ids = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private ConcurrentDictionary<TermId, Term> _terms = new(); // of the source alone: rules of a fork make others of the same ids

    /// <summary>The terms of a closure that was forked, with what is known of the source's.</summary>
    public TermView Fork(ITermDictionary forkSource, DerivedTerms forkDerived) => new(forkSource, forkDerived, version) { _terms = _terms };

    /// <inheritdoc/>
    public Term Term(TermId id) => derived.Find(id) ?? _terms.GetOrAdd(id, static (id, view) => view.Read(id), this);

    /// <inheritdoc/>
    public TermId Id(Term term)
    {
        // A term that a rule made keeps its id, whatever the source learns meanwhile.
        if (_ids.TryGetValue(term, out var id) || (version is { } at && derived.Count > 0 && derived.TryFind(term, at, out id)))
            return id;
        _buffer.ResetWrittenCount();
        TermText.Write(term, _buffer);
        if (!source.TryFind(_buffer.WrittenSpan, out id))
            id = derived.Id(term);
        _ids[term] = id;
        return id;
    }

    /// <inheritdoc/>
    /// <remarks>Every term has an id: rules may prove things of terms that nobody has stated anything of.</remarks>
    public bool TryFind(ReadOnlySpan<byte> text, out TermId id)
    {
        if (!source.TryFind(text, out id))
            id = derived.Id(TermText.Parse(text));
        return true;
    }

    /// <inheritdoc/>
    public void Write(TermId id, IBufferWriter<byte> output)
    {
        if (derived.Find(id) is { } term)
            TermText.Write(term, output);
        else
            source.Write(id, output);
    }

    /// <inheritdoc/>
    public TermKind Kind(TermId id) => derived.Find(id)?.Kind ?? source.Kind(id);

    private Term Read(TermId id)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        source.Write(id, buffer);
        return TermText.Parse(buffer.WrittenSpan);
    }
}
