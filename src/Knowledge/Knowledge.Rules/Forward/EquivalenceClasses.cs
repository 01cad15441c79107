using System.Runtime.InteropServices;

namespace Knowledge.Rules;

/// <summary>A partition of ids: what was joined stands in one class, and everything else in a class of its own, which is not kept.</summary>
/// <remarks>Source: union by size with members listed (Galler, Fischer, An Improved Equivalence Algorithm, CACM 1964); n ids are joined in O(n log n).</remarks>
internal sealed class EquivalenceClasses
{
    /// <summary>Ids below it have a bit that says whether they were joined with any: at most 8 MiB. Others are looked up.</summary>
    private const uint MaxBits = 1 << 26;

    private readonly Dictionary<uint, uint> _classOf = [];
    private readonly Dictionary<uint, List<uint>> _members = [];
    private ulong[] _bits = [];

    /// <summary>Whether nothing was joined.</summary>
    public bool IsEmpty => _members.Count == 0;

    /// <summary>Whether an id was joined with another.</summary>
    public bool IsShared(uint id)
    {
        if (id >= MaxBits)
            return _classOf.ContainsKey(id);
        var word = id >> 6;
        return word < (uint)_bits.Length && (_bits[word] & (1UL << (int)id)) != 0;
    }

    /// <summary>The member that stands for the class of an id: the id itself where it was not joined.</summary>
    public uint Of(uint id) => IsShared(id) ? _classOf[id] : id;

    /// <summary>The members of a class; valid until it is joined with another.</summary>
    /// <param name="representative">The member that stands for it; not written to meanwhile.</param>
    public ReadOnlySpan<uint> Members(ref readonly uint representative) =>
        IsShared(representative) ? CollectionsMarshal.AsSpan(_members[representative]) : new ReadOnlySpan<uint>(in representative);

    /// <summary>Joins the classes of two ids.</summary>
    /// <returns>The member that stands for both now, and the one that stood for the smaller of them; null where they were one before.</returns>
    public (uint Kept, uint Gone)? Join(uint a, uint b)
    {
        var (kept, gone) = (Of(a), Of(b));
        if (kept == gone)
            return null;
        if (Members(in kept).Length < Members(in gone).Length)
            (kept, gone) = (gone, kept);
        ref var members = ref CollectionsMarshal.GetValueRefOrAddDefault(_members, kept, out var isThere);
        if (!isThere)
        {
            members = [kept];
            Put(kept, kept);
        }

        foreach (var member in Members(in gone).ToArray())
        {
            members!.Add(member);
            Put(member, kept);
        }

        _members.Remove(gone);
        return (kept, gone);
    }

    private void Put(uint id, uint representative)
    {
        _classOf[id] = representative;
        if (id >= MaxBits)
            return;
        var word = (int)(id >> 6);
        if (word >= _bits.Length)
            Array.Resize(ref _bits, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)word + 1));
        _bits[word] |= 1UL << (int)id;
    }
}
