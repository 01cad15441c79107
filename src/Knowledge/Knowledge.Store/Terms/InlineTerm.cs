using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Knowledge.Store;

/// <summary>Small literals kept in the id itself: bit 31 set, three bits of kind, 28 bits of value.</summary>
/// <remarks>A literal is kept so only where writing the value gives its canonical text again, byte for byte;
/// every other one (<c>007</c>, <c>+1</c>, years beyond 9999) is a dictionary entry.</remarks>
internal static class InlineTerm
{
    /// <summary>The longest text that this can write.</summary>
    public const int MaxBytes = 64;

    private const int ValueBits = 28;
    private const uint ValueMask = (1u << ValueBits) - 1;
    private const long MaxInteger = (1L << (ValueBits - 1)) - 1;
    private const int MaxDigits = 9;

    private static ReadOnlySpan<byte> IntegerEnd => "\"^^<http://www.w3.org/2001/XMLSchema#integer>"u8;

    private static ReadOnlySpan<byte> BooleanEnd => "\"^^<http://www.w3.org/2001/XMLSchema#boolean>"u8;

    private static ReadOnlySpan<byte> DateEnd => "\"^^<http://www.w3.org/2001/XMLSchema#date>"u8;

    private enum Kind : uint
    {
        Integer,
        Boolean,
        Date,
    }

    /// <summary>Whether an id holds its literal.</summary>
    public static bool IsInline(uint id) => id > TermId.MaxDense;

    /// <summary>The id of a literal that fits.</summary>
    /// <param name="text">A term's canonical text.</param>
    /// <param name="id">The id, or 0.</param>
    public static bool TryEncode(ReadOnlySpan<byte> text, out uint id)
    {
        id = 0;
        if (text.Length < 2 || text[0] != (byte)'"' || text[^1] != (byte)'>' || text.Length > MaxBytes)
            return false;
        if (text.EndsWith(IntegerEnd))
            return TryInteger(text[1..^IntegerEnd.Length], out id);
        if (text.EndsWith(DateEnd))
            return TryDate(text[1..^DateEnd.Length], out id);
        if (!text.EndsWith(BooleanEnd))
            return false;
        var lexical = text[1..^BooleanEnd.Length];
        var isTrue = lexical.SequenceEqual("true"u8);
        if (!isTrue && !lexical.SequenceEqual("false"u8))
            return false;
        id = Of(Kind.Boolean, isTrue ? 1u : 0u);
        return true;
    }

    /// <summary>Writes the canonical text of an id.</summary>
    /// <param name="id">An id above <see cref="TermId.MaxDense"/>.</param>
    /// <param name="output">Where the UTF-8 goes.</param>
    /// <exception cref="ArgumentOutOfRangeException">No literal has this id.</exception>
    public static void Write(uint id, IBufferWriter<byte> output)
    {
        var target = output.GetSpan(MaxBytes);
        target[0] = (byte)'"';
        var value = id & ValueMask;
        ReadOnlySpan<byte> end;
        int written;
        switch ((Kind)((id >> ValueBits) & 7))
        {
            case Kind.Integer:
                Utf8Formatter.TryFormat((int)(value << 4) >> 4, target[1..], out written);
                end = IntegerEnd;
                break;
            case Kind.Boolean when value <= 1:
                (value == 1 ? "true"u8 : "false"u8).CopyTo(target[1..]);
                written = value == 1 ? 4 : 5;
                end = BooleanEnd;
                break;
            case Kind.Date when value <= DateOnly.MaxValue.DayNumber:
                DateOnly.FromDayNumber((int)value).TryFormat(target[1..], out written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
                end = DateEnd;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(id), id, "No term has this id.");
        }

        end.CopyTo(target[(written + 1)..]);
        output.Advance(written + 1 + end.Length);
    }

    private static bool TryInteger(ReadOnlySpan<byte> lexical, out uint id)
    {
        id = 0;
        var isNegative = lexical.Length > 1 && lexical[0] == (byte)'-';
        var digits = isNegative ? lexical[1..] : lexical;
        if (digits.IsEmpty || digits.Length > MaxDigits || (digits[0] == (byte)'0' && lexical.Length > 1))
            return false;
        long value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (digit - '0');
        }

        if (value > MaxInteger)
            return false;
        id = Of(Kind.Integer, (uint)(isNegative ? -value : value) & ValueMask);
        return true;
    }

    private static bool TryDate(ReadOnlySpan<byte> lexical, out uint id)
    {
        id = 0;
        Span<char> characters = stackalloc char[10];
        if (lexical.Length != characters.Length || System.Text.Ascii.ToUtf16(lexical, characters, out _) != OperationStatus.Done ||
            !DateOnly.TryParseExact(characters, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return false;
        id = Of(Kind.Date, (uint)date.DayNumber);
        return true;
    }

    private static uint Of(Kind kind, uint value) => 0x8000_0000u | ((uint)kind << ValueBits) | value;
}
