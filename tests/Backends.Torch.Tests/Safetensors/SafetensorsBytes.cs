using System.Buffers.Binary;
using System.Text;

namespace Backends.Torch.Tests.Safetensors;

/// <summary>Safetensors files put together by hand, so that the writer under test is not its own judge.</summary>
internal static class SafetensorsBytes
{
    public static byte[] File(string header, int dataBytes) => File(Encoding.UTF8.GetBytes(header), new byte[dataBytes]);

    public static byte[] File(byte[] header, byte[] data)
    {
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        return [.. prefix, .. header, .. data];
    }
}
