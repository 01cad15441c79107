using Hub.Abstractions;
using Xunit.Sdk;

namespace Hub.TestKit.Tests;

/// <summary>The contract tests catch what they are for.</summary>
public sealed class BadPluginTests
{
    internal sealed class Nothing : PluginContractTests<Nothing.Plugin>
    {
        public sealed class Plugin : IHubPlugin
        {
            public void Configure(IHubRegistry hub)
            {
            }
        }
    }

    internal sealed class Twice : PluginContractTests<Twice.Plugin>
    {
        public sealed class Plugin : IHubPlugin
        {
            private int _times;

            public void Configure(IHubRegistry hub) => hub.AddTool<NoOp.NoOpOptions>($"tool_{_times++}", (_, _) => HubTool.Create(() => 1, "a", Redo.Freely, "A."));
        }
    }

    internal sealed class Unfit : PluginContractTests<Unfit.Plugin>
    {
        public sealed class Plugin : IHubPlugin
        {
            private static readonly Microsoft.Extensions.AI.AIFunction s_same = HubTool.Create((CancellationToken _) => Thread.Sleep(TimeSpan.FromSeconds(6)), "hangs");

            public void Configure(IHubRegistry hub) => hub.AddTool<NoOp.NoOpOptions>("No Name", (_, _) => s_same);
        }
    }

    [Fact]
    public void Configure_RegistersNothing_IsFound() => Assert.ThrowsAny<XunitException>(new Nothing().Configure_Twice_RegistersTheSameQuickly);

    [Fact]
    public void Configure_DiffersTheSecondTime_IsFound() => Assert.ThrowsAny<XunitException>(new Twice().Configure_Twice_RegistersTheSameQuickly);

    [Fact]
    public void Name_NoFileCanWrite_IsFound() => Assert.ThrowsAny<XunitException>(new Unfit().Types_Names_CanStandInAFileAndAreUnique);

    [Fact]
    public void Tool_NoDescription_IsFound() => Assert.ThrowsAny<XunitException>(new Unfit().Tools_Declarations_HaveNameDescriptionAndObjectSchema);

    [Fact]
    public void Factory_SharesOneComponent_IsFound() => Assert.ThrowsAny<XunitException>(new Unfit().Factories_CalledTwice_MakeTwoComponents);

    [Fact]
    public async Task Tool_IgnoresThatItIsToldToStop_IsFound() => await Assert.ThrowsAnyAsync<XunitException>(new Unfit().Tools_AlreadyCancelled_EndSoon);
}
