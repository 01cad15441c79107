using System.Buffers;
using System.Text.Json;

namespace Hub.Abstractions;

/// <summary>Writes JSON into memory that is used again: one writer a thread.</summary>
internal static class JsonBytes
{
    private const int KeptBytes = 64 * 1024;

    private static readonly JsonWriterOptions s_options = new() { Encoder = HubJson.Options.Encoder, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary>The bytes that <paramref name="write"/> writes. It does not call this method itself.</summary>
    public static byte[] Of<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = t_buffer ?? new ArrayBufferWriter<byte>(1024);
        var writer = t_writer ?? new Utf8JsonWriter(buffer, s_options);
        // Taken out while it is in use: a failed or a nested call gets a new one.
        t_buffer = null;
        t_writer = null;
        write(writer, state);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= KeptBytes)
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            t_buffer = buffer;
            t_writer = writer;
        }

        return bytes;
    }
}
