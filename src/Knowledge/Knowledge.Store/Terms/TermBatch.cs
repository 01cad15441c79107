using System.Runtime.CompilerServices;

namespace Knowledge.Store;

/// <summary>Terms whose ids are looked up together.</summary>
/// <remarks>
/// A look-up waits for memory twice: for the slot of the table and for the text that it points to. Here the slot is asked for when a term is added, the text when the batch is resolved, and compared
/// only when all have been asked for, so that the waits overlap.
/// </remarks>
/// <param name="dictionary">Where the terms get their ids; its <see cref="TermDictionary.Adding"/> is held while a batch is resolved.</param>
internal sealed class TermBatch(TermDictionary dictionary)
{
    /// <summary>The most terms of one batch.</summary>
    public const int MaxTerms = 512;

    private readonly (ulong Hash, int Offset, int Length)[] _terms = new (ulong, int, int)[MaxTerms];
    private readonly uint[] _ids = new uint[MaxTerms];
    private readonly long[] _addresses = new long[MaxTerms];
    private byte[] _text = new byte[MaxTerms * 64];
    private int _used;

    /// <summary>Number of terms.</summary>
    public int Count { get; private set; }

    /// <summary>Ids of the terms, once they are resolved.</summary>
    public ReadOnlySpan<uint> Ids => _ids;

    /// <summary>Adds a term.</summary>
    /// <param name="text">Canonical text; copied.</param>
    /// <returns>Its place in <see cref="Ids"/>.</returns>
    public int Add(ReadOnlySpan<byte> text)
    {
        var place = Count++;
        if (InlineTerm.TryEncode(text, out _ids[place]))
        {
            _terms[place].Length = 0;
            return place;
        }

        if (_used + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + text.Length));
        text.CopyTo(_text.AsSpan(_used));
        var hash = dictionary.Hash(text);
        dictionary.Prefetch(hash);
        _terms[place] = (hash, _used, text.Length);
        _used += text.Length;
        return place;
    }

    /// <summary>The text of a term that is not kept in its id; the same until the batch is emptied.</summary>
    public ReadOnlySpan<byte> Text(int place) => _text.AsSpan(_terms[place].Offset, _terms[place].Length);

    /// <summary>Gives every term its id.</summary>
    public void Resolve()
    {
        for (var i = 0; i < Count; i++)
            if (_terms[i].Length > 0)
                _addresses[i] = dictionary.PrefetchText(_terms[i].Hash);
        for (var i = 0; i < Count; i++)
            if (_terms[i].Length > 0)
                _ids[i] = dictionary.Intern(Text(i), _terms[i].Hash, _addresses[i]);
    }

    /// <summary>Empties the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Clear()
    {
        Count = 0;
        _used = 0;
    }
}
