// Keeps a family in a store in memory: what is so, what was so, and what somebody asks about either.
// Run it with: dotnet run samples/knowledge.cs
#:project ../src/Knowledge/Knowledge.Store
#:project ../src/Knowledge/Knowledge.Sparql
#:property PublishAot=false
using Knowledge.Rdf;
using Knowledge.Sparql;
using Knowledge.Store;

using QuadStore store = QuadStore.InMemory();                            // or QuadStore.Open("family.db")
var family = new Vocabulary("http://example.org/family#");
store.Load(sink => RdfFormat.Turtle.Read("@prefix : <http://example.org/family#> . :ada :parent :bea . :bea :parent :cleo ."u8, sink));
foreach (Solution s in store.Select("SELECT ?p { :ada :parent ?p }"))
    Console.WriteLine(s["p"]);

using (Transaction tx = store.Begin())
{
    tx.End(family.Triple("bea", "parent", "cleo"), on: new DateOnly(2024, 5, 1));   // it was so until then; tx.Retract would say that it never was
    tx.Add(family.Triple("bea", "parent", "dan"), validFrom: new DateOnly(2024, 5, 1));
    tx.Commit();
}

const string Grandchild = "ASK { :ada :parent/:parent :cleo }";
var then = new QueryOptions { AsOf = new AsOf(Valid: new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero)) };
Console.WriteLine($"now: {store.Ask(Grandchild)}, in 2023: {store.Ask(Grandchild, then)}");
