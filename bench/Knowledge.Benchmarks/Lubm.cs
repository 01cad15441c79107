using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Knowledge.Benchmarks;

/// <summary>Files of the Lehigh University Benchmark, made by a generator that lies beside the repository.</summary>
internal static class Lubm
{
    /// <summary>The N-Triples of a number of universities; made where it is not there yet.</summary>
    /// <param name="universities">How many.</param>
    public static string File(int universities)
    {
        var generator = Environment.GetEnvironmentVariable("LUBM_GENERATOR") ?? Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "shared", "tools", "lubm_generate.py"));
        if (!System.IO.File.Exists(generator))
            throw new FileNotFoundException($"The generator '{generator}' is not there; set LUBM_GENERATOR to a program that writes N-Triples for 'N SEED'.");
        var folder = Path.Combine(Path.GetTempPath(), "knowledge-benchmarks");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"lubm{universities}.nt"));
        if (System.IO.File.Exists(file))
            return file;
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true };
        start.ArgumentList.Add(generator);
        start.ArgumentList.Add(universities.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(universities == 1 ? "2" : "0"); // the seeds of the published counts
        using var process = Process.Start(start) ?? throw new InvalidOperationException("python3 did not start.");
        using (var output = System.IO.File.Create(file + ".part"))
            process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The generator ended with {process.ExitCode}.");
        System.IO.File.Move(file + ".part", file);
        return file;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
