// Infers who is whose grandparent, shows the proof, and stays right while the family changes.
// Run it with: dotnet run samples/rules.cs
#:project ../src/Knowledge/Knowledge.Store
#:project ../src/Knowledge/Knowledge.Sparql
#:project ../src/Knowledge/Knowledge.Rules
#:property PublishAot=false
using Knowledge.Rdf;
using Knowledge.Rules;
using Knowledge.Sparql;
using Knowledge.Store;

using QuadStore store = QuadStore.InMemory();                            // or QuadStore.Open("family.db")
var family = new Vocabulary("http://example.org/family#");
store.Load(sink => RdfFormat.Turtle.Read("@prefix : <http://example.org/family#> . :ada :parent :bea . :bea :parent :cleo ."u8, sink));

RuleSet rules = RuleSet.Parse("[gp: (?a :parent ?b) (?b :parent ?c) -> (?a :grandparent ?c)]", store.Prefixes);
using InferredGraph inferred = InferredGraph.Over(store, rules);         // kept exact while facts come and go
Console.WriteLine(inferred.Explain(family.Triple("ada", "grandparent", "cleo")));

using (Transaction tx = store.Begin())
{
    tx.End(family.Triple("bea", "parent", "cleo"), on: new DateOnly(2024, 5, 1));   // it was so until then
    tx.Add(family.Triple("bea", "parent", "dan"), validFrom: new DateOnly(2024, 5, 1));
    tx.Commit();
}

const string Grandchild = "ASK { :ada :grandparent :cleo }";
Console.WriteLine($"now: {inferred.Ask(Grandchild)}, in 2023: {inferred.AsOf(valid: new DateOnly(2023, 1, 1)).Ask(Grandchild)}");

using Branch branch = store.Fork();                                      // and if Dan had a child?
using InferredGraph whatIf = InferredGraph.Over(branch, rules);
using (Transaction tx = branch.Begin())
{
    tx.Add(family.Triple("dan", "parent", "eve"));
    tx.Commit();
}

Console.WriteLine($"grandparents of Eve in the branch: {whatIf.Select("SELECT ?g { ?g :grandparent :eve }").Count()}, in the store: {inferred.Select("SELECT ?g { ?g :grandparent :eve }").Count()}");
