using System.Text;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests;

/// <summary>Small runs, written by hand.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Began = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static RunHeader Header(string runId, int minutes = 0) => new() { RunId = runId, Reasoner = "toy", Started = Began.AddMinutes(minutes), Seed = 7 };

    /// <summary>A request with path parameters of some names.</summary>
    public static RequestAttributes Asked(params string[] names) => new() { PathParams = names.ToDictionary(n => n, _ => "x") };

    public static RunEvent Event(RunEventKind kind, string id = "0", DateTimeOffset? time = null) => new()
    {
        Kind = kind,
        Id = id,
        ParentId = "root",
        Function = new FunctionAncestry("root", "toy"),
        Name = "thing",
        Time = time ?? Began.AddSeconds(1),
    };

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes($"\"{text}\"");

    /// <summary>Writes a run of a question and one tool call, and closes it.</summary>
    public static void Write(IRunStore store, string runId, RunStatus status, string question = "Why?", int minutes = 0)
    {
        using var writer = store.Create(Header(runId, minutes));
        Write(writer, question, minutes);
        writer.Close(status);
    }

    /// <summary>Appends a question and one tool call.</summary>
    public static void Write(IRunWriter writer, string question = "Why?", int minutes = 0)
    {
        var time = Began.AddMinutes(minutes);
        writer.Append(Event(RunEventKind.WorkflowStart, "root", time) with { Input = writer.Put(RequestLog.Encode(ReasonerRequest.From(question), writer)) });
        writer.Append(Event(RunEventKind.ToolStart, "0", time) with { Input = writer.Put(Text("shared argument")), Redo = Redo.Freely });
        writer.Append(Event(RunEventKind.ToolEnd, "0", time) with { StartTime = time, Output = writer.Put(Text($"result of {writer.Header.RunId}")) });
    }

    public static string HashOf(string text) => EventCodec.PayloadHash(Text(text));

    public static ChatMessage User(string text) => new(ChatRole.User, text);
}
