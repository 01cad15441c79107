namespace Hub.Analyzers.Tests;

/// <summary>What reaches past the run is flagged where it stands; what is repeatable is not.</summary>
public sealed class RunUseAnalyzerTests
{
    [Theory]
    [InlineData("_ = [|HUB001:DateTime.Now|];")]
    [InlineData("_ = [|HUB001:DateTime.UtcNow|].AddDays(1);")]
    [InlineData("_ = [|HUB001:DateTimeOffset.UtcNow|];")]
    [InlineData("var watch = [|HUB001:Stopwatch.StartNew()|]; _ = [|HUB001:watch.Elapsed|];")]
    [InlineData("_ = [|HUB001:Environment.TickCount64|];")]
    [InlineData("_ = [|HUB001:time.GetUtcNow()|];")]
    [InlineData("_ = [|HUB002:new Random()|].Next();")]
    [InlineData("_ = [|HUB002:Random.Shared|].Next();")]
    [InlineData("_ = [|HUB002:Guid.NewGuid()|];")]
    [InlineData("Func<Guid> make = [|HUB002:Guid.NewGuid|]; _ = make();")]
    [InlineData("_ = [|HUB002:RandomNumberGenerator.GetInt32(5)|];")]
    [InlineData("_ = [|HUB003:File.ReadAllText(\"a\")|];")]
    [InlineData("[|HUB003:Directory.CreateDirectory(\"a\")|];")]
    [InlineData("using var stream = [|HUB003:new FileStream(\"a\", FileMode.Open)|];")]
    [InlineData("using var reader = [|HUB003:new StreamReader(\"a\")|];")]
    [InlineData("_ = await [|HUB004:http.GetStringAsync(new Uri(\"http://localhost\"))|];")]
    [InlineData("await [|HUB005:Task.Delay(5)|];")]
    [InlineData("[|HUB005:Thread.Sleep(5)|];")]
    [InlineData("await [|HUB006:Task.Run(() => 1)|];")]
    [InlineData("await [|HUB006:Task.WhenAll(Task.CompletedTask)|];")]
    [InlineData("[|HUB006:Parallel.For(0, 3, i => { })|];")]
    [InlineData("_ = [|HUB007:Environment.GetEnvironmentVariable(\"A\")|];")]
    public Task Analyze_MemberPastTheRun_IsFlagged(string body) => Snippet.HoldsInReasonerAsync(body);

    [Fact]
    public async Task Analyze_SystemClockAndItsUse_AreBothFlagged()
    {
        var messages = await Snippet.MessagesAsync("_ = TimeProvider.System.GetUtcNow();");
        Assert.Equal(2, messages.Count(m => m.StartsWith("HUB001", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("foreach (var n in [|HUB008:names|]) { _ = n; }")]
    [InlineData("foreach (var (k, v) in [|HUB008:counts|]) { _ = k + v; }")]
    [InlineData("foreach (var k in [|HUB008:counts.Keys|]) { _ = k; }")]
    [InlineData("foreach (var k in [|HUB008:shared.Keys|]) { _ = k; }")]
    [InlineData("foreach (var n in [|HUB008:names|].Where(n => n != \"\")) { _ = n; }")]
    [InlineData("_ = [|HUB008:names|].First();")]
    [InlineData("_ = [|HUB008:names|].Take(2).Order().ToList();")]
    [InlineData("_ = [|HUB008:counts|].Select(c => c.Key).ToArray();")]
    [InlineData("_ = string.Join(',', [|HUB008:names|]);")]
    [InlineData("_ = new List<string>([|HUB008:names|]);")]
    [InlineData("List<string> copy = [.. [|HUB008:names|]]; _ = copy;")]
    public Task Analyze_EnumerationInHashOrder_IsFlagged(string body) => Snippet.HoldsInReasonerAsync(body);

    [Theory]
    [InlineData("foreach (var n in names.Order()) { _ = n; }")]
    [InlineData("foreach (var k in counts.Keys.Where(k => k != \"\").OrderBy(k => k, StringComparer.Ordinal)) { _ = k; }")]
    [InlineData("foreach (var n in new SortedSet<string>(names)) { _ = n; }")]
    [InlineData("_ = names.ToList().Order().First();")]
    [InlineData("_ = names.Any(n => n == \"\") && names.Contains(\"a\") && names.Count > 0 && counts.Values.Sum() > 2;")]
    [InlineData("HashSet<string> more = [.. names, \"c\"]; _ = more.Count;")]
    [InlineData("_ = new HashSet<string>(names.Select(n => n + \"!\")).Count;")]
    [InlineData("_ = names.Select(n => n + \"!\").ToFrozenSet();")]
    [InlineData("foreach (var n in new List<string> { \"b\", \"a\" }) { _ = n; }")]
    [InlineData("_ = counts.TryGetValue(\"a\", out var one) ? one : 0;")]
    [InlineData("_ = run.Now; _ = run.Random.Next(); await run.DelayAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("_ = new Random(7).Next(); _ = DateTime.UnixEpoch; _ = Path.Combine(\"a\", \"b\");")]
    [InlineData("using var reader = new StreamReader(new MemoryStream()); _ = reader.ReadLine();")]
    [InlineData("_ = await run.AllAsync(new[] { 1, 2 }, async (branch, i) => { await Task.CompletedTask; return i; });")]
    public Task Analyze_RepeatableCode_IsClean(string body) => Snippet.HoldsInReasonerAsync(body);

    [Theory]
    [InlineData("_ = await run.OnceAsync(\"read\", token => File.ReadAllTextAsync(\"a\", token));")]
    [InlineData("_ = await run.OnceAsync(\"search\", token => Task.Run(() => DateTime.Now.Ticks, token));")]
    [InlineData("_ = await run.RolloutsAsync(\"value\", new[] { 1 }, (batch, token) => Task.FromResult(batch.Select(_ => Random.Shared.Next()).ToArray()));")]
    [InlineData("_ = await run.EffectAsync(new Effect<int, string>(EffectKind.Task, \"f\", (i, context) => Task.FromResult(File.ReadAllText(\"a\"))), 1);")]
    [InlineData("_ = await run.OnceAsync(\"nested\", async token => { await Task.Delay(1, token); return new[] { 1 }.Select(i => Guid.NewGuid()).ToArray(); });")]
    public Task Analyze_BodyOfAnEffect_IsFree(string body) => Snippet.HoldsInReasonerAsync(body);

    [Fact]
    public Task Analyze_RunInsideAnEffectAgain_IsFlagged() => Snippet.HoldsInReasonerAsync(
        "_ = await run.OnceAsync(\"odd\", async token => { Func<IRun, DateTime> f = inner => [|HUB001:DateTime.Now|]; await Task.CompletedTask; return f(run); });");

    [Fact]
    public Task Analyze_MethodsLambdasAndLocalsOverARun_AreRunCode() => Snippet.HoldsAsync("""
        static class Steps
        {
            public static DateTime Extension(this IRun run) => [|HUB001:DateTime.Now|];
            public static DateTime Free() => DateTime.Now;
            public static DateTime InEffect(IRun run, EffectContext context) => DateTime.Now;
            public static void Lambdas()
            {
                Func<IRun, Guid> f = run => [|HUB002:Guid.NewGuid()|];
                Func<int, Guid> g = n => Guid.NewGuid();
                Guid Local(IRun run) => [|HUB002:Guid.NewGuid()|];
            }
        }
        sealed class OverARun(IRun run)
        {
            private readonly DateTime started = [|HUB001:DateTime.Now|];
            public string Read() => run.Now + started.ToString() + [|HUB003:File.ReadAllText("a")|];
        }
        sealed class Apart
        {
            public string Read() => File.ReadAllText("a");
        }
        """);

    [Fact]
    public async Task Analyze_WithoutTheContracts_SaysNothing()
        => Assert.Empty(await Snippet.AnalyzeAsync("class C { object Now() => System.DateTime.Now; }"));

    [Theory]
    [InlineData("_ = DateTime.Now;", "HUB001", "run.Now")]
    [InlineData("_ = Guid.NewGuid();", "HUB002", "run.Random")]
    [InlineData("_ = File.Exists(\"a\");", "HUB003", "run.OnceAsync")]
    [InlineData("_ = await http.GetStringAsync(\"http://localhost\");", "HUB004", "run.OnceAsync")]
    [InlineData("await Task.Delay(1);", "HUB005", "run.DelayAsync")]
    [InlineData("await Task.WhenAny(Task.CompletedTask);", "HUB006", "run.AnyAsync")]
    [InlineData("_ = Environment.MachineName;", "HUB007", "run.Header")]
    [InlineData("foreach (var n in new HashSet<int>()) { _ = n; }", "HUB008", "SortedSet")]
    public async Task Analyze_EachRule_NamesTheReplacement(string body, string id, string replacement)
    {
        var message = Assert.Single(await Snippet.MessagesAsync(body));
        Assert.StartsWith(id, message, StringComparison.Ordinal);
        Assert.Contains(replacement, message, StringComparison.Ordinal);
    }
}
