using System.Buffers.Binary;
using System.Text.Json;

namespace Hub.Nano.Suite;

/// <summary>A copy of a model whose weights are shuffled within each tensor: the same numbers, and nothing learnt is left.</summary>
public static class ShuffledWeights
{
    private const int PrefixBytes = 8;
    private const string Weights = "model.safetensors";
    private static readonly string[] s_others = ["config.json", "tokenizer.json"];

    /// <summary>Writes the copy.</summary>
    /// <param name="from">A model folder with one safetensors file.</param>
    /// <param name="to">Where to; made.</param>
    /// <param name="seed">Seed of the shuffling.</param>
    /// <exception cref="IOException">The folder has no such files.</exception>
    public static void Copy(string from, string to, ulong seed)
    {
        Directory.CreateDirectory(to);
        foreach (var name in s_others)
            File.Copy(Path.Combine(from, name), Path.Combine(to, name), overwrite: true);
        var bytes = File.ReadAllBytes(Path.Combine(from, Weights));
        var random = new NanoRandom(seed);
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var json = JsonDocument.Parse(bytes.AsMemory(PrefixBytes, header));
        foreach (var tensor in json.RootElement.EnumerateObject().Where(t => t.Name != "__metadata__"))
        {
            var offsets = tensor.Value.GetProperty("data_offsets");
            var (begin, end) = (offsets[0].GetInt32(), offsets[1].GetInt32());
            Shuffle(bytes.AsSpan(PrefixBytes + header + begin, end - begin), Width(tensor.Value.GetProperty("dtype").GetString()!), random);
        }

        File.WriteAllBytes(Path.Combine(to, Weights), bytes);
    }

    private static int Width(string type) => type switch { "F32" => 4, "F16" or "BF16" => 2, _ => throw new InvalidDataException($"The weights have type {type}; F32, F16 or BF16 is needed.") };

    private static void Shuffle(Span<byte> data, int width, NanoRandom random)
    {
        Span<byte> kept = stackalloc byte[width];
        for (var i = (data.Length / width) - 1; i > 0; i--)
        {
            var a = data.Slice(i * width, width);
            var b = data.Slice(random.Below(i + 1) * width, width);
            a.CopyTo(kept);
            b.CopyTo(a);
            kept.CopyTo(b);
        }
    }
}
