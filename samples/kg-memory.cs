// An agent's memory that learns, is contradicted, explains itself and forgets. No model takes part.
// Run it with: dotnet run samples/kg-memory.cs
#:project ../src/Knowledge/Knowledge.Memory
#:property PublishAot=false
using Knowledge.Memory;
using Knowledge.Rules;
using Knowledge.Store;

var schema = MemorySchema.Parse("""
    @prefix : <http://example.org/family#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix mem: <urn:hub:memory#> .
    :livesIn a owl:FunctionalProperty ; rdfs:label "lives in" ; mem:begins "moved to" .
    :daughter a owl:ObjectProperty ; rdfs:label "daughter" .
    :visits a owl:ObjectProperty ; rdfs:label "visits" .
    """);
var rules = RuleSet.Parse("[visit: (?m f:daughter ?d) (?d f:livesIn ?c) -> (?m f:visits ?c)]", new Dictionary<string, string> { ["f"] = "http://example.org/family#" });

using QuadStore store = QuadStore.InMemory();                                            // or QuadStore.Open("mind.db")
using var memory = new GraphMemory(store, new RuleExtractor(), new GraphMemoryOptions { Schema = schema, Rules = rules });

var january = new MemorySource { Id = "run 1", At = new DateTimeOffset(2024, 1, 15, 0, 0, 0, TimeSpan.Zero) };
await memory.WriteAsync(january, "Ada's daughter is Bea. Bea lives in Bergen.");          // it learns
MemoryWrite told = await memory.WriteAsync("run 2", "Bea moved to Oslo in May 2024.");    // it is contradicted, and keeps both
Console.WriteLine($"Contradiction:\n{told.Contradictions[0]}\n");

Recall recall = await memory.RecallAsync("Which city does Ada visit?");
Console.WriteLine($"{recall.Facts[0].Text}, because:\n{recall.Evidence}\n");              // claims with sources and times, and the proof of what follows

PurgeCertificate gone = await memory.PurgeAsync(source: told.Claims[0].Source);          // it forgets the run, and all that followed only from it
Recall after = await memory.RecallAsync("Which city does Ada visit?");
Console.WriteLine($"Forgotten and proven: {gone.IsProven}. Now: {after.Facts[0].Text}.");
