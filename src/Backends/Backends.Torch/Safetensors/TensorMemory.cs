using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Backends.Torch.Safetensors;

/// <summary>Tensors over mapped memory, and the memory of tensors.</summary>
/// <remarks>
/// TorchSharp has no public call for a tensor over foreign memory; the native entry points below are those beneath its own.
/// A borrowed tensor holds a reference to its mapping until the library frees the tensor's storage, so that disposing a file before its tensors is safe.
/// </remarks>
internal static unsafe partial class TensorMemory
{
    // By address of the first element: the mapping and how many storages begin there. An address cannot come back while its mapping is held.
    private static readonly Dictionary<nint, (SafeBuffer Mapping, int Count)> s_borrowed = [];
    private static readonly Lock s_gate = new();

    /// <summary>A tensor over a part of a mapping, without a copy.</summary>
    /// <param name="mapping">The mapping; it stays until the tensor's storage is freed.</param>
    /// <param name="address">First element, aligned to the element size, with the whole tensor inside the mapping.</param>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Sizes with at least one element.</param>
    /// <returns>A tensor that the caller owns.</returns>
    public static torch.Tensor Borrow(SafeBuffer mapping, nint address, torch.ScalarType type, long[] shape)
    {
        _ = torch.CPU; // the native library is loaded by the tensor library's own start
        Hold(mapping, address);
        fixed (long* sizes = shape)
        {
            var handle = New(address, &Release, sizes, shape.Length, (sbyte)type, (sbyte)type, deviceType: 0, deviceIndex: 0, requiresGrad: 0);
            if (handle != 0)
                return torch.Tensor.UnsafeCreateTensor(handle);
        }

        Forget(address);
        throw new InvalidOperationException($"The tensor library refused a tensor of {type} [{string.Join(", ", shape)}] over mapped memory.");
    }

    /// <summary>The bytes of a contiguous tensor on the CPU, in pieces that a span can hold.</summary>
    /// <param name="tensor">A contiguous CPU tensor that stays alive meanwhile.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Bytes from there.</param>
    public static ReadOnlySpan<byte> Bytes(torch.Tensor tensor, long offset, int length) => new((byte*)Pointer(tensor.Handle) + offset, length);

    /// <summary>Copies mapped bytes into a new contiguous CPU tensor of the same size.</summary>
    /// <param name="address">First byte.</param>
    /// <param name="destination">Receives them.</param>
    /// <param name="bytes">How many; the size of the tensor.</param>
    public static void Copy(nint address, torch.Tensor destination, long bytes) =>
        Buffer.MemoryCopy((void*)address, (void*)Pointer(destination.Handle), bytes, bytes);

    /// <summary>Elements of a contiguous f32 tensor on the CPU; writes go through.</summary>
    /// <param name="tensor">The tensor; it must stay alive as long as the span is used.</param>
    /// <param name="offset">First element.</param>
    /// <param name="count">Elements from there, inside the tensor.</param>
    public static Span<float> Floats(torch.Tensor tensor, long offset, int count) => new((float*)Pointer(tensor.Handle) + offset, count);

    private static void Hold(SafeBuffer mapping, nint address)
    {
        var held = false;
        mapping.DangerousAddRef(ref held);
        lock (s_gate)
            s_borrowed[address] = (mapping, s_borrowed.TryGetValue(address, out var entry) ? entry.Count + 1 : 1);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint address) => Forget(address);

    private static void Forget(nint address)
    {
        SafeBuffer mapping;
        lock (s_gate)
        {
            (mapping, var count) = s_borrowed[address];
            if (count == 1)
                s_borrowed.Remove(address);
            else
                s_borrowed[address] = (mapping, count - 1);
        }

        mapping.DangerousRelease();
    }

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint New(
        nint data, delegate* unmanaged[Cdecl]<nint, void> deleter, long* sizes, int count,
        sbyte type, sbyte dtype, int deviceType, int deviceIndex, byte requiresGrad);

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Pointer(nint tensor);
}
