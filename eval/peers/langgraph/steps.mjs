// Runs LangGraph.js's prebuilt tool-calling agent with a model that knows its lines, and says how long a step takes.
// A step is one model call and one tool call. One request a line on standard input: SAVER STEPS, where SAVER is
// none, memory or sqlite; one line of JSON for each on standard output.
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { MemorySaver } from "@langchain/langgraph";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

class ScriptedModel extends BaseChatModel {
  constructor(calls) {
    super({});
    this.calls = calls;
  }
  _llmType() {
    return "scripted";
  }
  bindTools() {
    return this;
  }
  async _generate(messages) {
    const turn = Math.floor(messages.length / 2);
    const message = turn < this.calls
      ? new AIMessage({ content: "", tool_calls: [{ id: `call${turn}`, name: "look", args: { step: turn }, type: "tool_call" }] })
      : new AIMessage("done");
    return { generations: [{ text: "", message }] };
  }
}

const observed = "observed " + "x".repeat(90);
const look = tool(async () => observed, { name: "look", description: "Looks.", schema: z.object({ step: z.number() }) });

async function run(saver, steps) {
  const folder = mkdtempSync(join(tmpdir(), "hub-peer-"));
  const path = join(folder, "checkpoints.sqlite");
  const checkpointer = saver === "sqlite" ? SqliteSaver.fromConnString(path) : saver === "memory" ? new MemorySaver() : undefined;
  const agent = createReactAgent({ llm: new ScriptedModel(steps), tools: [look], checkpointer });
  const began = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const result = await agent.invoke({ messages: [new HumanMessage("?")] }, { recursionLimit: 2 * steps + 10, configurable: { thread_id: "1" } });
  const microseconds = Number(process.hrtime.bigint() - began) / 1000;
  const used = process.cpuUsage(cpu);
  if (result.messages.length !== 2 * steps + 2) throw new Error(`${result.messages.length} messages after ${steps} steps`);
  let bytes = 0;
  if (saver === "sqlite") {
    checkpointer.db.pragma("wal_checkpoint(TRUNCATE)");
    bytes = statSync(path).size;
    checkpointer.db.close();
  }
  rmSync(folder, { recursive: true });
  return { microseconds: microseconds / steps, cpu: (used.user + used.system) / steps, bytes: bytes / steps };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [saver, steps] = line.trim().split(" ");
  console.log(JSON.stringify(await run(saver, Number(steps))));
}
