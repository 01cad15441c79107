// The A2A JavaScript SDK's own client against the hub as an agent, in 1.0 and in 0.3: card, send, get, stream, cancel, several turns.
// node run.mjs    (after `npm ci` here and `dotnet build` of src/Hub/Hub.Cli and plugins/McpConformance; HUB_CONFIGURATION=debug|release)
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import { ClientFactory, DefaultAgentCardResolver, JsonRpcTransportFactory } from '@a2a-js/sdk/client';
import { Role, taskStateToJSON } from '@a2a-js/sdk';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..');
const configuration = process.env.HUB_CONFIGURATION ?? (existsSync(join(root, 'artifacts/bin/Hub.Cli/release/hub.dll')) ? 'release' : 'debug');
const hub = join(root, `artifacts/bin/Hub.Cli/${configuration}/hub.dll`);
const scratch = mkdtempSync(join(tmpdir(), 'a2a-'));
const plugins = join(scratch, 'plugins');
const servers = [];

function serve(file, ...more) {
  const server = spawn('dotnet', [hub, 'serve', '--config_file', join(here, file), '--run-log', 'none', '--port', '0', '--plugins', plugins, '--json', ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  servers.push(server);
  return new Promise((resolve, reject) => {
    server.stdout.once('data', line => resolve(JSON.parse(line).url));
    server.once('exit', code => reject(new Error(`the hub ended with ${code}`)));
  });
}

// A client that speaks one revision: the card's other interface is taken away.
async function connect(url, version) {
  const compat = { legacyCompat: { enabled: version === '0.3' } };
  const card = await new DefaultAgentCardResolver(compat).resolve(url);
  card.supportedInterfaces = card.supportedInterfaces.filter(i => i.protocolVersion === version);
  return [await new ClientFactory({ transports: [new JsonRpcTransportFactory(compat)] }).createFromAgentCard(card), card];
}

const ask = (text, { taskId = '', contextId = '', returnImmediately = false } = {}) => ({
  tenant: '',
  message: {
    messageId: randomUUID(), role: Role.ROLE_USER, taskId, contextId, metadata: undefined, extensions: [], referenceTaskIds: [],
    parts: [{ content: { $case: 'text', value: text }, metadata: undefined, filename: '', mediaType: '' }],
  },
  configuration: { acceptedOutputModes: ['text/plain'], returnImmediately, taskPushNotificationConfig: undefined, historyLength: undefined },
  metadata: undefined,
});
const text = task => task.artifacts[0].parts.map(p => p.content.value).join('');
const state = task => taskStateToJSON(task.status.state);

let checks = 0;
const check = (what, test) => { test(); checks++; console.log(`  ${what}`); };
try {
  const added = spawnSync('dotnet', [hub, 'plugins', 'add', join(root, `artifacts/bin/McpConformance/${configuration}`), '--plugins', plugins], { encoding: 'utf8' });
  assert.equal(added.status, 0, added.stderr);
  const [agent, slow, asking] = await Promise.all([serve('agent.yml'), serve('agent.yml', '--override', 'llms.m.delay_ms', '60000'), serve('ask.yml')]);
  for (const version of ['1.0', '0.3']) {
    const [client, card] = await connect(agent, version);
    check(`${version} card`, () => { assert.equal(card.name, 'agent'); assert.ok(card.skills.some(s => s.id === 'calculator__multiply')); assert.ok(card.capabilities.streaming); });

    const sent = await client.sendMessage(ask('What is 6 times 7?'));
    check(`${version} send`, () => { assert.equal(state(sent), 'TASK_STATE_COMPLETED'); assert.equal(text(sent), '42'); });
    const found = await client.getTask({ tenant: '', id: sent.id, historyLength: undefined });
    check(`${version} get`, () => { assert.equal(found.id, sent.id); assert.equal(found.contextId, sent.contextId); });

    const events = [];
    for await (const event of client.sendMessageStream(ask('What is 6 times 7?'))) events.push(event.payload);
    check(`${version} stream`, () => {
      assert.equal(events[0].$case, 'task');
      const last = events.filter(e => e.$case === 'artifactUpdate').at(-1).value;
      assert.equal(last.artifact.parts[0].content.value, '42'); assert.equal(last.lastChunk, true);
      assert.equal(events.at(-1).$case, 'statusUpdate'); assert.equal(state(events.at(-1).value), 'TASK_STATE_COMPLETED');
    });

    const [waiter] = await connect(slow, version);
    const begun = await waiter.sendMessage(ask('What is 6 times 7?', { returnImmediately: true }));
    check(`${version} begun`, () => assert.match(state(begun), /SUBMITTED|WORKING/));
    const cancelled = await waiter.cancelTask({ tenant: '', id: begun.id, metadata: undefined });
    check(`${version} cancel`, () => assert.equal(state(cancelled), 'TASK_STATE_CANCELED'));

    const [asker] = await connect(asking, version);
    const waiting = await asker.sendMessage(ask('Do it.'));
    check(`${version} input required`, () => { assert.equal(state(waiting), 'TASK_STATE_INPUT_REQUIRED'); assert.equal(waiting.status.message.parts[0].content.value, 'May I?'); });
    const done = await asker.sendMessage(ask('yes', { taskId: waiting.id, contextId: waiting.contextId }));
    check(`${version} second turn`, () => { assert.equal(done.id, waiting.id); assert.equal(state(done), 'TASK_STATE_COMPLETED'); assert.match(text(done), /yes/); });
  }
  console.log(`${checks} checks passed`);
} catch (failed) {
  console.error(failed);
  process.exitCode = 1;
} finally {
  for (const server of servers) server.kill('SIGINT');
  rmSync(scratch, { recursive: true, force: true });
}
