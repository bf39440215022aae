// node language_server.mjs FOLDER SCHEMA FILE...
//
// Opens every file in the YAML language server that is installed in FOLDER, with the JSON Schema, and prints what it finds
// there as [{file, line, column, message}]; lines and columns count from 1.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, schema, ...files] = process.argv.slice(2);
const program = path.join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server');
const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const settings = {
  yaml: { validate: true, schemaStore: { enable: false }, schemas: { [pathToFileURL(schema).href]: ['*.yaml'] } },
};

function send(message) {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

const answers = new Map(); // by number of the request
function request(method, params) {
  const id = answers.size + 1;
  send({ id, method, params });
  return new Promise((done) => answers.set(id, done));
}

const published = new Map(); // by URI of the file
function receive(message) {
  if (message.method === 'textDocument/publishDiagnostics') {
    published.get(message.params.uri)?.(message.params.diagnostics);
  } else if (message.method === 'workspace/configuration') {
    send({ id: message.id, result: message.params.items.map((item) => settings[item.section] ?? null) });
  } else if (message.method !== undefined && message.id !== undefined) {
    send({ id: message.id, result: null });
  } else {
    answers.get(message.id)?.(message.result);
  }
}

let unread = Buffer.alloc(0);
server.stdout.on('data', (bytes) => {
  unread = Buffer.concat([unread, bytes]);
  for (;;) {
    const head = unread.indexOf('\r\n\r\n');
    if (head < 0) return;
    const begin = head + 4;
    const end = begin + Number(/Content-Length: (\d+)/.exec(unread.subarray(0, head))[1]);
    if (unread.length < end) return;
    const message = JSON.parse(unread.subarray(begin, end));
    unread = unread.subarray(end);
    receive(message);
  }
});
server.on('exit', () => {
  console.error('the language server ended by itself');
  process.exit(1);
});

const capabilities = { workspace: { configuration: true }, textDocument: { publishDiagnostics: {} } };
await request('initialize', { processId: process.pid, rootUri: null, capabilities });
send({ method: 'initialized', params: {} });
send({ method: 'workspace/didChangeConfiguration', params: { settings } });

const findings = await Promise.all(
  files.map(async (file) => {
    const uri = pathToFileURL(path.resolve(file)).href;
    const found = new Promise((done) => published.set(uri, done));
    const text = readFileSync(file, 'utf8');
    send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } });
    return (await found).map(({ range, message }) => ({
      file,
      line: range.start.line + 1,
      column: range.start.character + 1,
      message,
    }));
  }),
);
console.log(JSON.stringify(findings.flat()));
server.removeAllListeners('exit');
server.kill();
process.exit(0);
