// Evaluates the GGUF models of a folder with llama.cpp and writes one golden file for each: greedy tokens, margins and logits.
// Usage: node evaluate.mjs MODELS GOLDENS
import {createHash} from "node:crypto";
import {readdir, readFile, writeFile} from "node:fs/promises";
import path from "node:path";
import {getLlama, GgmlType} from "node-llama-cpp";

const promptTokens = 32;
const greedyTokens = 200;
const storedPositions = [0, 1, 7, 31, 63, 127, 231]; // after the first token, inside the prompt, at its end, while decoding

/** Tokens of the prompt; any would do, but both engines must get the same: they stand in the golden. */
const promptToken = (index, vocabulary) => (index * index * 31 + index * 17 + 5) % vocabulary;

/** Feeds tokens and returns the raw logits after each of them, by token id. */
async function feed(sequence, tokens, vocabulary) {
    const input = tokens.map((token) => [token, {generateNext: {logits: true, options: {temperature: 0}}}]);
    const output = await sequence.controlledEvaluate(input);
    return output.map((result) => {
        const logits = result.next.logits;
        if (logits.size !== vocabulary)
            throw new Error(`llama.cpp returned ${logits.size} logits; ${vocabulary} were needed.`);
        return Float32Array.from({length: vocabulary}, (_, token) => logits.get(token));
    });
}

function topTwo(logits) {
    let best = 0;
    for (let token = 1; token < logits.length; token++)
        if (logits[token] > logits[best]) best = token;
    let margin = Infinity;
    for (let token = 0; token < logits.length; token++)
        if (token !== best) margin = Math.min(margin, logits[best] - logits[token]);
    return {best, margin};
}

async function evaluate(llama, file) {
    const model = await llama.loadModel({modelPath: file, gpuLayers: 0, useMmap: true});
    const vocabulary = Number(model.fileInfo.metadata.llama.vocab_size);
    // The key-value cache in F32: its default, F16, would be the largest difference between the engines.
    const context = await model.createContext({
        contextSize: 512, sequences: 1, flashAttention: false, threads: 1,
        experimentalKvCacheKeyType: GgmlType.F32, experimentalKvCacheValueType: GgmlType.F32
    });
    const sequence = context.getSequence();

    const tokens = Array.from({length: promptTokens}, (_, index) => promptToken(index, vocabulary));
    const rows = await feed(sequence, tokens, vocabulary);
    const margins = [];
    for (let step = 0; step < greedyTokens; step++) {
        const {best, margin} = topTwo(rows.at(-1));
        margins.push(margin);
        tokens.push(best);
        rows.push(...await feed(sequence, [best], vocabulary));
    }

    await model.dispose();
    return {tokens, margins, logits: Object.fromEntries(storedPositions.map((at) => [at, [...rows[at]]]))};
}

/** JSON with numbers as the shortest text that reads back as the same 32-bit float. */
function shortest(value) {
    for (let digits = 6; digits <= 9; digits++) {
        const text = value.toPrecision(digits);
        if (Math.fround(Number(text)) === value) return Number(text);
    }
    return value;
}

const [models, goldens] = process.argv.slice(2);
if (!models || !goldens)
    throw new Error("Two folders are needed: node evaluate.mjs MODELS GOLDENS");
const version = JSON.parse(await readFile(new URL("./package.json", import.meta.url))).dependencies["node-llama-cpp"];
const llama = await getLlama({gpu: false, build: "never"});
for (const name of (await readdir(models)).filter((name) => name.endsWith(".gguf")).sort()) {
    const file = path.resolve(models, name);
    const {tokens, margins, logits} = await evaluate(llama, file);
    const golden = {
        peer: `node-llama-cpp ${version}, llama.cpp ${llama.llamaCppRelease.release}`,
        modelSha256: createHash("sha256").update(await readFile(file)).digest("hex"),
        promptTokens, tokens,
        margins: margins.map((margin) => shortest(Math.fround(margin))),
        logits: Object.fromEntries(Object.entries(logits).map(([at, row]) => [at, row.map(shortest)]))
    };
    const target = path.join(goldens, name.replace(/\.gguf$/, ".json"));
    await writeFile(target, JSON.stringify(golden).replaceAll(/("(?:modelSha256|promptTokens|tokens|margins|logits|\d+)":)/g, "\n$1") + "\n");
    console.log(`${target}: ${tokens.length} tokens, smallest margin ${Math.min(...margins).toPrecision(3)}`);
}

await llama.dispose();
