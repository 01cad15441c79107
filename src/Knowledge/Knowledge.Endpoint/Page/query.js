// The query part of a page: asks the endpoint that serves it, and shows the answer as a table, a graph and text.
const $ = id => document.getElementById(id);
const maxRows = 1000, maxEdges = 400;
const xsd = 'http://www.w3.org/2001/XMLSchema#';
const keywords = ('SELECT ASK CONSTRUCT DESCRIBE WHERE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES SERVICE DISTINCT REDUCED FROM NAMED PREFIX BASE GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET EXISTS NOT IN AS '
  + 'COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY '
  + 'HOURS NOW IF COALESCE SAMETERM ISIRI ISBLANK ISLITERAL ISNUMERIC REGEX REPLACE SUBSTR INSERT DELETE DATA WITH USING CLEAR DROP CREATE LOAD COPY MOVE ADD').split(' ');
const wellKnown = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#', rdfs: 'http://www.w3.org/2000/01/rdf-schema#', owl: 'http://www.w3.org/2002/07/owl#', xsd,
  skos: 'http://www.w3.org/2004/02/skos/core#', foaf: 'http://xmlns.com/foaf/0.1/', dcterms: 'http://purl.org/dc/terms/', sh: 'http://www.w3.org/ns/shacl#',
};
let vocabulary = { prefixes: {}, predicates: [], classes: [], quads: 0 };
let graph = null, answer = null;
// Where the endpoint is, from the page; a page that asks for its key itself says so here.
const base = document.querySelector('.sparql').dataset.base ?? '';

function headers(more) {
  const key = sessionStorage.getItem('key');
  return key ? { ...more, Authorization: `Bearer ${key}` } : more;
}

// The shortest prefixed name, or the IRI. Names that everybody knows are for reading: a query has to declare them.
function short(iri, prefixes = { ...wellKnown, ...vocabulary.prefixes }) {
  let best = null;
  for (const [prefix, start] of Object.entries(prefixes))
    if (start && iri.startsWith(start) && /^[\w-]*$/.test(iri.slice(start.length)) && (best === null || prefix.length + iri.length - start.length + 1 < best.length))
      best = `${prefix}:${iri.slice(start.length)}`;
  return best ?? iri;
}

function words(term) {
  if (!term) return '';
  if (term.type === 'uri') return short(term.value);
  if (term.type === 'bnode') return `_:${term.value}`;
  if (term.type === 'triple') return `<<( ${words(term.value.subject)} ${words(term.value.predicate)} ${words(term.value.object)} )>>`;
  return term.value;
}

function key(term) { return term.type === 'literal' ? `"${term.value}"${term['xml:lang'] ?? ''}^${term.datatype ?? ''}` : `${term.type} ${words(term)}`; }

// [from, options] for the word before the cursor.
function complete(before, isExplicit) {
  const word = /(\?[\w]*|[\w-]*:[\w-]*|[A-Za-z_]+)?$/.exec(before)[0] ?? '';
  if (!word && !isExplicit) return null;
  const options = [], named = iri => short(iri, vocabulary.prefixes);
  if (word.startsWith('?')) {
    for (const name of new Set(before.slice(0, -word.length || undefined).match(/\?\w+/g) ?? [])) options.push({ label: name, type: 'variable' });
  } else {
    for (const { iri, count } of vocabulary.predicates) if (named(iri) !== iri) options.push({ label: named(iri), detail: count.toLocaleString(), type: 'property', boost: 1 });
    for (const { iri, count } of vocabulary.classes) if (named(iri) !== iri) options.push({ label: named(iri), detail: `class, ${count.toLocaleString()}`, type: 'class' });
    for (const prefix of Object.keys(vocabulary.prefixes)) options.push({ label: `${prefix}:`, type: 'namespace' });
    if (!word.includes(':')) for (const keyword of keywords) options.push({ label: keyword, type: 'keyword' });
  }
  return options.length ? { from: before.length - word.length, options, validFor: /^[\w:?-]*$/ } : null;
}

function isUpdate(text) {
  const plain = text.replace(/<[^>\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, ' ').replace(/#.*/g, ' ').replace(/(?:PREFIX\s+\S*|BASE|VERSION)\s+/gi, ' ');
  return /^\s*(INSERT|DELETE|WITH|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD)\b/i.test(plain);
}

async function ask(text) {
  const times = new URLSearchParams();
  for (const time of ['valid', 'known']) if ($(time).value) times.set(time, $(time).value);
  const update = isUpdate(text);
  return fetch(`${base}sparql?${times}`, {
    method: 'POST', body: text,
    headers: headers({
      'Content-Type': update ? 'application/sparql-update' : 'application/sparql-query',
      Accept: update ? '*/*' : 'application/sparql-results+json, application/n-triples;q=0.9',
    }),
  });
}

async function run() {
  const text = editor.text(), started = performance.now();
  $('run').disabled = true;
  $('status').textContent = 'Running…';
  try {
    const response = await ask(text);
    const body = await response.text();
    if (response.status === 401) return signIn(body);
    if (!response.ok) return wrong(body || `The endpoint answers ${response.status}.`);
    answer = read(response.headers.get('Content-Type') ?? '', body);
    if (answer.isUpdate) await learn();
    show(answer, performance.now() - started);
  } catch (failure) {
    wrong(`The endpoint cannot be reached: ${failure.message}`);
  } finally {
    $('run').disabled = false;
  }
}

function read(type, body) {
  if (!body) return { isUpdate: true, columns: [], rows: [], text: '' };
  if (type.startsWith('application/sparql-results+json')) {
    const json = JSON.parse(body);
    if (typeof json.boolean === 'boolean') return { boolean: json.boolean, columns: [], rows: [], text: body };
    return { columns: json.head.vars, rows: json.results.bindings, text: JSON.stringify(json, null, 1) };
  }
  return { isTriples: true, columns: ['subject', 'predicate', 'object'], rows: body.split('\n').map(triple).filter(Boolean), text: body };
}

// A line of N-Triples.
function triple(line) {
  const parts = /^(<[^>]*>|_:\S+) (<[^>]*>) (.*) \.$/.exec(line);
  return parts && { subject: term(parts[1]), predicate: term(parts[2]), object: term(parts[3]) };
}

function term(text) {
  if (text.startsWith('<') && !text.startsWith('<<')) return { type: 'uri', value: text.slice(1, -1) };
  if (text.startsWith('_:')) return { type: 'bnode', value: text.slice(2) };
  const literal = /^("(?:[^"\\]|\\.)*")(?:@([\w-]+)|\^\^<(.*)>)?$/.exec(text);
  return literal ? { type: 'literal', value: JSON.parse(literal[1].replace(/\\U(\w{8})/g, (_, code) => JSON.stringify(String.fromCodePoint(parseInt(code, 16))).slice(1, -1))), 'xml:lang': literal[2], datatype: literal[3] } : { type: 'literal', value: text };
}

function signIn(message) {
  if (base) return location.reload();
  $('sign-in').hidden = false;
  $('status').textContent = '';
  wrong(message);
  $('key').focus();
}

function wrong(message) {
  answer = null;
  $('status').textContent = 'Not answered';
  const box = document.createElement('p');
  box.className = 'wrong';
  box.textContent = message;
  $('pane-table').replaceChildren(box);
  $('text').textContent = message;
  choose('table');
  const place = /Line (\d+), column (\d+)/.exec(message);
  if (place) editor.go(Number(place[1]), Number(place[2]));
}

function show(result, time) {
  const count = result.rows.length;
  const what = result.isUpdate ? 'Done' : result.boolean !== undefined ? (result.boolean ? 'Yes' : 'No') : `${count.toLocaleString()} ${result.isTriples ? 'triple' : 'solution'}${count === 1 ? '' : 's'}`;
  $('status').textContent = `${what}, ${Math.round(time).toLocaleString()} ms`;
  $('text').textContent = result.text || what;
  if (count === 0) {
    const box = document.createElement('p');
    box.className = 'empty';
    box.textContent = result.isUpdate ? 'The update is done.' : result.boolean !== undefined ? (result.boolean ? 'Yes: the pattern has a solution.' : 'No: the pattern has no solution.') : 'Nothing matches the pattern.';
    $('pane-table').replaceChildren(box);
  } else {
    $('pane-table').replaceChildren(table(result));
  }
  if (!$('pane-graph').hidden) draw();
}

function table(result) {
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const column of result.columns) head.append(Object.assign(document.createElement('th'), { scope: 'col', textContent: result.isTriples ? column : `?${column}` }));
  const body = table.createTBody();
  for (const row of result.rows.slice(0, maxRows)) {
    const line = body.insertRow();
    for (const column of result.columns) line.insertCell().append(...cell(row[column]));
  }
  if (result.rows.length <= maxRows) return table;
  const note = Object.assign(document.createElement('p'), { className: 'empty', textContent: `The first ${maxRows.toLocaleString()} rows are shown; the text has all.` });
  const both = document.createElement('div');
  both.append(table, note);
  return both;
}

function cell(term) {
  if (!term) return [];
  if (term.type === 'uri') {
    const button = Object.assign(document.createElement('button'), { className: 'iri', type: 'button', textContent: short(term.value), title: `Describe ${term.value}` });
    button.addEventListener('click', () => { editor.set(`DESCRIBE <${term.value}>`); run(); });
    return [button];
  }
  const text = document.createElement('span');
  text.textContent = words(term);
  if (term.datatype?.startsWith(xsd) && /(integer|decimal|double|float)$/.test(term.datatype)) text.className = 'number';
  const more = term['xml:lang'] ? ` @${term['xml:lang']}` : term.datatype && term.datatype !== `${xsd}string` && !text.className ? ` ${short(term.datatype)}` : '';
  return more ? [text, Object.assign(document.createElement('small'), { textContent: more })] : [text];
}

// Rows of three whose middle is an IRI are triples; of others each term is linked with the next.
function links(result) {
  const found = [];
  for (const row of result.rows) {
    const terms = result.columns.map(c => row[c]);
    if (terms.length === 3 && terms[1]?.type === 'uri' && terms[0] && terms[2]) found.push([terms[0], short(terms[1].value), terms[2]]);
    else for (let i = 0; i + 1 < terms.length; i++) if (terms[i] && terms[i + 1]) found.push([terms[i], result.columns[i + 1], terms[i + 1]]);
    if (terms.length === 1 && terms[0]) found.push([terms[0]]);
  }
  return found;
}

function draw() {
  graph?.destroy();
  graph = null;
  const all = answer ? links(answer) : [];
  const shown = all.slice(0, maxEdges);
  $('graph').hidden = shown.length === 0;
  $('graph-note').textContent = shown.length === 0 ? 'There is nothing to draw.' : shown.length < all.length ? `The first ${maxEdges} of ${all.length.toLocaleString()} links are drawn.` : `${all.length} link${all.length === 1 ? '' : 's'}`;
  if (shown.length === 0) return;
  const nodes = new Map(), edges = [];
  const node = term => { const id = key(term); nodes.set(id, { data: { id, label: words(term).slice(0, 40), kind: term.type } }); return id; };
  for (const [from, label, to] of shown) {
    const source = node(from);
    if (to) edges.push({ data: { id: `e${edges.length}`, source, target: node(to), label } });
  }
  const style = getComputedStyle(document.querySelector('.sparql')), colour = name => style.getPropertyValue(name).trim();
  $('graph').setAttribute('aria-label', `${nodes.size} nodes, ${edges.length} links`);
  graph = cytoscape({
    container: $('graph'), elements: [...nodes.values(), ...edges], layout: { name: 'cose', animate: false, padding: 20 }, maxZoom: 1.5,
    style: [
      { selector: 'node', style: { label: 'data(label)', 'font-size': 11, color: colour('--ink'), 'background-color': colour('--accent'), width: 18, height: 18, 'text-valign': 'bottom', 'text-margin-y': 3 } },
      { selector: 'node[kind = "literal"]', style: { shape: 'round-rectangle', 'background-color': colour('--string') } },
      { selector: 'node[kind = "bnode"]', style: { 'background-color': colour('--soft') } },
      { selector: 'edge', style: { label: 'data(label)', 'font-size': 9, color: colour('--soft'), width: 1.2, 'line-color': colour('--line-strong'), 'target-arrow-color': colour('--line-strong'), 'target-arrow-shape': 'triangle', 'curve-style': 'bezier', 'text-rotation': 'autorotate' } },
    ],
  });
}

function choose(name) {
  for (const other of ['table', 'graph', 'text']) {
    $(`tab-${other}`).setAttribute('aria-selected', String(other === name));
    $(`tab-${other}`).tabIndex = other === name ? 0 : -1;
    $(`pane-${other}`).hidden = other !== name;
  }
  if (name === 'graph') draw();
}

async function learn() {
  try {
    const response = await fetch(`${base}vocabulary`, { headers: headers({}) });
    if (response.status === 401) return base ? location.reload() : void ($('sign-in').hidden = false);
    vocabulary = await response.json();
  } catch { return void ($('about').textContent = 'The endpoint cannot be reached.'); }
  $('about').textContent = vocabulary.quads === 0 ? 'The store is empty: INSERT DATA, or load a file.' : `${vocabulary.quads.toLocaleString()} quads, ${vocabulary.predicates.length.toLocaleString()} predicates`;
  const examples = [['First triples', 'SELECT * { ?s ?p ?o } LIMIT 50'], ['Predicates by use', 'SELECT ?p (COUNT(*) AS ?uses) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?uses) LIMIT 100'],
    ['Classes', 'SELECT ?class (COUNT(*) AS ?members) { ?s a ?class } GROUP BY ?class ORDER BY DESC(?members) LIMIT 100'], ['Words in literals', 'PREFIX text: <urn:knowledge:text#>\nSELECT ?s ?p ?literal ?score {\n  (?literal ?score) text:search ("words" 20) .\n  ?s ?p ?literal\n} ORDER BY DESC(?score)']];
  $('examples').replaceChildren(new Option('Choose…', ''), ...examples.map(([name, text]) => new Option(name, text)));
}

const editor = SparqlEditor.create($('editor'), { doc: new URLSearchParams(location.search).get('query') ?? 'SELECT * {\n  ?s ?p ?o\n} LIMIT 50\n', label: 'Query', complete, run });
$('run').addEventListener('click', run);
$('examples').addEventListener('change', event => { if (event.target.value) { editor.set(event.target.value); editor.focus(); } });
$('sign-in').addEventListener('submit', async event => {
  event.preventDefault();
  sessionStorage.setItem('key', $('key').value);
  $('sign-in').hidden = true;
  await learn();
  run();
});
new MutationObserver(() => { if (!$('pane-graph').hidden) draw(); }).observe(document.documentElement, { attributeFilter: ['data-theme'] });
const tabs = ['table', 'graph', 'text'];
for (const name of tabs) {
  $(`tab-${name}`).addEventListener('click', () => choose(name));
  $(`tab-${name}`).addEventListener('keydown', event => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!by) return;
    const next = tabs[(tabs.indexOf(name) + by + tabs.length) % tabs.length];
    choose(next);
    $(`tab-${next}`).focus();
  });
}
learn();
