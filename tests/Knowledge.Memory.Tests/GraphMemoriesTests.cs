namespace Knowledge.Memory.Tests;

public sealed class GraphMemoriesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memories").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("folder")]
    public async Task Use_TwoTenants_DoNotSeeEachOther(string? folder)
    {
        using var memories = new GraphMemories(folder is null ? null : _folder, store => new GraphMemory(store), maxOpen: 1);
        await memories.UseAsync("a", "bea", m => m.WriteAsync("run1", "The code word is heliotrope."));
        foreach (var (tenant, user) in new[] { ("b", "bea"), ("a", "ada"), (null, "bea"), ("a", null), ("abea", ""), ("", "abea") })
            Assert.True((await memories.UseAsync(tenant, user, m => m.RecallAsync("What is the code word?"))).IsEmpty);
        Assert.Contains("heliotrope", (await memories.UseAsync("a", "bea", m => m.RecallAsync("What is the code word?"))).Text, StringComparison.Ordinal);
        Assert.Equal(0, await memories.UseAsync("b", "bea", m => Task.FromResult(m.Turns)));
    }

    [Fact]
    public async Task Remove_Memory_RemovesEveryByteOfIt()
    {
        using var memories = new GraphMemories(_folder, store => new GraphMemory(store));
        await memories.UseAsync("a", "bea", m => m.WriteAsync("run1", "The code word is heliotrope."));
        await memories.UseAsync("a", "ada", m => m.WriteAsync("run1", "The code word is magenta."));
        Assert.NotEmpty(Purging.ByteScanner.Find(_folder, "heliotrope"));
        Assert.True(await memories.RemoveAsync("a", "bea"));
        Assert.False(await memories.RemoveAsync("a", "bea"));
        Assert.Empty(Purging.ByteScanner.Find(_folder, "heliotrope"));
        Assert.NotEmpty(Purging.ByteScanner.Find(_folder, "magenta"));
    }

    [Fact]
    public async Task Remove_WhileUsed_IsRefused()
    {
        using var memories = new GraphMemories(_folder, store => new GraphMemory(store));
        await memories.UseAsync("a", "bea", async _ => await Assert.ThrowsAsync<InvalidOperationException>(() => memories.RemoveAsync("a", "bea")));
    }
}
