using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Knowledge.Benchmarks;

/// <summary>Another store in a process of its own that stays warm: it takes a command a line and answers with its own CPU time.</summary>
internal sealed class Peer : IDisposable
{
    private const string JenaJars = "/usr/share/java";

    private static readonly string[] s_jenaLibraries =
    [
        "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io", "commons-lang3", "dexx.collection", "gson", "guava", "httpclient", "httpcore", "jackson-annotations",
        "jackson-core", "jackson-databind", "jakarta.json-api", "jena-arq", "jena-base", "jena-cmds", "jena-core", "jena-dboe-base", "jena-dboe-index", "jena-dboe-storage", "jena-dboe-trans-data",
        "jena-dboe-transaction", "jena-iri", "jena-rdfconnection", "jena-shacl", "jena-shex", "jena-tdb", "jena-tdb2", "jsonld-java", "protobuf", "slf4j-api", "slf4j-nop", "thrift", "titanium-json-ld",
    ];

    private readonly Process _process;

    /// <summary>Whether Jena is installed.</summary>
    public static bool HasJena => File.Exists(Path.Combine(JenaJars, "jena-core.jar"));

    private Peer(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
    }

    /// <summary>Oxigraph, or null where it is not installed.</summary>
    public static Peer? Oxigraph()
    {
        var folder = Path.Combine(Peers(), "oxigraph");
        return Directory.Exists(Path.Combine(folder, "node_modules")) ? new Peer(new ProcessStartInfo("node", "--max-old-space-size=6000 peer.mjs") { WorkingDirectory = folder }) : null;
    }

    /// <summary>Jena, or null where it is not installed.</summary>
    public static Peer? Jena() => Jena("Peer.java");

    /// <summary>A program for Jena, or null where Jena is not installed.</summary>
    /// <param name="program">Its file among the peers.</param>
    public static Peer? Jena(string program)
    {
        if (!HasJena)
            return null;
        var classPath = string.Join(':', s_jenaLibraries.Select(l => Path.Combine(JenaJars, l + ".jar")).Prepend(MessageBundles()));
        return new Peer(new ProcessStartInfo("java", ["-Xmx6g", "-XX:+UseSerialGC", "-cp", classPath, Path.Combine(Peers(), "jena", program)]));
    }

    /// <summary>Gives a line, and waits for the one that answers it.</summary>
    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer ended; its error is above.");
    }

    /// <summary>Does a command.</summary>
    public (double CpuMilliseconds, long Count) Do(string command)
    {
        using var answer = JsonDocument.Parse(Ask(command));
        return (answer.RootElement.GetProperty("cpu").GetDouble(), answer.RootElement.GetProperty("count").GetInt64());
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Debian's Jena looks for message bundles under another name than it has them.</summary>
    private static string MessageBundles()
    {
        const string From = "org/apache/jena/ext/xerces/";
        var folder = Path.Combine(Path.GetTempPath(), "knowledge-benchmarks", "jena");
        using var jar = ZipFile.OpenRead(Path.Combine(JenaJars, "jena-core.jar"));
        foreach (var entry in jar.Entries.Where(e => e.FullName.StartsWith(From, StringComparison.Ordinal) && e.Name.EndsWith(".properties", StringComparison.Ordinal)))
        {
            var file = Path.Combine(folder, "xerces", entry.FullName[From.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            entry.ExtractToFile(file, overwrite: true);
        }

        return folder;
    }

    private static string Peers([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "eval", "peers"));
}
