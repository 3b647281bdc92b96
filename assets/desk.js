// Makes the desk more comfortable. Everything on it works without this file.

// --- a form is sent once

// However often its button is pressed. The button is turned off only after the browser has taken
// what it says; coming back to the page turns it on again.
function sendOnce(form) {
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    setTimeout(() => {
      for (const button of form.querySelectorAll('button:not([type=button])')) button.setAttribute('aria-disabled', 'true');
    });
  });
}

function sendAgain() {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('button[aria-disabled]')) button.removeAttribute('aria-disabled');
  }
}

// --- what is typed is kept: at the server, or on this device while the server cannot be reached

const SAVE_AFTER_MS = 3000;
const NOT_KEPT = 'input[type=password], input[type=file], [autocomplete=one-time-code]';

// The fields as the form would send them, without secrets and files.
function valuesOf(form) {
  const secret = new Set([...form.querySelectorAll(NOT_KEPT)].map((field) => field.name));
  return new URLSearchParams([...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !secret.has(name)));
}

// What was typed, apart from what the server put into the form.
function typedOf(form) {
  const values = valuesOf(form);
  for (const name of ['csrf', 'once', 'version', 'draft']) values.delete(name);
  return values.toString();
}

class Draft {
  constructor(form) {
    this.form = form;
    this.said = form.querySelector('.saved');
    this.place = `draft ${this.said.dataset.whose} ${form.elements.draft.value}`;
    this.typed = typedOf(form);
    this.changed = false;
    form.addEventListener('input', () => this.wait());
    form.addEventListener('change', () => this.wait());
    form.addEventListener('submit', () => this.leave());
    addEventListener('beforeunload', (event) => this.changed && event.preventDefault());
    addEventListener('pagehide', () => this.changed && this.keepHere());
    this.offer();
  }

  wait() {
    this.changed = typedOf(this.form) !== this.typed;
    clearTimeout(this.timer);
    if (this.changed) this.timer = setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  leave() {
    clearTimeout(this.timer);
    this.changed = false;
    this.forget();
  }

  say(words, bad) {
    this.said.textContent = words;
    this.said.classList.toggle('bad', Boolean(bad));
  }

  async save() {
    const values = valuesOf(this.form);
    const typed = typedOf(this.form);
    values.set('by', 'script');
    try {
      const answer = await fetch('/desk/drafts', { method: 'POST', body: values, redirect: 'error' });
      if (!answer.ok || !answer.headers.get('content-type')?.startsWith('application/json')) throw new Error('not saved');
      const { at } = await answer.json();
      this.typed = typed;
      this.changed = typedOf(this.form) !== typed;
      this.forget();
      this.say(`已自动保存 ${at}`);
    } catch {
      this.keepHere();
      this.say('没有连上服务器，或者登录已过期。内容留在这台设备上，请在另一个标签页重新登录，再回来提交。', true);
    }
  }

  keepHere() {
    try {
      sessionStorage.setItem(this.place, typedOf(this.form));
    } catch {
      // Storage is full or forbidden: the form works as it would without us.
    }
  }

  forget() {
    try {
      sessionStorage.removeItem(this.place);
    } catch {
      // likewise
    }
  }

  // What stayed in this tab from before, where the server knows nothing of it.
  offer() {
    let kept = null;
    try {
      kept = sessionStorage.getItem(this.place);
    } catch {
      // likewise
    }
    if (!kept || kept === this.typed) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn second slim';
    button.textContent = '填回这台设备上留下的内容';
    button.addEventListener('click', () => {
      this.fill(new URLSearchParams(kept));
      button.remove();
      this.wait();
    });
    this.said.before(button, ' ');
  }

  fill(values) {
    for (const field of this.form.elements) {
      if (!field.name || field.type === 'hidden' || field.matches(NOT_KEPT)) continue;
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = values.getAll(field.name).includes(field.value);
      else if (values.has(field.name)) field.value = values.get(field.name);
    }
  }
}

// The button stands at the beginning of the form, where every form has a place for it; beside the
// button that sends the form is where people look.
function placeDraft(form) {
  const line = form.querySelector('.drafting');
  const actions = form.querySelector('.actions');
  if (line && actions) actions.append(...line.childNodes);
}

// --- lists by keyboard

const types = (target) => target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');

const rowsOf = () => [...document.querySelectorAll('[data-keys] > li, [data-keys] > tr')];

function move(by) {
  const rows = rowsOf();
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  for (const row of rows) row.classList.toggle('at', row === next);
  (next.querySelector('a') ?? next.querySelector('button, input'))?.focus();
}

function pick() {
  const box = document.activeElement?.closest('li, tr')?.querySelector('input[type=checkbox]');
  box?.click();
}

function find() {
  const box = document.getElementById('find');
  const menu = document.querySelector('.side .menu');
  if (!box) return;
  if (!box.checkVisibility?.() && menu) menu.open = true;
  box.focus();
  box.select();
}

// Enter needs nothing: a row's link has the focus.
const KEYS = {
  j: ['J', '下一行', () => move(1)],
  k: ['K', '上一行', () => move(-1)],
  x: ['X', '选中这一行', pick],
  '/': ['/', '到检索框', find],
  '?': ['?', '显示这张表', () => help()],
};

function help() {
  let dialog = document.getElementById('keys');
  if (!dialog) {
    dialog = document.createElement('dialog');
    dialog.id = 'keys';
    dialog.setAttribute('aria-labelledby', 'keys-h');
    const rows = [...Object.values(KEYS).map(([key, does]) => [key, does]), ['Enter', '打开这一行'], ['Esc', '关闭']];
    dialog.innerHTML = '<h2 id="keys-h">快捷键</h2><dl class="kv mt3"></dl><form method="dialog" class="mt4"><button class="btn">关闭</button></form>';
    const list = dialog.querySelector('dl');
    for (const [key, does] of rows) {
      const row = document.createElement('div');
      const dt = document.createElement('dt');
      const dd = document.createElement('dd');
      const kbd = document.createElement('kbd');
      kbd.textContent = key;
      dt.append(kbd);
      dd.textContent = does;
      row.append(dt, dd);
      list.append(row);
    }
    document.body.append(dialog);
  }
  dialog.showModal();
}

function listen() {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || types(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    const key = KEYS[event.key.length === 1 ? event.key.toLowerCase() : ''];
    if (!key) return;
    event.preventDefault();
    key[2]();
  });
}

document.documentElement.classList.add('scripted');
for (const form of document.querySelectorAll('form[method=post]')) {
  placeDraft(form);
  if (form.elements.draft && form.querySelector('.saved')) new Draft(form);
  sendOnce(form);
}
addEventListener('pageshow', (event) => event.persisted && sendAgain());
if (document.body.classList.contains('desk')) listen();
document.getElementById('error')?.focus();
