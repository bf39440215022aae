// Vega-Lite specifications of the three kinds of chart. Labels come as data, never as parts of expressions.

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';
const PLOT = 232;
const ROW = 26;
const NAMES = 110;  // room for names at the ends of lines

/** An axis whose ticks are those of the picture without script; `name` tells its parameters from another axis's. */
function ticks(axis, name, more = {}) {
  return {
    params: [
      {name: `${name}At`, value: axis.ticks.map((tick) => tick[0])},
      {name: `${name}Label`, value: axis.ticks.map((tick) => tick[1])},
    ],
    encoding: {
      type: 'quantitative',
      scale: {domain: [axis.low, axis.high], nice: false, ...(axis.kind === 'log' ? {type: 'log'} : {zero: false})},
      axis: {
        values: axis.ticks.map((tick) => tick[0]),
        labelExpr: `${name}Label[indexof(${name}At, datum.value)]`,
        title: axis.title || null,
        ...more,
      },
    },
  };
}

export const day = (milliseconds) => {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString().slice(0, 10);
};

const points = (line) => line.x.map((x, i) => ({x, y: line.y[i], name: line.name, when: day(x)}));

function lines(data, theme) {
  const x = ticks(data.x, 'x', {grid: false});
  const y = ticks(data.y, 'y', {
    titleAngle: 0, titleAlign: 'left', titleAnchor: 'start', titleX: -40, titleY: -14, domain: false, ticks: false,
  });
  const layer = data.areas.map((area) => {
    const {colour, opacity} = theme.of(area.class);
    return {
      data: {values: area.x.map((at, i) => ({x: at, low: area.low[i], high: area.high[i], name: area.name, when: day(at)}))},
      mark: {type: 'area', color: colour, opacity, tooltip: false},
      encoding: {x: {...x.encoding, field: 'x'}, y: {...y.encoding, field: 'low'}, y2: {field: 'high'}},
    };
  });
  if (data.levels.length) {
    layer.push(
      {
        data: {values: data.levels},
        mark: {type: 'rule', color: theme.quiet, strokeDash: [1, 3]},
        encoding: {y: {...y.encoding, field: 'y'}},
      },
      {
        data: {values: data.levels},
        mark: {type: 'text', fill: theme.quiet, align: 'right', baseline: 'bottom', dx: -2, dy: -2, fontSize: 11},
        encoding: {x: {value: 'width'}, y: {...y.encoding, field: 'y'}, text: {field: 'label'}},
      });
  }
  for (const line of data.lines) {
    const {colour, dash} = theme.of(line.class);
    layer.push({
      data: {values: points(line)},
      mark: {type: 'line', color: colour, strokeDash: dash, strokeWidth: 2, strokeJoin: 'round'},
      encoding: {x: {...x.encoding, field: 'x'}, y: {...y.encoding, field: 'y'}},
    });
    if (!line.x.length || !line.name) continue;
    layer.push({
      data: {values: [{x: data.x.high, y: line.label, name: line.name}]},
      mark: {type: 'text', fill: colour, align: 'left', dx: 5, fontWeight: 600, limit: NAMES - 8, clip: false},
      encoding: {x: {...x.encoding, field: 'x'}, y: {...y.encoding, field: 'y'}, text: {field: 'name'}},
    });
  }
  layer.push(pointer(data, theme, x, y));
  return {
    params: [...x.params, ...y.params],
    height: PLOT,
    padding: {left: 2, top: 4, right: data.lines.some((line) => line.name) ? 0 : 12, bottom: 2},
    layer,
  };
}

/** The value that is nearest to the pointer: a dot with what it says. */
function pointer(data, theme, x, y) {
  const values = data.lines.length
    ? data.lines.flatMap(points)
    : data.areas.flatMap((area) => area.x.map((at, i) => ({x: at, y: area.high[i], own: area.high[i] - area.low[i], name: area.name, when: day(at)})));
  return {
    data: {values},
    params: [{name: 'near', select: {type: 'point', on: 'pointerover', nearest: true, clear: 'pointerout'}}],
    mark: {type: 'point', filled: true, size: 60, color: theme.text, tooltip: true},
    encoding: {
      x: {...x.encoding, field: 'x'},
      y: {...y.encoding, field: 'y'},
      opacity: {condition: {param: 'near', empty: false, value: 1}, value: 0},
      tooltip: [
        {field: 'name', title: 'what'},
        {field: 'when', title: 'date'},
        {field: data.lines.length ? 'y' : 'own', title: 'value', format: '.4~g'},
      ],
    },
  };
}

function rows(data, theme) {
  const x = ticks(data.x, 'x');
  const y = {
    field: 'row',
    type: 'ordinal',
    scale: {domain: data.rows.map((_, i) => i)},
    axis: {labelExpr: 'rows[datum.value]', title: null, domain: false, ticks: false, labelLimit: 190, labelPadding: 6},
  };
  const tooltip = {field: 'tip', title: ' '};
  const layer = [{
    data: {values: data.bars.map((bar) => ({...bar, ...theme.of(bar.class)}))},
    mark: {type: 'bar', height: 16},
    encoding: {
      x: {...x.encoding, field: 'from'},
      x2: {field: 'to'},
      y,
      color: {field: 'colour', scale: null},
      opacity: {field: 'opacity', type: 'quantitative', scale: null},
      tooltip,
    },
  }];
  if (data.rules.length) {
    layer.push({
      data: {values: data.rules.map((at) => ({at}))},
      mark: {type: 'rule', color: theme.quiet},
      encoding: {x: {...x.encoding, field: 'at'}},
    });
  }
  if (data.dots.length) {
    layer.push({
      data: {values: data.dots.map((dot) => ({...dot, ...theme.of(dot.class)}))},
      mark: {type: 'point', filled: true, shape: 'diamond', size: 90, opacity: 1},
      encoding: {x: {...x.encoding, field: 'at'}, y, color: {field: 'colour', scale: null}, tooltip},
    });
  }
  for (const left of [true, false]) {
    const values = data.texts.filter((text) => text.left === left);
    if (!values.length) continue;
    layer.push({
      data: {values},
      mark: {type: 'text', align: left ? 'right' : 'left', dx: left ? -4 : 4, fill: theme.quiet},
      encoding: {x: {...x.encoding, field: 'at'}, y, text: {field: 'text'}},
    });
  }
  // Vega-Lite cuts long labels at their end, and of a path the end says most.
  const shown = data.rows.map((row) => data.paths && row.length > 26 ? '…' + row.slice(-25) : row);
  return {params: [...x.params, {name: 'rows', value: shown}], height: ROW * data.rows.length, layer};
}

function cells(data, theme) {
  const side = (field, axis, more) => ({
    field,
    type: 'ordinal',
    scale: {domain: axis.values.map((_, i) => i), padding: 0},
    axis: {labelExpr: `${field}Label[datum.value]`, title: axis.title || null, domain: false, ticks: false, labelAngle: 0, ...more},
  });
  const x = side('x', data.x, {});
  const y = side('y', data.y, {titleAngle: 0, titleAlign: 'left', titleAnchor: 'start', titleX: -40, titleY: -14});
  const values = data.cells.map((cell) => {
    const {colour} = theme.of(cell.class);
    return {...cell, colour, opacity: cell.class === 'none' ? 1 : 0.3};
  });
  const layer = [{
    mark: {type: 'rect', stroke: theme.page, strokeWidth: 1},
    encoding: {
      color: {field: 'colour', scale: null},
      opacity: {field: 'opacity', type: 'quantitative', scale: null},
      tooltip: {field: 'tip', title: ' '},
    },
  }];
  const longest = Math.max(...data.cells.map((cell) => cell.name.length));
  if (longest * 7.4 * data.x.values.length < 330) layer.push({mark: {type: 'text', fill: theme.text}, encoding: {text: {field: 'name'}}});
  return {
    params: [{name: 'xLabel', value: data.x.values}, {name: 'yLabel', value: data.y.values}],
    data: {values},
    height: Math.max(16, Math.min(34, 320 / data.y.values.length)) * data.y.values.length,
    encoding: {x, y},
    layer,
  };
}

const KINDS = {lines, rows, cells};

/** The specification of a chart in its colours, as wide as its place. */
export function spec(data, theme) {
  return {$schema: SCHEMA, width: 'container', autosize: {type: 'fit-x', contains: 'padding'}, ...KINDS[data.kind](data, theme)};
}
