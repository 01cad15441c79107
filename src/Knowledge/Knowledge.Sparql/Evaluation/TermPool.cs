using System.Buffers;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Terms of ids within one query. Equal terms have equal ids: a computed term that the source knows has the source's id, others get one above 32 bits.</summary>
internal sealed class TermPool(ITermDictionary dictionary)
{
    private const ulong FirstLocal = 1UL << 32;
    private const int SmallCache = 256;
    private const int LargeCache = 8192;

    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly Dictionary<Term, ulong> _ids = [];
    private readonly List<Term> _locals = [];

    // Direct-mapped: joins repeat neighbours, and a table that forgets needs no limit.
    private ulong[] _cachedIds = new ulong[SmallCache];
    private Term?[] _cachedTerms = new Term?[SmallCache];
    private int _misses;
    private int _hits;
    private bool _isCaching = true;

    /// <summary>The term of an id that is bound.</summary>
    public Term Decode(ulong id)
    {
        if (id >= FirstLocal)
            return _locals[(int)(id - FirstLocal)];
        if (!_isCaching)
            return Make(id);
        var slot = (int)(id * 0x9E3779B97F4A7C15 >> 40) & (_cachedIds.Length - 1);
        if (_cachedIds[slot] == id)
        {
            _hits++;
            return _cachedTerms[slot]!;
        }

        if (++_misses == SmallCache * 4)
        {
            // Terms that hardly come again: keeping them is work for the collector alone.
            if (_hits < _misses / 4)
            {
                _isCaching = false;
                return Make(id);
            }

            _cachedIds = new ulong[LargeCache];
            _cachedTerms = new Term?[LargeCache];
            slot = (int)(id * 0x9E3779B97F4A7C15 >> 40) & (LargeCache - 1);
        }

        var term = Make(id);
        _cachedIds[slot] = id;
        _cachedTerms[slot] = term;
        return term;
    }

    /// <summary>A term's canonical text, valid until the next call.</summary>
    public ReadOnlySpan<byte> Text(ulong id)
    {
        if (id < FirstLocal && dictionary.TryText(new TermId((uint)id), out var text))
            return text;
        _buffer.ResetWrittenCount();
        if (id < FirstLocal)
            dictionary.Write(new TermId((uint)id), _buffer);
        else
            TermText.Write(_locals[(int)(id - FirstLocal)], _buffer);
        return _buffer.WrittenSpan;
    }

    private Term Make(ulong id)
    {
        var text = Text(id);
        return text[0] == (byte)'<' && text[1] != (byte)'<' ? new Iri(System.Text.Encoding.UTF8.GetString(text[1..^1])) : TermText.Parse(text);
    }

    /// <summary>The kind of a bound id's term, without decoding it.</summary>
    public TermKind Kind(ulong id) => id >= FirstLocal ? Decode(id).Kind : dictionary.Kind(new TermId((uint)id));

    /// <summary>The id of a term.</summary>
    public ulong Encode(Term term)
    {
        if (_ids.TryGetValue(term, out var known))
            return known;
        _buffer.ResetWrittenCount();
        TermText.Write(term, _buffer);
        ulong id;
        if (dictionary.TryFind(_buffer.WrittenSpan, out var found))
        {
            id = found.Value;
        }
        else
        {
            id = FirstLocal + (ulong)_locals.Count;
            _locals.Add(term);
        }

        _ids.Add(term, id);
        return id;
    }

    /// <summary>Whether an id is one of the source.</summary>
    public static bool IsOfSource(ulong id) => id is > 0 and < FirstLocal;
}
