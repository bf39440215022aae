// Puts an interactive chart in the place of each picture of the page. Where anything fails the picture stays.

import embed from 'vega-embed';
import {expressionInterpreter} from 'vega-interpreter';

import {config, look} from './look.js';
import {spec} from './specs.js';
import {csv, sentences} from './values.js';

/** Saves what a function makes; an address of its own is not fetched but kept. */
function save(name, address) {
  const link = document.createElement('a');
  link.download = name;
  link.href = address;
  link.click();
}

class Figure {
  constructor(element) {
    this.element = element;
    this.data = JSON.parse(element.querySelector('script.data').textContent);
    this.picture = element.querySelector('.picture');
    this.place = document.createElement('div');
    this.place.className = 'interactive';
    this.place.tabIndex = 0;
    this.place.setAttribute('role', 'img');
    this.place.setAttribute('aria-label', `${this.data.title}. ${this.data.description} Arrow keys read the values.`);
    this.readout = document.createElement('p');
    this.readout.className = 'readout';
    this.readout.setAttribute('aria-live', 'polite');
    this.step = -1;
    this.place.addEventListener('keydown', (event) => this.read(event));
  }

  /** Draws in the colours that hold now, over the picture. */
  async draw() {
    const theme = look();
    const fresh = document.createElement('div');
    fresh.className = 'plot';
    if (!this.place.parentNode) {
      this.picture.before(this.place);
      this.place.after(this.readout);
    }
    this.place.replaceChildren(fresh);
    const result = await embed(fresh, spec(this.data, theme), {
      actions: false,
      ast: true,
      config: config(theme),
      defaultStyle: false,
      expr: expressionInterpreter,
      mode: 'vega-lite',
      renderer: 'svg',
      tooltip: {disableDefaultStyle: true},
    });
    this.view?.finalize();
    this.view = result.view;
    this.element.classList.add('live');
  }

  /** Arrow keys walk along the dates or rows and say what is there. */
  read(event) {
    const by = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
    if (!by) return;
    event.preventDefault();
    this.words ??= sentences(this.data);
    this.step = Math.min(Math.max(this.step + by, 0), this.words.length - 1);
    this.readout.textContent = this.words[this.step] ?? '';
  }

  addButtons() {
    const tools = document.createElement('div');
    tools.className = 'buttons';
    const add = (kind, act) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = kind;
      button.setAttribute('aria-label', `Save ${this.data.title} as ${kind}`);
      button.addEventListener('click', act);
      tools.append(button);
    };
    const name = this.element.id;
    add('SVG', async () => save(`${name}.svg`, 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(await this.view.toSVG())));
    add('PNG', async () => save(`${name}.png`, (await this.view.toCanvas(2)).toDataURL('image/png')));
    add('CSV', async () => save(`${name}.csv`, 'data:text/csv;charset=utf-8,' + encodeURIComponent(csv(this.data))));
    this.element.querySelector('.tools').append(tools);
  }
}

const figures = [...document.querySelectorAll('figure')].map((element) => new Figure(element));

async function drawAll() {
  for (const figure of figures) {
    await figure.draw();
    // Between two charts the page may scroll and answer.
    await new Promise((resolve) => setTimeout(resolve));
  }
}

async function start() {
  await drawAll();
  for (const figure of figures) figure.addButtons();
  document.documentElement.dataset.charts = 'drawn';
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
}

start();
