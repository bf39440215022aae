// The engine: one WebAssembly module, asked in JSON. Slot 0 has the base's scenario, slot 1 the reader's.

const BASE = 0;
const YOURS = 1;

/** The module's bytes, which stand in the page compressed and in base64. */
async function engineBytes() {
  const text = atob(document.getElementById('engine').textContent);
  const packed = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) packed[i] = text.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Starts the engine; what it gives answers requests at once. `hash` is the commit that it was built from. */
async function startEngine(bytes, hash) {
  const module = await createEngine({wasmBinary: bytes});
  const withText = (text, use) => {
    const size = module.lengthBytesUTF8(text) + 1;
    const at = module._malloc(size);
    module.stringToUTF8(text, at, size);
    try {
      return use(at);
    } finally {
      module._free(at);
    }
  };
  withText(hash, (at) => module._fleetrace_built_from(at));
  return (slot, request) => withText(JSON.stringify(request), (at) => JSON.parse(module.UTF8ToString(module._fleetrace_call(slot, at))));
}
