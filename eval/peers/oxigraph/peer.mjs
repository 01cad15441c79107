// A line on standard input is a command, a line of JSON its answer: CPU time of this process in milliseconds, and a count of quads or solutions.
// "load FILE" loads N-Triples into a new store, "keep FILE" into one that is asked; "ask MS FILE" asks a query as often as fits a time, and says the time of one answer.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Store } from 'oxigraph';

let kept;

for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...words] = line.split(' ');
  if (command === 'load' || command === 'keep') {
    const before = process.cpuUsage();
    const store = new Store();
    store.load(readFileSync(words[0], 'utf8'), { format: 'application/n-triples' });
    answer(cpuSince(before), store.size);
    if (command === 'keep') kept = store;
    else store.free?.();
  } else if (command === 'ask') {
    const query = readFileSync(words[1], 'utf8');
    const before = process.cpuUsage();
    let [runs, rows, used] = [0, 0, 0];
    do {
      rows = solutions(query);
      runs++;
      used = cpuSince(before);
    } while (used < Number(words[0]));
    answer(used / runs, rows);
  } else {
    throw new Error(`'${command}' is no command; known are: load FILE, keep FILE, ask MS FILE`);
  }
}

// Every term of every solution is there, as for a caller.
function solutions(query) {
  let rows = 0;
  for (const solution of kept.query(query)) if (solution.size > 0) rows++;
  return rows;
}

function cpuSince(before) {
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

function answer(cpu, count) {
  console.log(JSON.stringify({ cpu, count }));
}
