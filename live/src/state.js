// What the page shows: the changes that make your plan and the base of the scenario, and the edited scenario if there is one. It stands
// in the address as readable differences: #v=1&power=30MW&base.power=60MW

const state = {base: new Map(), yours: new Map(), text: null};
const past = [];
let present = 0;

/** "30 MW" as "30MW", and back. */
const packed = (value) => encodeURIComponent(value.replace(/^([-+.\de]+) (?=[A-Za-z%])/, '$1')).replace(/%20/g, '+').replace(/%2F/g, '/');
const unpacked = (value) => decodeURIComponent(value.replace(/\+/g, ' ')).replace(/^([-+]?[\d.]+(?:e[-+]?\d+)?)(?=[A-Za-z%])/, '$1 ');

/** The changes by the short keys of the controls, and by whole paths for everything else. */
function toFragment(controls) {
  const parts = ['v=1'];
  for (const [prefix, changes] of [['', state.yours], ['base.', state.base]]) {
    const rest = new Map(changes);
    for (const control of controls) {
      const value = rest.get(control.paths[0]);
      if (value === undefined || !control.paths.every((path) => rest.get(path) === value)) continue;
      control.paths.forEach((path) => rest.delete(path));
      parts.push(prefix + control.key + '=' + packed(value));
    }
    for (const [path, value] of rest) parts.push(prefix + encodeURIComponent(path) + '=' + packed(value));
  }
  if (state.text !== null) parts.push('text=' + encodeURIComponent(state.text));
  return '#' + parts.join('&');
}

/** Takes a fragment; what it does not know is said and left out. `pathsOf` gives the paths that a name can mean with a value. */
function fromFragment(fragment, controls, pathsOf) {
  const unknown = [];
  state.base.clear();
  state.yours.clear();
  state.text = null;
  for (const part of fragment.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    try {
      const key = decodeURIComponent(part.slice(0, at));
      if (key === 'v') continue;
      if (key === 'text') {
        state.text = decodeURIComponent(part.slice(at + 1));
        continue;
      }
      const changes = key.startsWith('base.') ? state.base : state.yours;
      const name = key.replace(/^base\./, '');
      const control = controls.find((each) => each.key === name);
      const value = unpacked(part.slice(at + 1));
      const paths = control ? control.paths : pathsOf(name, value);
      paths.forEach((path) => changes.set(path, value));
      if (paths.length === 0) unknown.push(key);
    } catch {
      unknown.push(part.slice(0, 40));
    }
  }
  return unknown;
}

/** Notes where the reader has come, for undo. */
function note(fragment) {
  if (past[present] === fragment) return;
  past.splice(present + 1);
  past.push(fragment);
  present = past.length - 1;
}
