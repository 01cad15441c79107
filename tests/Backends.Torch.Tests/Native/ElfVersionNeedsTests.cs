using Backends.Torch.Native;

namespace Backends.Torch.Tests.Native;

public class ElfVersionNeedsTests
{
    [Fact]
    public void Weaken_OneNeedOfThatName_ChangesOneBitAlone()
    {
        var before = TinyElf.Build();
        var after = TinyElf.Build();

        var found = ElfVersionNeeds.Weaken(after, TorchNative.RuntimeVersion);

        Assert.Equal(1, found);
        Assert.Equal(before[TinyElf.WeakenedFlags] | 2, after[TinyElf.WeakenedFlags]);
        Assert.Equal([TinyElf.WeakenedFlags], Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]));
    }

    [Fact]
    public void Weaken_Twice_ChangesNothingMore()
    {
        var once = TinyElf.Build();
        ElfVersionNeeds.Weaken(once, TorchNative.RuntimeVersion);
        var twice = (byte[])once.Clone();

        ElfVersionNeeds.Weaken(twice, TorchNative.RuntimeVersion);

        Assert.Equal(once, twice);
    }

    [Fact]
    public void Weaken_NameAbsent_LeavesTheFile()
    {
        var file = TinyElf.Build();

        Assert.Equal(0, ElfVersionNeeds.Weaken(file, "GLIBCXX_3.4.99"));
        Assert.Equal(TinyElf.Build(), file);
    }

    [Theory]
    [InlineData(0, 1)]                        // no ELF at all
    [InlineData(4, 1)]                        // 32 bits
    [InlineData(TinyElf.SectionTable + 2 * 64 + 26, 1)] // a section far past the end
    [InlineData(TinyElf.Needs + 51, 0xff)]    // more entries than the file holds
    public void Weaken_DamagedFile_IsTyped(int offset, byte value)
    {
        var file = TinyElf.Build();
        file[offset] = value;

        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(file, "GLIBC_9.99"));
    }

    [Theory]
    [InlineData("GLIBCXX_3.4.32", true)]
    [InlineData("GLIBCXX_3.4.33", false)]
    [InlineData("GLIBCXX_3.4", false)] // a beginning of a name is not that name
    public void Mentions_WholeStringsOnly(string name, bool expected) => Assert.Equal(expected, ElfVersionNeeds.Mentions(TinyElf.Build(), name));

    [Fact]
    public void EnsureLoaded_InTheTestsOutput_Loads()
    {
        TorchNative.EnsureLoaded();

        using var sum = TorchSharp.torch.ones(3).sum();
        Assert.Equal(3f, sum.item<float>());
    }

    [Theory]
    [InlineData("libstdc++.so.6: version `GLIBCXX_3.4.32' not found", "TorchNativeWeak=always")]
    [InlineData("libc.so.6: version `GLIBC_2.38' not found", "Debian 12")]
    [InlineData("Unable to load shared library", "runtimes/linux-x64/native")]
    public void Explain_KnownCauses_SayWhatToDo(string fault, string remedy)
        => Assert.Contains(remedy, TorchNative.Explain(fault, "linux-x64"), StringComparison.Ordinal);
}
