using Backends.Torch.Native;
using TorchSharp;

namespace Backends.Torch.Tests.Native;

public sealed class TrainingDeviceTests
{
    [Fact]
    public void Resolve_Cpu_IsTheCpu() => Assert.Equal(DeviceType.CPU, TorchNative.Resolve(TrainingDevice.Cpu).type);

    [Fact]
    public void Resolve_Auto_TakesAGpuOnlyWhereThereIsOne() =>
        Assert.Equal(torch.cuda_is_available() ? DeviceType.CUDA : DeviceType.CPU, TorchNative.Resolve(TrainingDevice.Auto).type);

    [Fact]
    public void Resolve_Cuda_IsAGpuOrAnErrorThatSaysHowToGetOne()
    {
        if (torch.cuda_is_available())
        {
            Assert.Equal(DeviceType.CUDA, TorchNative.Resolve(TrainingDevice.Cuda).type);
            return;
        }

        var fault = Assert.Throws<TorchNativeException>(() => TorchNative.Resolve(TrainingDevice.Cuda));
        Assert.Contains("TorchLibrary=installed", fault.Message, StringComparison.Ordinal);
    }
}
