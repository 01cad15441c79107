using System.Text;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests.Runs;

/// <summary>What a log weighs and how it is written.</summary>
public sealed class LogShapeTests
{
    [Fact]
    public async Task Log_LongConversations_BytesPerStepAreConstant()
    {
        var perStep = new Dictionary<int, double>();
        foreach (var steps in new[] { 100, 1000, 10_000 })
        {
            var store = new MemoryRunStore();
            var bench = Steps(store, steps);
            var result = await bench.RunAsync();
            perStep[steps] = (double)Weight(store, result.RunId) / steps;
        }

        Assert.InRange(perStep[1000] / perStep[100], 0.95, 1.05);
        Assert.InRange(perStep[10_000] / perStep[1000], 0.95, 1.05);
    }

    [Fact]
    public async Task Log_EachMessageOnceAndRequestsOfConstantSize()
    {
        var store = new MemoryRunStore();
        var result = await Steps(store, 50).RunAsync();
        var events = store.Read(result.RunId);
        var requests = events.Where(e => e.Kind == RunEventKind.LlmStart).Select(e => Encoding.UTF8.GetString(store.Payload(e.Input!)!)).ToList();

        Assert.Equal(50, requests.Count);
        Assert.Single(requests.Skip(1).Select(r => r.Length).Distinct());
        Assert.Equal(1 + (49 * 2), requests.SelectMany(r => PayloadNames.In(Encoding.UTF8.GetBytes(r[r.IndexOf("\"new\"", StringComparison.Ordinal)..r.IndexOf("\"head\"", StringComparison.Ordinal)]))).Count());
    }

    [Fact]
    public async Task Event_Json_IsAsRecorded()
    {
        var store = new MemoryRunStore();
        var bench = Steps(store, 1, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Sample.Began));
        var result = await bench.RunAsync(new RunOptions { Seed = 1 });

        var lines = store.Read(result.RunId).Select(e => Encoding.UTF8.GetString(EventCodec.Encode(e))).ToList();

        Assert.Equal(Golden.Lines("events.jsonl", lines), lines);
    }

    [Fact]
    public void Chain_OfAGoldenRun_IsAsRecorded()
    {
        var store = new MemoryRunStore();
        using var writer = store.Create(Sample.Header("00112233445566aa") with { HubVersion = "1.0", FormatVersion = 2 });
        Sample.Write(writer);
        writer.Commit();

        var chain = store.Read("00112233445566aa").Select(e => e.ChainHash).ToList();
        Assert.Equal(Golden.Lines("chain.txt", chain), chain);
    }

    [Fact]
    public void Codec_EventWithEveryField_RoundTripsByteForByte()
    {
        var full = Sample.Event(RunEventKind.LlmEnd) with
        {
            Sequence = 5,
            Function = new FunctionAncestry("0/0", "inner", "0", "outer"),
            StartTime = Sample.Began.AddTicks(1234567),
            Input = Sample.HashOf("in"),
            Output = Sample.HashOf("out"),
            Failure = new RunFailure("T", "quote \" newline \n umlaut ü emoji 🙂 control \u0001"),
            Usage = new RunUsage(1, 2, 3, 4, 5),
            Redo = Redo.WithSameKey,
            Status = RunStatus.BudgetExceeded,
            Tags = new Dictionary<string, string> { ["a"] = "b", ["ü"] = "<&>" },
        };

        var once = EventCodec.Encode(full);

        Assert.Equal(Encoding.UTF8.GetString(EventCodec.EncodeByReflection(full)), Encoding.UTF8.GetString(once));
        Assert.Equal(once, EventCodec.Encode(EventCodec.Decode(once, "")));
        Assert.Equal(Golden.Lines("full-event.json", [Encoding.UTF8.GetString(once)]).Single(), Encoding.UTF8.GetString(once));
    }

    [Fact]
    public void Codec_AnyFieldsMissing_SameBytesAsTheSerializer()
    {
        var random = new Random(5);
        T? Maybe<T>(T value)
            where T : class => random.Next(2) == 0 ? value : null;
        for (var i = 0; i < 500; i++)
        {
            var entry = new RunEvent
            {
                Kind = (RunEventKind)random.Next(Enum.GetValues<RunEventKind>().Length),
                Id = $"{i}[1]/0",
                ParentId = "root",
                Function = new FunctionAncestry("f", "\"f\"", Maybe("p"), Maybe("ü")),
                Name = "n\n" + (char)random.Next(1, 0x3000),
                Sequence = i,
                Time = Sample.Began.AddTicks(random.NextInt64(1_000_000_000_000)),
                StartTime = random.Next(2) == 0 ? Sample.Began.ToOffset(TimeSpan.FromHours(random.Next(-5, 5))) : null,
                Input = Maybe("in"),
                Output = Maybe("out"),
                Failure = Maybe(new RunFailure("T", "<m>")),
                Usage = Maybe(new RunUsage(random.Next(2) == 0 ? 1 : null, null, 3)),
                Redo = random.Next(2) == 0 ? (Redo)random.Next(3) : null,
                Status = random.Next(2) == 0 ? (RunStatus)random.Next(7) : null,
                Tags = Maybe<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["Key"] = "v" }),
                Chunk = "never stored",
                Summary = "never stored",
                ChainHash = "never stored",
            };

            Assert.Equal(Encoding.UTF8.GetString(EventCodec.EncodeByReflection(entry)), Encoding.UTF8.GetString(EventCodec.Encode(entry)));
        }
    }

    internal static Bench Steps(IRunStore store, int steps, TimeProvider? time = null)
    {
        var result = new string('r', 100);
        return new Bench { Store = store, Time = time ?? TimeProvider.System }
            .Add("m", new ScriptedModel(messages => $"Thought {messages.Count:D8}"))
            .Add(HubTool.Create((int step) => result, "look", Redo.Freely))
            .Add("main", new LambdaReasoner(async (run, request) =>
            {
                var model = run.Model("m");
                var tool = run.Tool("look");
                List<ChatMessage> messages = [.. request.Messages];
                for (var i = 0; i < steps; i++)
                {
                    messages.AddRange((await model.GetResponseAsync(messages)).Messages);
                    var observed = RunTools.ResultText(await tool.InvokeAsync(new AIFunctionArguments { ["step"] = 10_000_000 + i }));
                    messages.Add(new ChatMessage(ChatRole.User, $"{i:D8} {observed}"));
                }

                return run.Answer("done");
            }));
    }

    private static long Weight(MemoryRunStore store, string runId)
    {
        var seen = new HashSet<string>();
        long bytes = 0;
        void Add(string? hash)
        {
            if (hash is null || !seen.Add(hash) || store.Payload(hash) is not { } content)
                return;
            bytes += content.Length;
            PayloadNames.In(content).ForEach(Add);
        }

        foreach (var entry in store.Read(runId))
        {
            bytes += EventCodec.Encode(entry).Length;
            Add(entry.Input);
            Add(entry.Output);
        }

        return bytes;
    }
}
