using System.Runtime.InteropServices;
using TorchSharp;

namespace Backends.Torch.Native;

/// <summary>Loads libtorch and TorchSharp's bridge once and says plainly why when they do not load.</summary>
public static class TorchNative
{
    /// <summary>The version that the bridge asks of the C++ runtime though it never calls it.</summary>
    public const string RuntimeVersion = "GLIBCXX_3.4.32";

    private static readonly Lazy<TorchNativeException?> s_fault = new(Probe, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Makes sure that tensors can be made; cheap after the first call. Thread-safe.</summary>
    /// <exception cref="TorchNativeException">The library does not load; every later call throws the same.</exception>
    public static void EnsureLoaded()
    {
        if (s_fault.Value is { } fault)
            throw new TorchNativeException(fault.Message, fault.InnerException);
    }

    /// <summary>The device that a choice means on this machine.</summary>
    /// <param name="wanted">The choice.</param>
    /// <exception cref="TorchNativeException">The library does not load, or a GPU was asked for and there is none that it can use.</exception>
    public static torch.Device Resolve(TrainingDevice wanted)
    {
        EnsureLoaded();
        if (wanted == TrainingDevice.Cpu)
            return torch.CPU;
        if (torch.cuda_is_available())
            return torch.CUDA;
        return wanted == TrainingDevice.Auto ? torch.CPU : throw new TorchNativeException(
            "A GPU was asked for and the native tensor library sees none. The packages hold the CPU build: build with -p:TorchLibrary=installed and put a CUDA build of " +
            "libtorch 2.10 on LD_LIBRARY_PATH, or use the CPU.");
    }

    /// <summary>The message for a loader's fault: named causes get a remedy of their own.</summary>
    internal static string Explain(string fault, string platform)
    {
        var remedy = fault switch
        {
            _ when fault.Contains(RuntimeVersion, StringComparison.Ordinal) || fault.Contains("GLIBCXX", StringComparison.Ordinal) =>
                $"The C++ runtime of this system is older than {RuntimeVersion} and the output holds the bridge as published, not the copy that the build " +
                "makes for such systems. Build or publish on this system, or build with -p:TorchNativeWeak=always, or install a newer libstdc++.",
            _ when fault.Contains("GLIBC_", StringComparison.Ordinal) =>
                "The C library of this system is too old; Debian 12, Ubuntu 22.04 or newer is needed.",
            _ => "Packages TorchSharp and libtorch-cpu-linux-x64 hold the libraries for linux-x64; restore and build again, and check that " +
                "libLibTorchSharp.so and libtorch_cpu.so lie beside the application or under runtimes/linux-x64/native.",
        };
        return $"The native tensor library does not load on {platform}: {fault.Trim()} {remedy}";
    }

    private static TorchNativeException? Probe()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            using var probe = torch.zeros(1);
            return null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or NotSupportedException
            or TypeInitializationException or ExternalException or InvalidOperationException)
        {
            return new TorchNativeException(Explain(fault.ToString().Split('\n')[0], RuntimeInformation.RuntimeIdentifier), fault);
        }
    }
}
