// A chart of the page that answers: what is under the pointer, and what the arrow keys come to. It is the program's own picture,
// over which marks and a box of values are laid.

class Chart {
  constructor(figure) {
    this.figure = figure;
    this.picture = figure.querySelector('.picture');
    this.svg = this.picture.querySelector('svg.chart');
    this.step = -1;
    this.picture.classList.add('interactive');
    this.picture.tabIndex = 0;
    this.picture.setAttribute('role', 'group');
    this.picture.setAttribute('aria-label', `${figure.querySelector('h3').textContent}. Arrow keys read the values.`);
    this.heard = document.createElement('p');
    this.heard.className = 'readout';
    this.heard.setAttribute('aria-live', 'polite');
    this.box = document.createElement('div');
    this.box.className = 'tip';
    this.box.hidden = true;
    this.picture.after(this.heard);
    this.picture.append(this.box);
    this.picture.addEventListener('pointermove', (event) => this.point(event));
    this.picture.addEventListener('pointerleave', () => this.clear());
    this.picture.addEventListener('blur', () => this.clear());
    this.picture.addEventListener('keydown', (event) => this.press(event));
    this.addButtons();
  }

  /** Values are read when somebody asks for them first, so that a page opens at once. */
  get data() {
    return (this.read ??= JSON.parse(this.figure.querySelector('script.data').textContent));
  }

  /** Where a value lies in the picture, and the other way round. */
  across(x) {
    const [left, , right] = this.data.frame;
    const {low, high, kind} = this.data.x;
    const share = kind === 'log' ? Math.log(x / low) / Math.log(high / low) : (x - low) / (high - low);
    return left + Math.min(Math.max(share, 0), 1) * (right - left);
  }

  valueAt(place) {
    const [left, , right] = this.data.frame;
    const {low, high, kind} = this.data.x;
    const share = Math.min(Math.max((place - left) / (right - left), 0), 1);
    return kind === 'log' ? low * (high / low) ** share : low + share * (high - low);
  }

  down(y) {
    const [, top, , bottom] = this.data.frame;
    const {low, high, kind} = this.data.y;
    const share = kind === 'log' ? Math.log(Math.max(y, low) / low) / Math.log(high / low) : (y - low) / (high - low);
    return bottom - Math.min(Math.max(share, 0), 1) * (bottom - top);
  }

  point(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    const [left, top, right, bottom] = this.data.frame;
    if (at.y < top - 12 || at.y > bottom + 4 || at.x > right + 4) return this.clear();
    if (this.data.kind === 'lines') {
      const all = places(this.data);
      if (at.x < left - 4 || !all.length) return this.clear();
      return this.show(all[nearest(all, this.valueAt(at.x))], at);
    }
    const [wide, high] = this.data.size;
    const row = Math.min(Math.max(Math.floor((at.y - top) / high), 0), this.data.kind === 'rows' ? this.data.rows.length - 1 : Infinity);
    if (this.data.kind === 'rows') return this.show(row, at);
    const column = Math.floor((at.x - left) / wide);
    const cell = this.data.cells.findIndex((each) => each.x === column && each.y === row);
    return cell < 0 ? this.clear() : this.show(cell, at);
  }

  press(event) {
    const all = (this.steps ??= steps(this.data));
    const next = {ArrowRight: this.step + 1, ArrowDown: this.step + 1, ArrowLeft: this.step - 1, ArrowUp: this.step - 1, Home: 0,
      End: all.length - 1}[event.key];
    if (event.key === 'Escape') return this.clear();
    if (next === undefined || !all.length) return undefined;
    event.preventDefault();
    this.step = Math.min(Math.max(next, 0), all.length - 1);
    this.show(all[this.step]);
    this.heard.textContent = sentence(said(this.data, all[this.step]));
    return undefined;
  }

  /** Marks a place and says what is there. `at` is the pointer in units of the picture, if there is one. */
  show(step, at) {
    const {heading, items} = said(this.data, step);
    this.marks?.remove();
    this.marks = drawn('g', {class: 'reading'});
    const [left, top, right, bottom] = this.data.frame;
    let beside = [(left + right) / 2, top];
    let named = -1;
    if (this.data.kind === 'lines') {
      const x = this.across(step);
      beside = [x, top];
      this.marks.append(drawn('line', {class: 'axis', x1: x, x2: x, y1: top, y2: bottom}));
      const heights = items.map((item) => [this.down(item.high), this.down(item.low)]);
      items.forEach((item, i) => item.isArea || this.marks.append(drawn('circle', {class: item.class, cx: x, cy: heights[i][0], r: 3.5})));
      if (at) {
        named = items.findIndex((item, i) => item.isArea && heights[i][0] <= at.y && at.y <= heights[i][1]);
        const lines = items.map((item, i) => (item.isArea ? Infinity : Math.abs(heights[i][0] - at.y)));
        if (named < 0 && Math.min(...lines) < 20) named = lines.indexOf(Math.min(...lines));
      }
    } else {
      const [wide, high] = this.data.size;
      const cell = this.data.kind === 'cells' ? this.data.cells[step] : {x: 0, y: step};
      const y = top + high * cell.y;
      const x = this.data.kind === 'cells' ? left + wide * cell.x : left;
      this.marks.append(drawn('rect', {class: 'frame', x, y, width: this.data.kind === 'cells' ? wide : right - left, height: high}));
      beside = [this.data.kind === 'cells' ? x + wide / 2 : (left + right) / 2, y + high];
    }
    this.svg.append(this.marks);
    this.write(heading, items, named);
    this.place(at ? [at.x, at.y] : beside);
  }

  write(heading, items, named) {
    const title = document.createElement('strong');
    title.textContent = heading;
    const list = document.createElement('ul');
    items.forEach((item, i) => {
      const line = document.createElement('li');
      if (i === named) line.className = 'named';
      if (item.class) {
        const key = drawn('svg', {class: item.isArea ? 'square' : 'key', viewBox: item.isArea ? '0 0 10 10' : '0 0 34 10', 'aria-hidden': true});
        key.append(drawn('path', {class: `${item.isArea ? 'area' : 'line'} ${item.class}`, d: item.isArea ? 'M0 0L10 0L10 10L0 10Z' : 'M1 5L33 5'}));
        line.append(key);
      }
      line.append(item.name ? `${item.name}: ${item.text}` : item.text);
      list.append(line);
    });
    this.box.replaceChildren(title, ...(items.length ? [list] : []));
    this.box.hidden = false;
  }

  /** Puts the box beside a place, on the side that has room. */
  place([x, y]) {
    const scale = this.svg.getBoundingClientRect().width / this.svg.viewBox.baseVal.width;
    const room = this.picture.clientWidth;
    const width = this.box.offsetWidth;
    const right = x * scale + 14;
    this.box.style.left = `${Math.max(0, right + width <= room ? right : Math.min(x * scale - width - 14, room - width))}px`;
    this.box.style.top = `${Math.max(0, y * scale - 10)}px`;
  }

  clear() {
    this.marks?.remove();
    this.box.hidden = true;
  }

  addButtons() {
    const tools = document.createElement('div');
    tools.className = 'buttons';
    const title = this.figure.querySelector('h3').textContent;
    const add = (kind, act) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = kind;
      button.setAttribute('aria-label', `${kind}: save ${title}`);
      button.addEventListener('click', act);
      tools.append(button);
    };
    const name = this.figure.id;
    add('SVG', () => save(`${name}.svg`, address('image/svg+xml', standalone(this.figure).text)));
    add('PNG', () => savePng(this.figure, `${name}.png`));
    add('CSV', () => save(`${name}.csv`, address('text/csv', csv(this.data))));
    this.figure.querySelector('.tools').append(tools);
  }
}
