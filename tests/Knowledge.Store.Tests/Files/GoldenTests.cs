using System.Runtime.CompilerServices;
using Knowledge.Store.Tests.Reference;

namespace Knowledge.Store.Tests.Files;

/// <summary>Opens the stores that each version of the format wrote; they are never written again.</summary>
public sealed class GoldenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("knowledge-golden-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("version-1")]
    public void Open_StoreOfAVersion_HasWhatWasWritten(string version)
    {
        var golden = Path.Combine(Golden(), version);
        if (!Directory.Exists(golden) && Environment.GetEnvironmentVariable("HUB_UPDATE_GOLDEN") == "1")
            Write(golden);
        foreach (var file in Directory.EnumerateFiles(golden))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        var expected = File.ReadAllText(Path.Combine(golden, "..", version + ".txt"));

        using (var store = QuadStore.Open(_folder, new StoreOptions { Time = Histories.Clock() }))
        {
            Assert.Equal(expected, StoreText.Of(store) + "\n");
            SmallLife.Steps[1](store);
            store.Compact();
            expected = StoreText.Of(store);
        }

        using var again = QuadStore.Open(_folder, new StoreOptions { Time = Histories.Clock() });
        Assert.Equal(expected, StoreText.Of(again));
    }

    /// <summary>A compacted state, and a log with transactions of both kinds.</summary>
    private static void Write(string golden)
    {
        using var store = QuadStore.Open(golden, new StoreOptions { Time = Histories.Clock() });
        foreach (var step in SmallLife.Steps.Concat([SmallLife.Steps[1], SmallLife.Steps[3], SmallLife.Steps[7]]))
            step(store);
        File.WriteAllText(golden + ".txt", StoreText.Of(store) + "\n");
    }

    private static string Golden([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Golden");
}
