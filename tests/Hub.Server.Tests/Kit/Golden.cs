using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Hub.Server.Tests.Kit;

/// <summary>Texts that answers are compared with, one file each; <c>HUB_UPDATE_GOLDEN=1</c> writes them anew.</summary>
internal static partial class Golden
{
    private static readonly bool s_isUpdate = Environment.GetEnvironmentVariable("HUB_UPDATE_GOLDEN") == "1";

    /// <summary>Compares a text with its file, what differs from run to run replaced in both.</summary>
    public static void Check(string name, string text, [CallerFilePath] string from = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(from)!);
        while (!File.Exists(Path.Combine(folder.FullName, "Hub.Server.Tests.csproj")))
            folder = folder.Parent!;
        var file = Path.Combine(folder.FullName, "Golden", $"{name}.txt");
        var stable = Stable(text);
        if (s_isUpdate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, stable);
        }

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "(there is no such file: run with HUB_UPDATE_GOLDEN=1 and look at it)", stable);
    }

    /// <summary>A text with ids, times and run numbers replaced; the same id is the same word throughout.</summary>
    public static string Stable(string text)
    {
        Dictionary<string, string> ids = [];
        text = Uuid().Replace(text, m => Named(m.Value, "UUID"));
        text = Run().Replace(text, m => Named(m.Value, "RUN"));
        text = Iso().Replace(text, "TIME");
        text = Seconds().Replace(text, "$1SECONDS");
        text = Milliseconds().Replace(text, "$1MS");
        return text.EndsWith('\n') ? text : text + "\n";

        string Named(string id, string kind)
        {
            if (!ids.TryGetValue(id, out var name))
                ids[id] = name = $"{kind}-{ids.Count(i => i.Value.StartsWith(kind, StringComparison.Ordinal)) + 1}";
            return name;
        }
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("(?<![0-9a-f.])[0-9a-f]{16}(?![0-9a-f])")]
    private static partial Regex Run();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")]
    private static partial Regex Iso();

    [GeneratedRegex(@"(""(?:created|event_timestamp|span_event_timestamp)\\?"":|\\""(?:event_timestamp|span_event_timestamp)\\"":)\d+(?:\.\d+)?(?:E\+?\d+)?")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"(""avg_latency_ms"":)\d+(?:\.\d+)?")]
    private static partial Regex Milliseconds();
}
