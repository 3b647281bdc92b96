// Draws areas on a page of a document that is to be given out; without it the numbers are typed.
// Where somebody waits for a file to be blacked out, says how far it is; without it the page comes
// again by itself.

const sheet = document.querySelector('.sheet[data-draw]');
const form = document.querySelector('form.marking');
const UNITS = 10000; // of the page's width and height
const LEAST = 30;
const STEP = 50;

const clamp = (n, low, high) => Math.min(Math.max(n, low), high);
const percent = (n) => String(Math.round(n) / 100);

class Area {
  constructor(drawing, x, y, w, h) {
    this.drawing = drawing;
    this.rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    this.rect.classList.add('new');
    this.rect.setAttribute('tabindex', '0');
    this.rect.setAttribute('role', 'img');
    this.rect.addEventListener('keydown', (event) => this.key(event));
    this.item = document.createElement('li');
    this.words = document.createElement('span');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn quiet slim';
    button.textContent = '删去';
    button.addEventListener('click', () => this.drawing.drop(this));
    this.item.append(this.words, ' ', button);
    this.set(x, y, w, h);
  }

  set(x, y, w, h) {
    this.w = clamp(Math.round(w), LEAST, UNITS);
    this.h = clamp(Math.round(h), LEAST, UNITS);
    this.x = clamp(Math.round(x), 0, UNITS - this.w);
    this.y = clamp(Math.round(y), 0, UNITS - this.h);
    for (const [name, value] of Object.entries({ x: this.x, y: this.y, width: this.w, height: this.h })) this.rect.setAttribute(name, value);
    this.words.textContent = `左${percent(this.x)}%、上${percent(this.y)}%、宽${percent(this.w)}%、高${percent(this.h)}%`;
    this.rect.setAttribute('aria-label', `新区域，${this.words.textContent}`);
  }

  key(event) {
    const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const move = moves[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') this.drawing.drop(this);
    else if (move && event.shiftKey) this.set(this.x, this.y, this.w + move[0], this.h + move[1]);
    else if (move) this.set(this.x + move[0], this.y + move[1], this.w, this.h);
    else return;
    event.preventDefault();
    this.drawing.write();
  }

  text(page) {
    return `${page}:${percent(this.x)},${percent(this.y)},${percent(this.w)},${percent(this.h)}`;
  }
}

class Drawing {
  constructor() {
    this.svg = sheet.querySelector('svg');
    this.svg.removeAttribute('aria-hidden');
    this.list = form.querySelector('.drawn');
    this.areas = [];
    this.svg.addEventListener('pointerdown', (event) => this.begin(event));
    form.querySelector('.areas button').addEventListener('click', () => {
      this.add(UNITS / 2 - 1000, UNITS / 2 - 200, 2000, 400).rect.focus();
    });
    this.again();
  }

  at(event) {
    const box = this.svg.getBoundingClientRect();
    return [clamp((event.clientX - box.left) / box.width, 0, 1) * UNITS, clamp((event.clientY - box.top) / box.height, 0, 1) * UNITS];
  }

  begin(event) {
    if (event.button !== 0) return;
    const [x, y] = this.at(event);
    const area = this.add(x, y, LEAST, LEAST);
    const move = (moved) => {
      const [x2, y2] = this.at(moved);
      area.set(Math.min(x, x2), Math.min(y, y2), Math.abs(x2 - x), Math.abs(y2 - y));
    };
    const end = () => {
      this.svg.removeEventListener('pointermove', move);
      if (area.w <= LEAST && area.h <= LEAST) this.drop(area); // a click, or a finger that scrolls
      this.write();
    };
    this.svg.setPointerCapture(event.pointerId);
    this.svg.addEventListener('pointermove', move);
    this.svg.addEventListener('pointerup', end, { once: true });
    this.svg.addEventListener('pointercancel', end, { once: true });
    event.preventDefault();
  }

  add(x, y, w, h) {
    const area = new Area(this, x, y, w, h);
    this.areas.push(area);
    this.svg.append(area.rect);
    this.list.append(area.item);
    this.write();
    return area;
  }

  drop(area) {
    this.areas = this.areas.filter((other) => other !== area);
    area.rect.remove();
    area.item.remove();
    this.write();
  }

  write() {
    form.elements.areas.value = this.areas.map((area) => area.text(sheet.dataset.page)).join(';');
  }

  // A form that came back filled.
  again() {
    for (const one of form.elements.areas.value.split(';')) {
      const v = /^\d+:([\d.]+),([\d.]+),([\d.]+),([\d.]+)$/.exec(one.trim());
      if (v) this.add(...v.slice(1).map((n) => Number(n) * 100));
    }
  }
}

// --- how far it is

const making = document.querySelector('[data-making]');
const ASK_MS = 2000;
const AGAIN_MS = 10000; // where the network is away

// The words are put in only where they are others, so that they are spoken once.
function say(how, page) {
  const words = page.querySelector('.how-far').textContent;
  const status = how.querySelector('.how-far');
  if (status.textContent !== words) status.textContent = words;
  const bar = page.querySelector('progress');
  how.querySelector('progress').max = bar.max;
  how.querySelector('progress').value = bar.value;
}

// The page that does not come again by itself.
const quiet = () => `${making.dataset.making}?by=script`;

async function ask() {
  let wait = ASK_MS;
  try {
    const answer = await fetch(quiet(), { credentials: 'same-origin' });
    if (answer.redirected) return location.replace(answer.url);
    if (!answer.ok) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!page.querySelector('.how-far')) return location.reload();
    say(making, page);
  } catch {
    wait = AGAIN_MS;
  }
  return setTimeout(ask, wait);
}

if (sheet && form) new Drawing();
if (making && location.search.includes('by=script')) setTimeout(ask, ASK_MS);
else if (making) location.replace(quiet());
