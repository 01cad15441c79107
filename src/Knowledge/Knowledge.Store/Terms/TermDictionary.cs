using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Knowledge.Store;

/// <summary>Canonical texts of terms and their ids. Any thread looks up while one at a time adds; nothing is taken out while a process runs.</summary>
/// <remarks>
/// Open addressing with linear probing, at most half full. A slot is 24 bits of the text's hash over 40 bits of its address, so that a miss costs one place in memory and a hit two.
/// The hash is XXH3 with a seed of the process, so that nobody can prepare texts that collide. Entry k has the id k + 1, in order of addition.
/// </remarks>
internal sealed class TermDictionary : ITermDictionary
{
    private const int AddressBits = 40;
    private const long AddressMask = (1L << AddressBits) - 1;
    private const int FirstSlots = 1 << 8;

    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly TermArena _arena = new();
    private readonly Lock _adding = new();
    private volatile ulong[] _slots = new ulong[FirstSlots];
    private volatile long[] _addresses = new long[FirstSlots / 2];
    private volatile int _count;
    private int _scopes;

    /// <summary>Number of entries; their ids are 1 to this.</summary>
    public int Count => _count;

    /// <summary>Bytes of texts, addresses and table.</summary>
    public long MemoryBytes => _arena.CapacityBytes + (sizeof(long) * ((long)_slots.Length + _addresses.Length));

    /// <summary>Held by a thread that adds many terms, so that each addition finds it its own.</summary>
    public Lock Adding => _adding;

    /// <summary>A number that this dictionary gave to nobody before.</summary>
    public int NextScope() => Interlocked.Increment(ref _scopes);

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, out TermId id)
    {
        if (!text.IsEmpty && (InlineTerm.TryEncode(text, out var value) || TryProbe(_slots, text, Hash(text), out value, out _)))
        {
            id = new TermId(value);
            return true;
        }

        id = default;
        return false;
    }

    /// <inheritdoc/>
    public void Write(TermId id, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (InlineTerm.IsInline(id.Value))
            InlineTerm.Write(id.Value, output);
        else
            output.Write(Text(id));
    }

    /// <inheritdoc/>
    public bool TryText(TermId id, out ReadOnlySpan<byte> text)
    {
        text = InlineTerm.IsInline(id.Value) ? default : Text(id);
        return !text.IsEmpty;
    }

    /// <inheritdoc/>
    public TermKind Kind(TermId id) => InlineTerm.IsInline(id.Value) ? TermKind.Literal : TermText.KindOf(Text(id));

    /// <summary>The text of an entry.</summary>
    /// <param name="id">The id of an entry, not of a literal kept in its id.</param>
    public ReadOnlySpan<byte> Text(TermId id)
    {
        if (id.Value - 1 >= (uint)_count)
            throw new ArgumentOutOfRangeException(nameof(id), id.Value, $"No term has this id; the source has {_count} entries.");
        return _addresses[id.Value - 1] is not 0 and var address
            ? _arena.Text(address, out _)
            : throw new ArgumentOutOfRangeException(nameof(id), id.Value, "The term that had this id is gone.");
    }

    /// <summary>The id of a term, given to it now if it has none.</summary>
    /// <param name="text">Canonical text.</param>
    /// <exception cref="StoreLimitException">The text is too long, or there are too many terms.</exception>
    public uint Intern(ReadOnlySpan<byte> text)
    {
        if (InlineTerm.TryEncode(text, out var id))
            return id;
        var hash = Hash(text);
        if (TryProbe(_slots, text, hash, out id, out _))
            return id;
        lock (_adding)
            return TryProbe(_slots, text, hash, out id, out var slot) ? id : Add(text, hash, slot);
    }

    /// <summary>Makes room, so that adding need not.</summary>
    /// <param name="count">Number of entries to come.</param>
    public void Reserve(int count)
    {
        var needed = (int)Math.Min(1u << 30, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(FirstSlots, 2L * (count + _count))));
        if (needed > _slots.Length)
            _slots = Grown(needed);
        if (count + _count > _addresses.Length)
            Widen(count + _count);
    }

    /// <summary>Adds an entry with the next id.</summary>
    /// <returns>False where the text is empty, or an entry already.</returns>
    public bool TryAppend(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        lock (_adding)
        {
            if (text.IsEmpty || TryProbe(_slots, text, hash, out _, out var slot))
                return false;
            Add(text, hash, slot);
            return true;
        }
    }

    /// <summary>Leaves out the next id: the term that had it is gone.</summary>
    public void AppendHole()
    {
        lock (_adding)
        {
            if (_count == _addresses.Length)
                Widen(_count * 2);
            _addresses[_count++] = 0;
        }
    }

    /// <summary>Gives the text of a term that was gone back to its id.</summary>
    /// <returns>False where the id is not one that was left out, or the text is an entry already.</returns>
    public bool TryRefill(TermId id, ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        lock (_adding)
        {
            if (text.IsEmpty || id.Value - 1 >= (uint)_count || _addresses[id.Value - 1] != 0 || TryProbe(_slots, text, hash, out _, out var slot))
                return false;
            Put(id.Value, text, hash, slot);
            return true;
        }
    }

    /// <summary>The id of a term, given to it now if it has none; to be called where <see cref="Adding"/> is held.</summary>
    /// <param name="text">Canonical text of a term that is not kept in its id.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="address">Where <see cref="PrefetchText"/> expects it, or 0.</param>
    public uint Intern(ReadOnlySpan<byte> text, ulong hash, long address)
    {
        if (address != 0 && _arena.Text(address, out var id).SequenceEqual(text))
            return id;
        return TryProbe(_slots, text, hash, out id, out var slot) ? id : Add(text, hash, slot);
    }

    /// <summary>Asks for the slot of a hash, so that it is at hand soon.</summary>
    public unsafe void Prefetch(ulong hash)
    {
        var slots = _slots;
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref slots[(int)hash & (slots.Length - 1)]));
    }

    /// <summary>Asks for the text to which the slot of a hash points.</summary>
    /// <returns>The address of a text that has the hash's upper bits; 0 where the first slot holds none.</returns>
    public unsafe long PrefetchText(ulong hash)
    {
        var slots = _slots;
        var entry = Volatile.Read(ref slots[(int)hash & (slots.Length - 1)]);
        if (entry == 0 || (entry ^ hash) >> AddressBits != 0)
            return 0;
        var address = (long)entry & AddressMask;
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref _arena.At(address)));
        return address;
    }

    /// <summary>The hash of a text.</summary>
    public ulong Hash(ReadOnlySpan<byte> text) => XxHash3.HashToUInt64(text, _seed);

    private uint Add(ReadOnlySpan<byte> text, ulong hash, int slot)
    {
        if (text.Length > TermArena.MaxTermBytes)
            throw new StoreLimitException($"A term is {text.Length} bytes long; the limit is {TermArena.MaxTermBytes}.");
        var count = _count;
        if (count == Array.MaxLength / 4)
            throw new StoreLimitException($"The store has {count} distinct terms, the limit of one store.");
        if (2 * (count + 1) > _slots.Length)
        {
            _slots = Grown(_slots.Length * 2);
            TryProbe(_slots, text, hash, out _, out slot);
        }

        if (count == _addresses.Length)
            Widen(count * 2);
        var id = (uint)count + 1;
        Put(id, text, hash, slot);
        return id;
    }

    private void Widen(int length)
    {
        var addresses = GC.AllocateUninitializedArray<long>(length);
        _addresses.AsSpan(0, _count).CopyTo(addresses);
        _addresses = addresses;
    }

    private void Put(uint id, ReadOnlySpan<byte> text, ulong hash, int slot)
    {
        var address = _arena.Append(text, id);
        _addresses[id - 1] = address;
        _count = Math.Max(_count, (int)id);
        Volatile.Write(ref _slots[slot], (hash & ~(ulong)AddressMask) | (ulong)address);
    }

    /// <summary>Finds a text, or the free slot at which it belongs.</summary>
    private bool TryProbe(ulong[] slots, ReadOnlySpan<byte> text, ulong hash, out uint id, out int slot)
    {
        var mask = slots.Length - 1;
        slot = (int)hash & mask;
        for (; ; slot = (slot + 1) & mask)
        {
            var entry = Volatile.Read(ref slots[slot]);
            if (entry == 0)
            {
                id = 0;
                return false;
            }

            if ((entry ^ hash) >> AddressBits == 0 && _arena.Text((long)entry & AddressMask, out id).SequenceEqual(text))
                return true;
        }
    }

    private ulong[] Grown(int length)
    {
        var slots = new ulong[length];
        var mask = slots.Length - 1;
        foreach (var entry in _slots)
        {
            if (entry == 0)
                continue;
            var slot = (int)Hash(_arena.Text((long)entry & AddressMask, out _)) & mask;
            while (slots[slot] != 0)
                slot = (slot + 1) & mask;
            slots[slot] = entry;
        }

        return slots;
    }
}
