// What the suite calls as the client under test: `hub mcp client`, with what each scenario needs. A browser's part (opening the address that the hub prints) is played here.
// node client.mjs URL, with MCP_CONFORMANCE_SCENARIO and MCP_CONFORMANCE_CONTEXT from the suite and HUB_COMMAND from run.mjs.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

const url = process.argv.at(-1);
const scenario = process.env.MCP_CONFORMANCE_SCENARIO;
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const [program, ...before] = JSON.parse(process.env.HUB_COMMAND);

const freePort = () => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
});

function hub(...args) {
  return new Promise(resolve => {
    const child = spawn(program, [...before, 'mcp', 'client', ...args, '--url', url], { stdio: ['ignore', 'inherit', 'pipe'] });
    createInterface({ input: child.stderr }).on('line', line => {
      console.error(line);
      const address = line.match(/Open this address .*: (\S+)/)?.[1];
      if (address) fetch(address).catch(e => console.error(`browser: ${e.message}`));
    });
    child.on('close', resolve);
  });
}

async function login() {
  const args = ['--auth', '--auth-redirect-uri', `http://localhost:${await freePort()}/auth/redirect`];
  if (scenario === 'auth/basic-cimd') args.push('--auth-client-metadata-url', 'https://conformance-test.local/client-metadata.json');
  if (scenario === 'auth/pre-registration') args.push('--auth-client-id', context.client_id, '--auth-client-secret', context.client_secret);
  return args;
}

async function run() {
  switch (scenario) {
    case 'initialize': return hub('tool', 'list', '--protocol-version', '2025-11-25'); // its server answers everything, even a question of a later revision
    case 'tools_call': return hub('tool', 'call', 'add_numbers', '--json-args', '{"a": 5, "b": 3}');
    case 'elicitation-sep1034-client-defaults': return hub('tool', 'call', 'test_client_elicitation_defaults', '--accept-defaults');
    case 'sse-retry': return hub('tool', 'call', 'test_reconnection', '--protocol-version', '2025-03-26');
    case 'auth/client-credentials-basic':
      return hub('tool', 'list', '--auth-client-credentials', '--auth-client-id', context.client_id, '--auth-client-secret', context.client_secret);
    case 'auth/client-credentials-jwt':
      process.env.HUB_MCP_PRIVATE_KEY = context.private_key_pem;
      return hub('tool', 'list', '--auth-client-credentials', '--auth-client-id', context.client_id);
    default: return hub('tool', 'call', 'test-tool', ...await login());
  }
}

process.exitCode = await run();
