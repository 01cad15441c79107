using System.Text;

namespace Backends.Torch.Tests.Gguf;

/// <summary>Writes GGUF version 3 with float tensors: enough for llama.cpp to evaluate a model of ours.</summary>
/// <remarks>
/// Layout as in ggml's docs/gguf.md: magic, version, counts, key-value pairs, tensor table, data aligned to 32 bytes. Sizes are innermost first.
/// </remarks>
internal sealed class GgufWriter
{
    private const uint Version = 3;
    private const int Alignment = 32;
    private const uint UInt32Type = 4, Int32Type = 5, FloatType = 6, StringType = 8, ArrayType = 9, F32Tensor = 0;

    private readonly List<Action<BinaryWriter>> _pairs = [];
    private readonly List<(string Name, long[] Shape, float[] Values)> _tensors = [];

    public GgufWriter Add(string key, uint value) => Add(key, UInt32Type, w => w.Write(value));

    public GgufWriter Add(string key, float value) => Add(key, FloatType, w => w.Write(value));

    public GgufWriter Add(string key, string value) => Add(key, StringType, w => WriteText(w, value));

    public GgufWriter Add(string key, IReadOnlyList<string> values) => AddArray(key, StringType, values, WriteText);

    public GgufWriter Add(string key, IReadOnlyList<float> values) => AddArray(key, FloatType, values, (w, v) => w.Write(v));

    public GgufWriter Add(string key, IReadOnlyList<int> values) => AddArray(key, Int32Type, values, (w, v) => w.Write(v));

    /// <param name="name">llama.cpp's name of the tensor.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="values">Row-major values.</param>
    public GgufWriter AddTensor(string name, long[] shape, float[] values)
    {
        Assert.Equal(shape.Aggregate(1L, (a, b) => a * b), values.Length);
        _tensors.Add((name, shape, values));
        return this;
    }

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write("GGUF"u8);
        writer.Write(Version);
        writer.Write((ulong)_tensors.Count);
        writer.Write((ulong)_pairs.Count);
        foreach (var pair in _pairs)
            pair(writer);

        ulong offset = 0;
        foreach (var (name, shape, values) in _tensors)
        {
            WriteText(writer, name);
            writer.Write((uint)shape.Length);
            foreach (var size in shape.Reverse())
                writer.Write((ulong)size);
            writer.Write(F32Tensor);
            writer.Write(offset);
            offset += (ulong)Aligned(values.Length * sizeof(float));
        }

        foreach (var (_, _, values) in _tensors)
        {
            Pad(writer);
            foreach (var value in values)
                writer.Write(value);
        }

        Pad(writer);
    }

    private GgufWriter AddArray<T>(string key, uint type, IReadOnlyList<T> values, Action<BinaryWriter, T> write) => Add(key, ArrayType, w =>
    {
        w.Write(type);
        w.Write((ulong)values.Count);
        foreach (var value in values)
            write(w, value);
    });

    private GgufWriter Add(string key, uint type, Action<BinaryWriter> value)
    {
        _pairs.Add(w =>
        {
            WriteText(w, key);
            w.Write(type);
            value(w);
        });
        return this;
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private static long Aligned(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static void Pad(BinaryWriter writer)
    {
        writer.Flush();
        var position = writer.BaseStream.Position;
        writer.Write(new byte[Aligned(position) - position]);
    }
}
