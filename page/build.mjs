// node build.mjs NODE_MODULES_FOLDER OUTPUT
//
// Bundles src/main.js with Vega-Lite into one script for the page, and says its SHA-256 as a content security policy wants it.
// Writes OUTPUT/page_script.cpp, in pieces that are no longer than compilers must take, and with their lengths, since clang
// does not count that far in constant expressions.

import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join, resolve} from 'node:path';

const MOST_BYTES = 1_000_000;  // a page has 1.5 MB for everything
const PIECE = 16_000;  // a compiler must take 65,536 characters
const [modules, output] = process.argv.slice(2).map((path) => resolve(path));
const {build} = createRequire(join(modules, 'x.js'))('esbuild');

const bundled = await build({
  entryPoints: [join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'src/main.js')],
  bundle: true,
  minify: true,
  write: false,
  charset: 'ascii',  // nothing depends on how the page is read
  format: 'iife',
  target: 'es2022',
  legalComments: 'none',
  nodePaths: [modules],
  logLevel: 'warning',
  metafile: true,
});

/** The notices of every package in the bundle, equal ones once: they ask to go along. */
function notices() {
  const texts = new Map();
  for (const input of Object.keys(bundled.metafile.inputs)) {
    const found = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(resolve(input));
    if (!found) continue;
    const [, folder, name] = found;
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no licence`);
    const text = readFileSync(join(folder, file), 'utf8').trim().replace(/\r/g, '').replace(/[^\n\x20-\x7e]/g, '?');
    texts.set(text, (texts.get(text) ?? new Set()).add(name));
  }
  const parts = [...texts].map(([text, names]) => `${[...names].sort().join(', ')}:\n\n${text}`).sort();
  return '/*\n' + parts.join('\n\n').replaceAll('*/', '* /') + '\n*/\n';
}

const script = notices() + bundled.outputFiles[0].text;
if (/<\/script|<!--/i.test(script)) throw new Error('the script would close its own element');
if (script.length > MOST_BYTES) throw new Error(`the script has ${script.length} bytes, more than ${MOST_BYTES}`);
if (!/^[\t\n\x20-\x7e]*$/.test(script)) throw new Error('the script has characters that a C++ source may not have');
const sha256 = createHash('sha256').update(script).digest('base64');
const pieces = script.match(new RegExp(`[^]{1,${PIECE}}`, 'g')).map((piece) => `    {R"~page~(${piece})~page~", ${piece.length}},\n`);
if (pieces.some((piece) => piece.split(')~page~"').length !== 2)) throw new Error('the script holds the end of a raw string');
mkdirSync(output, {recursive: true});
// Under its name only when it is whole.
const unfinished = join(output, `unfinished-${process.pid}`);
writeFileSync(unfinished, `#include <array>

#include "sim/output/page/page_script.hpp"

namespace fleetrace::output::page {
namespace {

constexpr std::array<std::string_view, ${pieces.length}> kPieces{{
${pieces.join('')}}};

}  // namespace

std::span<const std::string_view> script() { return kPieces; }
std::string_view script_sha256() { return "${sha256}"; }

}  // namespace fleetrace::output::page
`);
renameSync(unfinished, join(output, 'page_script.cpp'));
