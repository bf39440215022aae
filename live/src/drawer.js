// The scenario's text, edited in place: what is valid is raced, and what is wrong is said where it stands.

let typing = null;

/** The text with your changes in it. */
function showText() {
  const texts = page.engine(YOURS, {do: 'text', set: setOf(state.yours)});
  const text = texts.text ?? texts.resolved ?? page.original;
  if (document.activeElement !== $('text')) $('text').value = state.yours.size ? text : (state.text ?? page.original);
}

/** The offset of a line and a column, both from 1. */
function offsetOf(text, line, column) {
  let at = 0;
  for (let i = 1; i < line; ++i) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  return at + Math.max(0, column - 1);
}

function showProblems(diagnostics) {
  $('problems').innerHTML = diagnostics.map((each) => `<li><button type="button" data-line="${each.line}" data-column="${each.column}">${each.line ? `line ${each.line}, column ${each.column}: ` : ''}${escaped([each.is_warning ? 'warning' : '', each.path, each.problem].filter(Boolean).join(': '))}</button> <span class="quiet">${escaped([each.reason, each.suggestion].filter(Boolean).join('. '))}</span></li>`).join('');
  $('text').setAttribute('aria-invalid', String(diagnostics.some((each) => !each.is_warning)));
}

function takeText() {
  const text = $('text').value;
  const opened = openYours(text);
  if (opened.error) return showProblems([{line: 0, column: 0, path: '', problem: opened.error, reason: '', suggestion: ''}]);
  showProblems(opened.diagnostics ?? opened.warnings);
  if (opened.diagnostics) return;
  state.text = text === page.original ? null : text;
  state.yours.clear();
  done();
}

function listenToDrawer() {
  $('drawer').addEventListener('toggle', showText);
  $('text').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(takeText, 250);
  });
  $('problems').addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    const area = $('text');
    const at = offsetOf(area.value, Number(button.dataset.line), Number(button.dataset.column));
    area.focus();
    area.setSelectionRange(at, Math.min(area.value.length, at + 1));
  });
}
