// A line on standard input is a command, a line of JSON its answer: "load FILE" loads N-Triples into a new store and says the CPU time of this process, in milliseconds.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Store } from 'oxigraph';

for await (const line of createInterface({ input: process.stdin })) {
  const [command, file] = line.split(' ');
  if (command !== 'load') throw new Error(`'${command}' is no command; known is: load FILE`);
  const before = process.cpuUsage();
  const store = new Store();
  store.load(readFileSync(file, 'utf8'), { format: 'application/n-triples' });
  const used = process.cpuUsage(before);
  console.log(JSON.stringify({ cpu: (used.user + used.system) / 1000, quads: store.size }));
  store.free?.();
}
