using Hub.Abstractions;
using Hub.Cli.Rendering;

namespace Hub.Cli;

/// <summary>Shows one run from its first event to its answer.</summary>
internal static class RunConsole
{
    public static Task<int> RunAsync(IHub hub, string question, RunOptions options, Output output) =>
        ShowAsync(hub.Start(hub.DefaultReasoner, ReasonerRequest.From(question), options), from: 0, output);

    /// <param name="handle">The run.</param>
    /// <param name="from">Sequence of the first event to show.</param>
    /// <param name="output">How to show it.</param>
    public static async Task<int> ShowAsync(IRunHandle handle, long from, Output output)
    {
        var presses = 0;
        void OnCancel(object? sender, ConsoleCancelEventArgs e)
        {
            if (Interlocked.Increment(ref presses) > 1)
                return;
            e.Cancel = true;
            handle.Interrupt();
        }

        Console.CancelKeyPress += OnCancel;
        try
        {
            await foreach (var entry in handle.ReadEventsAsync(from))
                output.Event(entry, handle.Payload);
            var result = await handle.Completion;
            output.Result(result);
            return ExitCode.Of(result.Status);
        }
        finally
        {
            Console.CancelKeyPress -= OnCancel;
        }
    }
}
