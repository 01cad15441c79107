import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ResultSet;
import org.apache.jena.reasoner.InfGraph;
import org.apache.jena.reasoner.Reasoner;
import org.apache.jena.reasoner.ReasonerRegistry;
import org.apache.jena.reasoner.rulesys.GenericRuleReasoner;
import org.apache.jena.reasoner.rulesys.Rule;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.StreamRDFLib;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.loader.DataLoader;
import org.apache.jena.tdb2.loader.LoaderFactory;
import org.apache.jena.tdb2.sys.TDBInternal;

/**
 * A line on standard input is a command, a line of JSON its answer: CPU time in milliseconds, and a count of quads or solutions.
 * "mem FILE" and "tdb2 FILE" load N-Triples and say the CPU time of this process; "infer FILE TBOX RULES" loads both files before the clock starts and infers with a forward RETE engine, or as
 * Jena's own reasoner does where RULES is its name, up to the last triple read; "keep mem FILE" and "keep tdb2 FILE" load them to be asked;
 * "ask mem MS FILE" and "ask tdb2 MS FILE" ask a query as often as fits a time, and say the CPU time of one answer in the asking thread: collecting and compiling threads do not count.
 */
public class Peer {
  static final OperatingSystemMXBean OS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  static DatasetGraph inMemory;
  static DatasetGraph onDisk;

  public static void main(String[] args) throws Exception {
    org.apache.jena.sys.JenaSystem.init();
    Path folder = Files.createTempDirectory("jena-tdb2-");
    try {
      BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 4);
        switch (words[0]) {
          case "ask": ask(words[1].equals("tdb2") ? onDisk : inMemory, Double.parseDouble(words[2]), Files.readString(Path.of(words[3]))); break;
          case "infer": infer(words[1], words[2], words[3]); break;
          case "keep": keep(words[1], words[2], folder); break;
          default: load(words[0], words[1]); break;
        }
      }
    } finally {
      delete(folder);
    }
  }

  static void load(String store, String file) throws Exception {
    System.gc();
    long before = OS.getProcessCpuTime();
    long quads;
    if (store.equals("tdb2")) {
      Path folder = Files.createTempDirectory("jena-tdb2-");
      DatasetGraph dataset = tdb2(file, folder);
      quads = size(dataset);
      dataset.close();
      TDBInternal.expel(dataset);
      delete(folder);
    } else {
      quads = memory(file).size();
    }
    answer((OS.getProcessCpuTime() - before) / 1e6, quads);
  }

  static void infer(String file, String schema, String rules) {
    Graph given = memory(file);
    RDFParser.source(schema).parse(StreamRDFLib.graph(given));
    System.gc();
    long before = OS.getProcessCpuTime();
    InfGraph inferred = reasoner(rules).bind(given);
    inferred.prepare();
    long count = inferred.find(Node.ANY, Node.ANY, Node.ANY).toList().size();
    answer((OS.getProcessCpuTime() - before) / 1e6, count);
  }

  static Reasoner reasoner(String rules) {
    switch (rules) {
      case "rdfs": return ReasonerRegistry.getRDFSReasoner();
      case "owl-micro": return ReasonerRegistry.getOWLMicroReasoner();
      case "owl-mini": return ReasonerRegistry.getOWLMiniReasoner();
      case "owl": return ReasonerRegistry.getOWLReasoner();
      default:
        GenericRuleReasoner forward = new GenericRuleReasoner(Rule.rulesFromURL("file:" + rules));
        forward.setMode(GenericRuleReasoner.FORWARD_RETE);
        return forward;
    }
  }

  static void keep(String store, String file, Path folder) throws Exception {
    long before = OS.getProcessCpuTime();
    DatasetGraph dataset;
    if (store.equals("tdb2")) {
      dataset = onDisk = tdb2(file, folder);
    } else {
      dataset = inMemory = DatasetGraphFactory.wrap(memory(file));
    }
    answer((OS.getProcessCpuTime() - before) / 1e6, size(dataset));
  }

  static void ask(DatasetGraph dataset, double milliseconds, String query) {
    long before = THREADS.getCurrentThreadCpuTime();
    long runs = 0;
    long[] rows = new long[1];
    double used;
    do {
      Txn.executeRead(dataset, () -> rows[0] = solutions(dataset, query));
      runs++;
      used = (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
    } while (used < milliseconds);
    answer(used / runs, rows[0]);
  }

  // Every term of every solution is there, as for a caller.
  static long solutions(DatasetGraph dataset, String query) {
    long rows = 0;
    try (QueryExecution execution = QueryExecutionFactory.create(query, org.apache.jena.query.DatasetFactory.wrap(dataset))) {
      ResultSet results = execution.execSelect();
      List<Var> variables = Var.varList(results.getResultVars());
      while (results.hasNext()) {
        Binding binding = results.nextBinding();
        boolean isBound = false;
        for (Var variable : variables) isBound |= binding.get(variable) != null;
        rows += isBound ? 1 : 0;
      }
    }
    return rows;
  }

  static Graph memory(String file) {
    Graph graph = GraphFactory.createDefaultGraph();
    RDFParser.source(file).parse(StreamRDFLib.graph(graph));
    return graph;
  }

  static DatasetGraph tdb2(String file, Path folder) {
    DatasetGraph dataset = DatabaseMgr.connectDatasetGraph(folder.toString());
    DataLoader loader = LoaderFactory.phasedLoader(dataset, (format, values) -> { });
    loader.startBulk();
    loader.load(file);
    loader.finishBulk();
    return dataset;
  }

  static long size(DatasetGraph dataset) {
    long[] quads = new long[1];
    Txn.executeRead(dataset, () -> quads[0] = dataset.getDefaultGraph().size());
    return quads[0];
  }

  static void delete(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  static void answer(double cpu, long count) {
    System.out.printf(java.util.Locale.ROOT, "{\"cpu\": %.6f, \"count\": %d}%n", cpu, count);
  }
}
