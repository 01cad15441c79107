using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Hub.Analyzers;

/// <summary>Which framework members reach past the run, and which rule says so.</summary>
internal static class PastTheRun
{
    private const string Any = "*";
    private const string Constructor = ".ctor";

    private static readonly Dictionary<string, (DiagnosticDescriptor Rule, HashSet<string> Members)> s_types = new()
    {
        ["System.DateTime"] = (RunDiagnostics.Clock, ["Now", "UtcNow", "Today"]),
        ["System.DateTimeOffset"] = (RunDiagnostics.Clock, ["Now", "UtcNow"]),
        ["System.Diagnostics.Stopwatch"] = (RunDiagnostics.Clock, [Any]),
        ["System.TimeProvider"] = (RunDiagnostics.Clock, ["System", "GetUtcNow", "GetLocalNow", "GetTimestamp"]),
        ["System.Guid"] = (RunDiagnostics.Chance, ["NewGuid", "CreateVersion7"]),
        ["System.Random"] = (RunDiagnostics.Chance, ["Shared", Constructor]),
        ["System.Security.Cryptography.RandomNumberGenerator"] = (RunDiagnostics.Chance, [Any]),
        ["System.IO.Path"] = (RunDiagnostics.Files, ["GetTempFileName", "GetRandomFileName"]),
        ["System.IO.File"] = (RunDiagnostics.Files, [Any]),
        ["System.IO.Directory"] = (RunDiagnostics.Files, [Any]),
        ["System.IO.FileInfo"] = (RunDiagnostics.Files, [Constructor]),
        ["System.IO.DirectoryInfo"] = (RunDiagnostics.Files, [Constructor]),
        ["System.IO.FileStream"] = (RunDiagnostics.Files, [Constructor]),
        ["System.IO.StreamReader"] = (RunDiagnostics.Files, [Constructor]),
        ["System.IO.StreamWriter"] = (RunDiagnostics.Files, [Constructor]),
        ["System.Net.Http.HttpClient"] = (RunDiagnostics.Network, [Any]),
        ["System.Net.Http.HttpMessageInvoker"] = (RunDiagnostics.Network, [Any]),
        ["System.Net.WebRequest"] = (RunDiagnostics.Network, [Any]),
        ["System.Net.WebClient"] = (RunDiagnostics.Network, [Any]),
        ["System.Net.Dns"] = (RunDiagnostics.Network, [Any]),
        ["System.Net.Sockets.Socket"] = (RunDiagnostics.Network, [Any]),
        ["System.Net.Sockets.TcpClient"] = (RunDiagnostics.Network, [Any]),
        ["System.Threading.PeriodicTimer"] = (RunDiagnostics.Waiting, [Constructor]),
        ["System.Threading.Timer"] = (RunDiagnostics.Waiting, [Constructor]),
        ["System.Threading.Tasks.Parallel"] = (RunDiagnostics.SideBySide, [Any]),
        ["System.Threading.Tasks.TaskFactory"] = (RunDiagnostics.SideBySide, ["StartNew"]),
        ["System.Threading.ThreadPool"] = (RunDiagnostics.SideBySide, ["QueueUserWorkItem", "UnsafeQueueUserWorkItem"]),
    };

    // Types whose members fall under more than one rule.
    private static readonly Dictionary<string, DiagnosticDescriptor> s_members = new()
    {
        ["System.Environment.TickCount"] = RunDiagnostics.Clock,
        ["System.Environment.TickCount64"] = RunDiagnostics.Clock,
        ["System.Environment.GetEnvironmentVariable"] = RunDiagnostics.Environment,
        ["System.Environment.GetEnvironmentVariables"] = RunDiagnostics.Environment,
        ["System.Environment.ExpandEnvironmentVariables"] = RunDiagnostics.Environment,
        ["System.Environment.MachineName"] = RunDiagnostics.Environment,
        ["System.Environment.ProcessId"] = RunDiagnostics.Environment,
        ["System.Environment.CurrentDirectory"] = RunDiagnostics.Environment,
        ["System.Threading.Tasks.Task.Delay"] = RunDiagnostics.Waiting,
        ["System.Threading.Thread.Sleep"] = RunDiagnostics.Waiting,
        ["System.Threading.Tasks.Task.Run"] = RunDiagnostics.SideBySide,
        ["System.Threading.Tasks.Task.WhenAll"] = RunDiagnostics.SideBySide,
        ["System.Threading.Tasks.Task.WhenAny"] = RunDiagnostics.SideBySide,
        ["System.Threading.Thread..ctor"] = RunDiagnostics.SideBySide,
    };

    /// <summary>The rule that <paramref name="member"/> breaks in code that is run again, or null.</summary>
    public static DiagnosticDescriptor? RuleFor(ISymbol member)
    {
        var type = member.ContainingType?.OriginalDefinition.ToDisplayString();
        if (type is null || IsRepeatable(member, type))
            return null;
        if (s_members.TryGetValue(type + "." + member.Name, out var rule))
            return rule;
        return s_types.TryGetValue(type, out var entry) && (entry.Members.Contains(Any) || entry.Members.Contains(member.Name)) ? entry.Rule : null;
    }

    // A seeded generator and a reader over a stream that somebody else opened give the same again.
    private static bool IsRepeatable(ISymbol member, string type) => member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && type switch
    {
        "System.Random" => constructor.Parameters.Length > 0,
        "System.IO.StreamReader" or "System.IO.StreamWriter" => constructor.Parameters[0].Type.SpecialType != SpecialType.System_String,
        _ => false,
    };
}
