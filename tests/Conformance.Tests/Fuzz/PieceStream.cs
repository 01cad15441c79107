namespace Conformance.Tests.Fuzz;

/// <summary>Gives its bytes in pieces of 1 to 300.</summary>
internal sealed class PieceStream(byte[] bytes, int seed) : MemoryStream(bytes, writable: false)
{
    private readonly Random _random = new(seed);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, _random.Next(1, 301)));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, _random.Next(1, 301))]);
}
