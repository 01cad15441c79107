using TorchSharp;

namespace Backends.Torch.Safetensors;

/// <summary>The element types of the safetensors format that the engine reads and writes, by their names in the header.</summary>
/// <remarks>
/// The format's 4-, 6- and 8-bit floats and unsigned integers above 8 bits have no counterpart in the tensor library and are refused by name.
/// </remarks>
internal static class SafetensorsType
{
    private static readonly (string Name, torch.ScalarType Type, int Bytes)[] s_types =
    [
        ("BOOL", torch.ScalarType.Bool, 1),
        ("U8", torch.ScalarType.Byte, 1),
        ("I8", torch.ScalarType.Int8, 1),
        ("I16", torch.ScalarType.Int16, 2),
        ("I32", torch.ScalarType.Int32, 4),
        ("I64", torch.ScalarType.Int64, 8),
        ("F16", torch.ScalarType.Float16, 2),
        ("BF16", torch.ScalarType.BFloat16, 2),
        ("F32", torch.ScalarType.Float32, 4),
        ("F64", torch.ScalarType.Float64, 8),
    ];

    /// <summary>The names that are read and written, for messages.</summary>
    public static string Known { get; } = string.Join(", ", s_types.Select(t => t.Name));

    /// <summary>Finds the element type of a name in a header.</summary>
    /// <returns>False if the name is unknown.</returns>
    public static bool TryParse(string? name, out torch.ScalarType type)
    {
        var row = Array.FindIndex(s_types, t => t.Name == name);
        type = row < 0 ? default : s_types[row].Type;
        return row >= 0;
    }

    /// <summary>The header's name of an element type, or null if the format has none that is written here.</summary>
    public static string? NameOf(torch.ScalarType type) => Array.Find(s_types, t => t.Type == type).Name;

    /// <summary>Bytes of one element; the type is one of those listed here.</summary>
    public static int BytesOf(torch.ScalarType type) => Array.Find(s_types, t => t.Type == type).Bytes;
}
