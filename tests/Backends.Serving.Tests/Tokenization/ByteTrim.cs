namespace Backends.Serving.Tests.Tokenization;

internal static class ByteTrim
{
    public static byte[] TrimEnd(this byte[] bytes) => bytes[..(Array.FindLastIndex(bytes, b => b > ' ') + 1)];
}
