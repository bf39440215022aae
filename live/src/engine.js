// The engine: one WebAssembly module, asked in JSON. Slot 0 has the base's scenario, slot 1 the reader's.

const BASE = 0;
const YOURS = 1;

/** The module's bytes, which stand in the page compressed and in base64. */
async function engineBytes() {
  const packed = Uint8Array.from(atob(document.getElementById('engine').textContent.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Starts the engine; what it gives answers requests at once. */
async function startEngine(bytes) {
  const module = await createEngine({wasmBinary: bytes});
  return (slot, request) => {
    const text = JSON.stringify(request);
    const size = module.lengthBytesUTF8(text) + 1;
    const at = module._malloc(size);
    module.stringToUTF8(text, at, size);
    try {
      return JSON.parse(module.UTF8ToString(module._fleetrace_call(slot, at)));
    } finally {
      module._free(at);
    }
  };
}
