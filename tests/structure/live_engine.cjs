// node live_engine.cjs PAGE: the engine of a live page, run as its worker runs it. Requests come from the standard input, a line of JSON
// each; answers go to the standard output likewise.

const fs = require('fs');
const readline = require('readline');
const zlib = require('zlib');

const html = fs.readFileSync(process.argv[2], 'latin1');
const part = (id) => new RegExp(`<script[^>]* id="${id}">([^]*?)</script>`).exec(`<script ${html.slice(html.indexOf(`id="${id}"`))}`.replace('<script ', '<script x '))[1];
const bytes = zlib.gunzipSync(Buffer.from(part('engine'), 'base64'));
globalThis.onmessage = null;
const answers = [];
globalThis.postMessage = (message) => answers.shift()(message);
new Function('require', '__dirname', '__filename', part('script'))(require, __dirname, __filename);
globalThis.onmessage({data: {bytes}});

async function answer() {
  for await (const line of readline.createInterface({input: process.stdin})) {
    const message = await new Promise((resolve) => {
      answers.push(resolve);
      globalThis.onmessage({data: {ticket: 1, kind: 'test', requests: [JSON.parse(line)]}});
    });
    process.stdout.write(JSON.stringify(message.answers[0]) + '\n');
  }
}
answer();
