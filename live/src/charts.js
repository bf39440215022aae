// Charts as SVG text: fast enough to be drawn anew while a control moves.

const LEFT = 54;
const RIGHT = 76;
const BOTTOM = 20;
const constraintClass = (spell) => 'b' + spell.kind;
let frozen = null;  // the axes while a control is dragged

/** Round marks between two ends. */
function linearTicks(low, high, most = 5) {
  const rough = (high - low) / most;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * size).find((each) => each >= rough * 0.999);
  const ticks = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step) ticks.push(Number(at.toPrecision(12)));
  return ticks;
}

function logTicks(low, high) {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const step = Math.max(1, Math.ceil((to - from) / 5));
  const ticks = [];
  for (let e = from; e <= to; e += step) if (10 ** e >= low * 0.999 && 10 ** e <= high * 1.001) ticks.push(10 ** e);
  return ticks;
}

function dateTicks(low, high, width) {
  const first = year(low);
  const step = Math.max(1, Math.ceil((year(high) - first) / (width / 42)));
  const ticks = [];
  for (let y = first; Date.UTC(y, 0, 1) <= high; y += step) if (Date.UTC(y, 0, 1) >= low) ticks.push(Date.UTC(y, 0, 1));
  return ticks;
}

/** The ends of an axis that holds all values; while a control is dragged they only grow. */
function domain(name, values, isLog, fromZero) {
  let low = Infinity;
  let high = -Infinity;
  for (const each of values) {
    if (each === null || !Number.isFinite(each) || (isLog && each <= 0)) continue;
    low = Math.min(low, each);
    high = Math.max(high, each);
  }
  if (!(low <= high)) [low, high] = [isLog ? 1 : 0, isLog ? 10 : 1];
  if (fromZero) low = Math.min(0, low);
  if (frozen) {
    const kept = frozen.get(name);
    if (kept) [low, high] = [Math.min(low, kept[0]), Math.max(high, kept[1])];
    frozen.set(name, [low, high]);
  }
  if (low === high) high = isLog ? low * 10 : low + (Math.abs(low) || 1);
  return isLog ? [low, high * (high / low) ** 0.04] : [low, high + (high - low) * 0.04];
}

/** Heights of labels so that none covers another. */
function apart(heights, least, top, bottom) {
  const order = heights.map((y, i) => [y, i]).sort((a, b) => a[0] - b[0]);
  for (let i = 1; i < order.length; ++i) order[i][0] = Math.max(order[i][0], order[i - 1][0] + least);
  const over = order.length ? order[order.length - 1][0] - bottom : 0;
  if (over > 0) order[order.length - 1][0] -= over;
  for (let i = order.length - 2; i >= 0; --i) order[i][0] = Math.min(order[i][0], order[i + 1][0] - least);
  const result = [];
  for (const [y, i] of order) result[i] = Math.max(top, y);
  return result;
}

/** Lines over time. `lines`: {name, index, time, values, base, steps, limit}; only lines that are not of the base have labels. */
function lineChart({name, width, height, lines, bands = [], isLog = false, fromZero = false, format}) {
  const top = 8;
  const bottom = height - BOTTOM;
  const times = lines.flatMap((each) => [each.time[0], each.time[each.time.length - 1]]);
  const [t0, t1] = [Math.min(...times), Math.max(...times)];
  const [low, high] = domain(name, [...lines.flatMap((each) => each.values), ...bands.flatMap((each) => each.low.concat(each.high))], isLog, fromZero);
  const x = (time) => LEFT + ((time - t0) / (t1 - t0)) * (width - LEFT - RIGHT);
  const scale = isLog ? Math.log : (value) => value;
  const y = (value) => bottom - ((scale(value) - scale(low)) / (scale(high) - scale(low))) * (bottom - top);
  const parts = [];
  for (const tick of isLog ? logTicks(low, high) : linearTicks(low, high)) {
    parts.push(`<line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}"/>`,
      `<text class="tick end" x="${LEFT - 5}" y="${(y(tick) + 4).toFixed(1)}">${format(tick)}</text>`);
  }
  for (const tick of dateTicks(t0, t1, width - LEFT - RIGHT))
    parts.push(`<text class="tick middle" x="${x(tick).toFixed(1)}" y="${height - 5}">${year(tick)}</text>`);
  const path = (time, values, steps) => {
    let text = '';
    for (let i = 0; i < time.length; ++i) {
      if (values[i] === null || (isLog && values[i] <= 0)) continue;
      const to = `${x(time[i]).toFixed(1)} ${y(values[i]).toFixed(1)}`;
      text += !text ? 'M' + to : steps ? `H${x(time[i]).toFixed(1)}V${y(values[i]).toFixed(1)}` : 'L' + to;
    }
    return text;
  };
  for (const band of bands) {
    const back = path([...band.time].reverse(), [...band.low].reverse(), false).replace('M', 'L');
    parts.push(`<path class="band f${band.index % 8}${band.stale ? ' stale' : ''}" d="${path(band.time, band.high, false)}${back}Z"/>`);
  }
  const dash = (index) => (index % 8 ? ` d${index % 4}` : '');
  for (const each of [...lines.filter((line) => line.base), ...lines.filter((line) => !line.base)]) {
    const kind = each.limit ? 'limit' + (each.base ? ' base' : '') : each.base ? 'base' : `s${each.index % 8}${dash(each.index)}`;
    parts.push(`<path class="line ${kind}" d="${path(each.time, each.values, each.steps)}"/>`);
  }
  const last = (each) => each.values.filter((value) => value !== null).pop() ?? low;
  const labelled = lines.filter((each) => !each.base && (!each.limit || last(each) !== low));
  const heights = apart(labelled.map((each) => y(isLog ? Math.max(low, last(each)) : last(each)) + 4), 13, top + 8, bottom);
  labelled.forEach((each, i) => parts.push(`<text class="${each.limit ? 'tick' : `name f${each.index % 8}`}" x="${width - RIGHT + 5}" y="${heights[i].toFixed(1)}">${escaped(shortName(each.name))}</text>`));
  parts.push(`<line class="cursor" visibility="hidden" y1="${top}" y2="${bottom}"/>`);
  return {svg: parts.join(''), x0: t0, x1: t1, lines, format, width, height};
}

const shortName = (name) => (name.length > 11 ? name.slice(0, 10) + '\u2026' : name);

/** What binds when: two rows a strategy, the base's thin above. */
function bindingChart(strategies, base, end, width) {
  const row = 30;
  const height = strategies.length * row + BOTTOM + 4;
  const t0 = Math.min(...strategies.map((each) => each.bindings[0]?.from ?? end));
  const x = (time) => LEFT + ((Math.min(Math.max(time, t0), end) - t0) / (end - t0)) * (width - LEFT - 18);
  const parts = [];
  const draw = (each, y, tall, isBase) => each?.bindings.forEach((spell, i) => {
    const to = each.bindings[i + 1]?.from ?? end;
    const size = x(to) - x(spell.from);
    if (size <= 0) return;
    const what = spell.what + (spell.site ? ' at ' + spell.site : '');
    parts.push(`<rect class="box ${constraintClass(spell)}${isBase ? ' base' : ''}" x="${x(spell.from).toFixed(1)}" y="${y}" width="${size.toFixed(1)}" height="${tall}"><title>${escaped(each.name)}: ${escaped(what)}, ${month(spell.from)} to ${month(to)}</title></rect>`);
  });
  strategies.forEach((each, i) => {
    const y = 2 + i * row;
    parts.push(`<text class="name end f${each.index % 8}" x="${LEFT - 5}" y="${y + 18}">${escaped(shortName(each.name).slice(0, 8))}</text>`);
    draw(base.find((one) => one.name === each.name), y, 7, true);
    draw(each, y + 8, 16, false);
  });
  for (const tick of dateTicks(t0, end, width - LEFT))
    parts.push(`<text class="tick middle" x="${x(tick).toFixed(1)}" y="${height - 5}">${year(tick)}</text>`);
  return {svg: parts.join(''), width, height};
}
