// The official OpenAI client against a running hub: node check.mjs URL [KEY]
// The hub serves hub.yml of this folder: the model "hub-nano", a scripted model "echo", and a ReAct agent over hub-nano.
import OpenAI from "openai";
import assert from "node:assert/strict";

const [url, key = "local"] = process.argv.slice(2);
if (!url) throw new Error("usage: node check.mjs http://localhost:PORT [KEY]");
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0, timeout: 120_000 });
const messages = [{ role: "user", content: "What is 14 times 27?" }];
const tools = [{
  type: "function",
  function: {
    name: "multiply", description: "Multiplies two numbers.",
    parameters: { type: "object", properties: { a: { type: "number" }, b: { type: "number" } }, required: ["a", "b"] },
  },
}];
const checks = {
  async "models: listed and found by name"() {
    const ids = (await client.models.list()).data.map((m) => m.id);
    for (const id of ["hub", "hub-nano", "hub/react", "echo"]) assert.ok(ids.includes(id), `${id} is not among ${ids}`);
    assert.equal((await client.models.retrieve("hub/react")).id, "hub/react");
  },
  async "chat: the scripted answer, whole"() {
    const answer = await client.chat.completions.create({ model: "echo", messages });
    assert.equal(answer.choices[0].message.content, "The answer is 378.");
    assert.equal(answer.choices[0].finish_reason, "stop");
    assert.match(answer.id, /^chatcmpl-/);
  },
  async "chat: an agent with tools of its own"() {
    const answer = await client.chat.completions.create({ model: "hub/react", messages });
    assert.match(answer.choices[0].message.content, /378/);
    assert.ok(answer.usage.prompt_tokens > 50 && answer.usage.total_tokens === answer.usage.prompt_tokens + answer.usage.completion_tokens);
  },
  async "chat: streamed, with usage at the end"() {
    const stream = await client.chat.completions.create({ model: "hub/react", messages, stream: true, stream_options: { include_usage: true } });
    let text = "", usage, finish;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? "";
      finish = chunk.choices[0]?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
    assert.match(text, /378/);
    assert.equal(finish, "stop");
    assert.ok(usage.total_tokens > 50);
  },
  async "chat: streamed through the client's own helper"() {
    const final = await client.chat.completions.stream({ model: "echo", messages }).finalChatCompletion();
    assert.equal(final.choices[0].message.content, "The answer is 378.");
  },
  async "chat: tools of the caller, required and by name, and the result given back"() {
    for (const tool_choice of ["required", { type: "function", function: { name: "multiply" } }]) {
      const asked = await client.chat.completions.create({ model: "hub-nano", messages, tools, tool_choice, parallel_tool_calls: false });
      assert.equal(asked.choices[0].finish_reason, "tool_calls");
      assert.equal(asked.choices[0].message.tool_calls.length, 1);
      const call = asked.choices[0].message.tool_calls[0];
      assert.equal(call.function.name, "multiply");
      const { a, b } = JSON.parse(call.function.arguments);
      assert.equal(a * b, 378);
      const told = await client.chat.completions.create({ model: "hub-nano", tools, messages: [...messages, asked.choices[0].message, { role: "tool", tool_call_id: call.id, content: "378" }] });
      assert.match(told.choices[0].message.content, /378/);
    }
    const none = await client.chat.completions.create({ model: "hub-nano", messages, tools, tool_choice: "none" });
    assert.equal(none.choices[0].message.tool_calls, undefined);
  },
  async "chat: tools streamed"() {
    const stream = client.chat.completions.stream({ model: "hub-nano", messages, tools, tool_choice: "required", parallel_tool_calls: false });
    const final = await stream.finalChatCompletion();
    assert.equal(final.choices[0].message.tool_calls[0].function.name, "multiply");
  },
  async "chat: the client's own loop over tools"() {
    const runner = client.chat.completions.runTools({
      model: "hub-nano", messages,
      tools: [{ type: "function", function: { ...tools[0].function, parse: JSON.parse, function: ({ a, b }) => String(a * b) } }],
    });
    assert.match(await runner.finalContent(), /378/);
  },
  async "chat: log-probabilities"() {
    const { choices: [choice] } = await client.chat.completions.create({ model: "hub-nano", messages, logprobs: true, top_logprobs: 3 });
    assert.equal(choice.logprobs.content.map((t) => t.token).join(""), choice.message.content);
    for (const token of choice.logprobs.content) {
      assert.equal(token.top_logprobs.length, 3);
      assert.equal(token.top_logprobs[0].logprob, token.logprob); // greedy
    }
  },
  async "chat: n, seed, stop, a schema"() {
    const several = await client.chat.completions.create({ model: "hub-nano", messages, n: 3, seed: 5, temperature: 1 });
    assert.deepEqual(several.choices.map((c) => c.index), [0, 1, 2]);
    const stopped = await client.chat.completions.create({ model: "hub-nano", messages, stop: ["a", "e", "i", "o"] });
    assert.ok(!/[aeio]/.test(stopped.choices[0].message.content));
    const formed = await client.chat.completions.create({
      model: "json", messages, response_format: { type: "json_schema", json_schema: { name: "n", schema: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] } } },
    });
    assert.deepEqual(JSON.parse(formed.choices[0].message.content), { n: 378 });
  },
  async "completions: echo, log-probabilities, batches of tokens, in order"() {
    const { tokens } = await (await fetch(`${url}/tokenize`, { method: "POST", headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` }, body: JSON.stringify({ prompt: "Thought: I need" }) })).json();
    const answer = await client.completions.create({ model: "hub-nano", prompt: [tokens, tokens.slice(0, 2), tokens], max_tokens: 1, temperature: 0, logprobs: 1, echo: true, seed: 1234 });
    assert.deepEqual(answer.choices.map((c) => c.index), [0, 1, 2]);
    assert.deepEqual(answer.choices.map((c) => c.logprobs.tokens.length), [tokens.length + 1, 3, tokens.length + 1]);
    assert.equal(answer.choices[0].logprobs.token_logprobs[0], null);
    for (const { logprobs } of answer.choices) assert.equal(logprobs.token_logprobs.at(-1), Math.max(...Object.values(logprobs.top_logprobs.at(-1))));
    const scored = await client.completions.create({ model: "hub-nano", prompt: "Thought: I need", max_tokens: 0, logprobs: 0, echo: true });
    assert.equal(scored.choices[0].text, "Thought: I need");
    assert.equal(scored.usage.completion_tokens, 0);
  },
  async "completions: streamed"() {
    let text = "";
    for await (const part of await client.completions.create({ model: "hub-nano", prompt: "Thought: I need", max_tokens: 12, stream: true })) text += part.choices[0].text;
    const whole = await client.completions.create({ model: "hub-nano", prompt: "Thought: I need", max_tokens: 12 });
    assert.equal(text, whole.choices[0].text);
  },
  async "embeddings: as the client asks for them (base64) and as numbers"() {
    const input = ["Bea is tall.", "Ada is old.", "Bea is tall."];
    const packed = await client.embeddings.create({ model: "hub-nano", input });
    const plain = await client.embeddings.create({ model: "hub-nano", input, encoding_format: "float" });
    assert.deepEqual(packed.data.map((d) => Array.from(d.embedding)), plain.data.map((d) => d.embedding.map(Math.fround)));
    assert.deepEqual(plain.data[0].embedding, plain.data[2].embedding);
    assert.ok(Math.abs(plain.data[1].embedding.reduce((sum, x) => sum + x * x, 0) - 1) < 1e-5);
  },
  async "responses: made, gone on from, read, listed, deleted"() {
    const first = await client.responses.create({ model: "echo", input: "Hello", instructions: "Be kind.", metadata: { k: "v" } });
    assert.equal(first.output_text, "The answer is 378.");
    const second = await client.responses.create({ model: "echo", input: "And?", previous_response_id: first.id });
    const items = await client.responses.inputItems.list(second.id, { order: "asc" });
    assert.deepEqual(items.data.map((i) => i.content[0].text), ["Hello", "The answer is 378.", "And?"]);
    assert.deepEqual((await client.responses.retrieve(first.id)).metadata, { k: "v" });
    await client.responses.delete(first.id);
    await assert.rejects(client.responses.retrieve(first.id), (e) => e instanceof OpenAI.NotFoundError && e.code === "response_not_found");
  },
  async "responses: streamed, with numbered events"() {
    const stream = client.responses.stream({ model: "hub/react", input: messages });
    const numbers = [];
    for await (const event of stream) numbers.push(event.sequence_number);
    assert.deepEqual(numbers, numbers.map((_, i) => i));
    assert.match((await stream.finalResponse()).output_text, /378/);
  },
  async "responses: a function, its call and its output"() {
    const [{ function: flat }] = tools;
    const asked = await client.responses.create({ model: "hub-nano", input: messages, tools: [{ type: "function", strict: false, ...flat }], tool_choice: "required", parallel_tool_calls: false });
    const call = asked.output.find((i) => i.type === "function_call");
    const { a, b } = JSON.parse(call.arguments);
    assert.equal(a * b, 378);
    const told = await client.responses.create({ model: "hub-nano", previous_response_id: asked.id, tools: [{ type: "function", strict: false, ...flat }], input: [{ type: "function_call_output", call_id: call.call_id, output: "378" }] });
    assert.match(told.output_text, /378/);
  },
  async "conversations: made, added to by a response, deleted"() {
    const conversation = await client.conversations.create({ items: [{ type: "message", role: "user", content: "before" }] });
    await client.responses.create({ model: "echo", input: "now", conversation: conversation.id });
    const items = await client.conversations.items.list(conversation.id, { order: "asc" });
    assert.deepEqual(items.data.map((i) => i.content[0].text), ["before", "now", "The answer is 378."]);
    assert.ok((await client.conversations.delete(conversation.id)).deleted);
  },
  async "errors: the client's own classes"() {
    await assert.rejects(client.chat.completions.create({ model: "none", messages }), (e) => e instanceof OpenAI.BadRequestError && e.param === "model" && e.code === "model_not_found");
    await assert.rejects(client.chat.completions.create({ model: "echo", messages: [] }), (e) => e instanceof OpenAI.UnprocessableEntityError && e.param === "messages");
    await assert.rejects(client.models.retrieve("none"), (e) => e instanceof OpenAI.NotFoundError);
    await assert.rejects(client.completions.create({ model: "hub-nano", prompt: "x".repeat(20_000) }), (e) => e instanceof OpenAI.BadRequestError && e.code === "context_length_exceeded");
    const { response } = await client.models.list().withResponse();
    assert.ok(response.headers.get("x-request-id"));
    await assert.rejects(new OpenAI({ baseURL: `${url}/v1`, apiKey: "wrong", maxRetries: 0 }).models.list(), (e) => e instanceof OpenAI.AuthenticationError && e.code === "invalid_api_key");
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n      ${String(error?.stack ?? error).split("\n").slice(0, 12).join("\n      ")}`);
  }
}
console.log(`${Object.keys(checks).length - failed} of ${Object.keys(checks).length} checks passed`);
process.exit(failed ? 1 : 0);
