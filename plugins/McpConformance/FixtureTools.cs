using System.Text;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace McpConformance;

/// <summary>Tools that the suite calls for what they return.</summary>
/// <remarks>Source: the descriptions of the server scenarios of @modelcontextprotocol/conformance.</remarks>
internal static class FixtureTools
{
    private const int SampledTokens = 100;

    // One red pixel.
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(3);

    public static AIFunction SimpleText() => HubTool.Create(() => "This is a simple text response for testing.", null, Redo.Freely, "Returns a text.");

    public static AIFunction Image() => HubTool.Create(() => new DataContent(Convert.FromBase64String(Png), "image/png"), null, Redo.Freely, "Returns a picture.");

    public static AIFunction Audio() => HubTool.Create(() => new DataContent(Silence(), "audio/wav"), null, Redo.Freely, "Returns a sound.");

    public static AIFunction EmbeddedResource() => HubTool.Create(
        () => new DataContent(Encoding.UTF8.GetBytes("This is an embedded resource content."), "text/plain") { Name = "test://embedded-resource" }, null, Redo.Freely, "Returns a resource.");

    public static AIFunction Mixed() => HubTool.Create(
        () => new List<AIContent>
        {
            new TextContent("Multiple content types test:"),
            new DataContent(Convert.FromBase64String(Png), "image/png"),
            new DataContent(Encoding.UTF8.GetBytes("""{"test":"data","value":123}"""), "application/json") { Name = "test://mixed-content-resource" },
        },
        null,
        Redo.Freely,
        "Returns a text, a picture and a resource.");

    public static AIFunction Failing() => HubTool.Create(
        string () => throw new InvalidOperationException("This tool intentionally returns an error for testing"), null, Redo.Freely, "Fails.");

    /// <summary>Takes a moment: its call and its end are the steps that the client is told.</summary>
    public static AIFunction Steps(TimeProvider time) => HubTool.Create(
        async (CancellationToken cancelled) =>
        {
            await Task.Delay(s_step, time, cancelled);
            return "The steps were told.";
        },
        null,
        Redo.Freely,
        "Takes a moment.");

    /// <summary>Takes longer than a response stays open: its client comes back for the answer.</summary>
    public static AIFunction Reconnection(TimeProvider time) => HubTool.Create(
        async (CancellationToken cancelled) =>
        {
            await Task.Delay(s_long, time, cancelled);
            return "Reconnection test completed successfully.";
        },
        null,
        Redo.Freely,
        "Takes a while.");

    public static AIFunction Sampling(SamplingToolOptions options, IServiceProvider services) => HubTool.Create(
        async (string prompt, CancellationToken cancelled) =>
        {
            var model = ((IHubComponents)services.GetService(typeof(IHubComponents))!).Model(options.Llm.Name);
            var answer = await model.GetResponseAsync(prompt, new ChatOptions { MaxOutputTokens = SampledTokens }, cancelled);
            return $"LLM response: {answer.Text}";
        },
        null,
        Redo.Freely,
        "Asks the caller's model.");

    /// <summary>A WAV file of one silent sample: 8 bits, mono, 8 kHz.</summary>
    private static byte[] Silence()
    {
        const int Rate = 8000;
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file, Encoding.ASCII);
        writer.Write("RIFF"u8);
        writer.Write(37);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(Rate);
        writer.Write(Rate);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(1);
        writer.Write((byte)128);
        writer.Flush();
        return file.ToArray();
    }
}
