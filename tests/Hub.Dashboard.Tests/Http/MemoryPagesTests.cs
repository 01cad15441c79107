using System.Net;
using System.Text.RegularExpressions;
using Hub.Abstractions;
using Hub.Dashboard.Tests.Kit;
using Knowledge.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Dashboard.Tests.Http;

public sealed class MemoryPagesTests : IDisposable
{
    private const string Schema = """
        @prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix mem: <urn:hub:memory#> .
        :livesIn a owl:FunctionalProperty ; rdfs:label "lives in" ; mem:begins "moved to" .
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-memory-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Get_Memory_ShowsTheGraphAndAFactWithEvidenceAndHistory()
    {
        var schema = Path.Combine(_folder, "schema.ttl");
        await File.WriteAllTextAsync(schema, Schema);
        var memory = new HubGraphMemory(new HubGraphOptions { Schema = schema }, new ServiceCollection().BuildServiceProvider());
        await memory.AddAsync([Item("Bea moved to Bergen in 2020."), Item("Bea moved to Oslo in May 2024."), Item("<script>alert(1)</script> moved to Rome.")], default);
        await using var site = await Site.StartAsync(build: b => b.AddMemory("mind", memory));

        var page = await site.Http.GetStringAsync("/dashboard/memory?user=ada&q=Where+does+Bea+live");
        Assert.Contains("<svg class=\"graph\"", page, StringComparison.Ordinal);
        Assert.Contains("Bea lives in Oslo since 2024-05-01", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", await site.Http.GetStringAsync("/dashboard/memory?user=ada"), StringComparison.Ordinal);

        var link = WebUtility.HtmlDecode(Regex.Match(page, "href=\"(/dashboard/memory/fact[^\"]+)\"").Groups[1].Value);
        var fact = WebUtility.HtmlDecode(await site.Http.GetStringAsync(link));
        Assert.Contains("said by memory", fact, StringComparison.Ordinal);
        Assert.Contains("it began later", fact, StringComparison.Ordinal);
        Assert.Contains("Known from", fact, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_MemoryOfNobody_MakesNone()
    {
        var memory = new HubGraphMemory(new HubGraphOptions { Path = Path.Combine(_folder, "memory") }, new ServiceCollection().BuildServiceProvider());
        await using var site = await Site.StartAsync(build: b => b.AddMemory("mind", memory));

        Assert.Contains("Nothing is remembered", await site.Http.GetStringAsync("/dashboard/memory?user=nobody"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "memory")));
        using var gone = await site.Http.GetAsync("/dashboard/memory/fact?user=nobody&fact=x");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static MemoryItem Item(string text) => new() { UserId = "ada", Memory = text };
}
