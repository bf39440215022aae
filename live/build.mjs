// node build.mjs ENGINE_FOLDER OUTPUT
//
// Joins the page's parts, its script and the engine into the page around a scenario, and writes OUTPUT, a C++ source that holds it in
// pieces no longer than compilers must take. The engine is compressed; the security policy names the one script and the one style
// sheet by their hashes.

import {createHash} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';

const SCRIPTS = ['engine', 'numbers', 'state', 'sentences', 'charts', 'controls', 'view', 'work', 'exports', 'drawer', 'main'];
const MOST_BYTES = 3_000_000;
const MOST_COMPRESSED = 1_200_000;
const PIECE = 16_000;  // a compiler must take 65,536 characters
const [folder, output] = process.argv.slice(2);
const source = (name) => readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'src', name), 'utf8');

const loader = readFileSync(join(folder, 'engine.js'), 'utf8');
const script = `'use strict';\n${loader}\n` + SCRIPTS.map((each) => source(each + '.js')).join('\n');
const style = source('style.css');
const engine = gzipSync(readFileSync(join(folder, 'engine.wasm')), {level: 9}).toString('base64');
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; script-src ${hash(script)} 'wasm-unsafe-eval'; style-src ${hash(style)}; worker-src blob:; ` +
  "img-src data:; base-uri 'none'; form-action 'none'";
const before = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>fleetrace live</title>
<style>${style}</style>
</head>
${source('page.html')}<script type="application/json" id="scenario">`;
const after = `</script>
<script type="text/plain" id="engine">${engine}</script>
<script id="script">${script}</script>
</body>
</html>
`;

if (/<\/script|<!--/i.test(script)) throw new Error('the script would close its own element');
for (const text of [before, after]) {
  if (!/^[\t\n\x20-\x7e]*$/.test(text)) throw new Error('the page has characters that a C++ source may not have');
}
const size = before.length + after.length;
const compressed = gzipSync(before + after, {level: 9}).length;
if (size > MOST_BYTES || compressed > MOST_COMPRESSED) throw new Error(`the page has ${size} bytes, ${compressed} compressed: too many`);
console.log(`Live page: ${size} bytes, ${compressed} compressed`);

function piecesOf(text) {
  const pieces = text.match(new RegExp(`[^]{1,${PIECE}}`, 'g'));
  if (pieces.some((piece) => piece.includes(')~page~"'))) throw new Error('the page holds the end of a raw string');
  return `${pieces.length}> {0}{{\n` + pieces.map((piece) => `    {R"~page~(${piece})~page~", ${piece.length}},\n`).join('') + '}};\n';
}
const array = (name, text) => 'constexpr std::array<std::string_view, ' + piecesOf(text).replace('{0}', name);
writeFileSync(output, `#include <array>

#include "sim/output/live/page.hpp"

namespace fleetrace::output::live {
namespace {

${array('kBefore', before)}
${array('kAfter', after)}
}  // namespace

std::span<const std::string_view> before_scenario() { return kBefore; }
std::span<const std::string_view> after_scenario() { return kAfter; }

}  // namespace fleetrace::output::live
`);
