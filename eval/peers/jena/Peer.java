import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.reasoner.InfGraph;
import org.apache.jena.reasoner.rulesys.GenericRuleReasoner;
import org.apache.jena.reasoner.rulesys.Rule;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.StreamRDFLib;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.loader.DataLoader;
import org.apache.jena.tdb2.loader.LoaderFactory;
import org.apache.jena.tdb2.sys.TDBInternal;

/** A line on standard input is a command, a line of JSON its answer: "mem FILE" and "tdb2 FILE" load N-Triples and say the CPU time of this process, in milliseconds; "infer FILE TBOX RULES" loads both files
 * before the clock starts and infers with a forward RETE engine, up to the last triple read. */
public class Peer {
  static final OperatingSystemMXBean OS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  public static void main(String[] args) throws Exception {
    org.apache.jena.sys.JenaSystem.init();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", 2);
      Graph given = words[0].equals("infer") ? given(words[1].split(" ")) : null;
      System.gc();
      long before = OS.getProcessCpuTime();
      long quads = given != null ? infer(given, words[1].split(" ")[2]) : words[0].equals("tdb2") ? tdb2(words[1]) : memory(words[1]);
      System.out.printf("{\"cpu\": %d, \"quads\": %d}%n", (OS.getProcessCpuTime() - before) / 1_000_000, quads);
    }
  }

  static long memory(String file) {
    Graph graph = GraphFactory.createDefaultGraph();
    RDFParser.source(file).parse(StreamRDFLib.graph(graph));
    return graph.size();
  }

  static Graph given(String[] words) {
    Graph graph = GraphFactory.createDefaultGraph();
    RDFParser.source(words[0]).parse(StreamRDFLib.graph(graph));
    RDFParser.source(words[1]).parse(StreamRDFLib.graph(graph));
    return graph;
  }

  static long infer(Graph given, String rules) {
    GenericRuleReasoner reasoner = new GenericRuleReasoner(Rule.rulesFromURL("file:" + rules));
    reasoner.setMode(GenericRuleReasoner.FORWARD_RETE);
    InfGraph inferred = reasoner.bind(given);
    inferred.prepare();
    return inferred.find(Node.ANY, Node.ANY, Node.ANY).toList().size();
  }

  static long tdb2(String file) throws Exception {
    Path folder = Files.createTempDirectory("jena-tdb2-");
    DatasetGraph dataset = DatabaseMgr.connectDatasetGraph(folder.toString());
    DataLoader loader = LoaderFactory.phasedLoader(dataset, (format, values) -> { });
    loader.startBulk();
    loader.load(file);
    loader.finishBulk();
    long[] quads = new long[1];
    Txn.executeRead(dataset, () -> quads[0] = dataset.getDefaultGraph().size());
    dataset.close();
    TDBInternal.expel(dataset);
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
    return quads[0];
  }
}
