using System.Globalization;
using System.Text;
using Knowledge.Store;

namespace Knowledge.CrashPoint;

/// <summary>Where processes live one after another: a store, and beside it a line for each transaction that returned.</summary>
/// <param name="folder">Where both are.</param>
internal sealed class Home(string folder)
{
    private const int LifetimesPerHome = 20;

    private string AcknowledgedFile => Path.Combine(Folder, "acknowledged.txt");

    public string Folder { get; } = folder;

    /// <summary>One home for each kill of a campaign; a new one after twenty.</summary>
    /// <param name="kills">How often is killed.</param>
    /// <param name="root">Where the homes are made.</param>
    public static IEnumerable<(int Kill, Home Home, bool IsNew)> Of(int kills, string root)
    {
        for (var first = 0; first < kills; first += LifetimesPerHome)
        {
            var home = new Home(Directory.CreateDirectory(Path.Combine(root, first.ToString(CultureInfo.InvariantCulture))).FullName);
            for (var kill = first; kill < Math.Min(kills, first + LifetimesPerHome); kill++)
                yield return (kill + 1, home, kill == first);
        }
    }

    public QuadStore OpenStore(StoreOptions? options = null) => QuadStore.Open(Path.Combine(Folder, "store"), options);

    /// <summary>The file to which lines are added; each is with the system when it is written, so that it outlives the process.</summary>
    public FileStream OpenAcknowledged() => new(AcknowledgedFile, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>A line, as it is written.</summary>
    public static byte[] Line(FormattableString text) => Encoding.ASCII.GetBytes(FormattableString.Invariant(text) + "\n");

    /// <summary>The lines that were written whole.</summary>
    public string[] Acknowledged() => File.ReadAllText(AcknowledgedFile).Split('\n')[..^1];
}
