import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.jena.atlas.io.StringWriterI;
import org.apache.jena.atlas.json.JSON;
import org.apache.jena.atlas.json.JsonArray;
import org.apache.jena.atlas.json.JsonObject;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.reasoner.InfGraph;
import org.apache.jena.reasoner.rulesys.GenericRuleReasoner;
import org.apache.jena.reasoner.rulesys.Rule;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.out.NodeFormatterNT;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.engine.QueryEngineFactory;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.apache.jena.sparql.engine.main.QueryEngineMain;
import org.apache.jena.sparql.engine.ref.QueryEngineRef;
import org.apache.jena.sparql.graph.GraphFactory;

/**
 * A line on standard input is a case in JSON, a line on standard output its answer, so that one process answers thousands.
 * {"quads": TriG, "query": a SELECT query} (with "isReference": true, by the engine without an optimizer) gives {"rows": [["?a=term", ...], ...]}, terms as N-Triples write them, unbound ones left out;
 * {"triples": Turtle, "rules": a rule file, "mode": "Forward", "Hybrid" or "Backward"} gives {"triples": [...]} with everything that holds.
 * What Jena throws is {"error": text}.
 */
public class Oracle {
  public static void main(String[] args) throws Exception {
    org.apache.jena.sys.JenaSystem.init();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err); // rules may print
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject answer = new JsonObject();
      try {
        JsonObject asked = JSON.parse(line);
        if (asked.hasKey("query")) {
          answer.put("rows", rows(asked.get("quads").getAsString().value(), asked.get("query").getAsString().value(), asked.hasKey("isReference") && asked.get("isReference").getAsBoolean().value()));
        } else {
          answer.put("triples", triples(asked.get("triples").getAsString().value(), asked.get("rules").getAsString().value(), asked.get("mode").getAsString().value()));
        }
      } catch (Exception | StackOverflowError | NoClassDefFoundError failure) {
        answer = new JsonObject();
        answer.put("error", failure.toString());
      }
      out.println(JSON.toStringFlat(answer));
    }
  }

  static JsonArray rows(String quads, String query, boolean isReference) {
    DatasetGraph dataset = DatasetGraphFactory.createTxnMem(); // its graphs find terms, not values
    RDFParser.fromString(quads).lang(Lang.TRIG).parse(dataset);
    JsonArray rows = new JsonArray();
    Query parsed = QueryFactory.create(query);
    QueryEngineFactory engine = isReference ? QueryEngineRef.getFactory() : QueryEngineMain.getFactory();
    QueryIterator results = engine.create(parsed, dataset, BindingFactory.empty(), ARQ.getContext().copy()).iterator();
    while (results.hasNext()) {
      Binding solution = results.next();
      JsonArray row = new JsonArray();
      for (String name : parsed.getResultVars()) {
        Node term = solution.get(name);
        if (term != null) row.add("?" + name + "=" + text(term));
      }
      rows.add(row);
    }
    results.close();
    return rows;
  }

  static JsonArray triples(String text, String rules, String mode) {
    Graph given = GraphFactory.createDefaultGraph();
    RDFParser.fromString(text).lang(Lang.TURTLE).parse(given);
    GenericRuleReasoner reasoner = new GenericRuleReasoner(Rule.parseRules(Rule.rulesParserFromReader(new BufferedReader(new java.io.StringReader(rules)))));
    reasoner.setMode(mode.equals("Backward") ? GenericRuleReasoner.BACKWARD : mode.equals("Hybrid") ? GenericRuleReasoner.HYBRID : GenericRuleReasoner.FORWARD_RETE);
    InfGraph inferred = reasoner.bind(given);
    inferred.prepare();
    JsonArray triples = new JsonArray();
    for (Triple t : inferred.find(Node.ANY, Node.ANY, Node.ANY).toSet()) {
      triples.add(text(t.getSubject()) + " " + text(t.getPredicate()) + " " + text(t.getObject()) + " .");
    }
    return triples;
  }

  static String text(Node node) {
    StringWriterI writer = new StringWriterI();
    new NodeFormatterNT().format(writer, node);
    return writer.toString();
  }
}
