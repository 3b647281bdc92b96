// Makes 依申请公开 more comfortable. Everything works without it.
//
// Where somebody says so, and only there, what they write stays on this device until the request
// has been sent; never the number of an identity paper, never a file. On a device that others use
// nobody says so.

const KEY = 'apply';
const NEVER = new Set(['id_number', 'proof', 'proof_key', 'proof_name', 'proof_picture', 'once', 'step', 'sure', 'resume', 'true']);
const DAYS = 7;

const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return kept && kept.until > Date.now() ? kept : null;
  } catch {
    return null; // storage is forbidden, or holds something else
  }
};

// A step shows some of the fields: those of the others stay as they were.
const write = (form) => {
  const fields = read()?.fields ?? {};
  for (const element of form.elements) delete fields[element.name];
  for (const [name, value] of new FormData(form)) {
    if (!NEVER.has(name) && typeof value === 'string' && value) (fields[name] ??= []).push(value);
  }
  try {
    localStorage.setItem(KEY, JSON.stringify({ until: Date.now() + DAYS * 86400e3, action: form.getAttribute('action'), fields }));
  } catch {
    // full: the form works as it would without us
  }
};

const fill = (form, fields) => {
  for (const element of form.elements) {
    const values = fields[element.name];
    if (!values) continue;
    if (element.type === 'radio' || element.type === 'checkbox') element.checked = values.includes(element.value);
    else if (element.type !== 'file' && !element.value) element.value = values[0];
  }
};

const box = document.getElementById('keep');
const form = document.querySelector('form[data-apply]');
if (form && box) {
  const here = document.getElementById('keep-here');
  const kept = read();
  box.hidden = false;
  here.checked = Boolean(kept);
  if (kept && kept.action === form.getAttribute('action')) fill(form, kept.fields);
  const keep = () => here.checked && write(form);
  form.addEventListener('input', keep);
  form.addEventListener('submit', keep);
  here.addEventListener('change', () => (here.checked ? write(form) : localStorage.removeItem(KEY)));
}
// Sent: nothing stays behind.
if (document.querySelector('pre.receipt')) {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}
document.getElementById('error')?.focus();
document.getElementById('doubt')?.focus();
