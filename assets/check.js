// Makes the page 核对 more comfortable. Everything works without it.
//
// What is pasted stays in this tab (sessionStorage) until it has been sent, so that going back or a
// lost connection costs nothing; a file may be dropped anywhere on the form.

const KEEP_MAX = 2_000_000; // characters; browsers keep about five million a site

function keepText(form) {
  const key = form.dataset.keep;
  const box = form.querySelector('textarea');
  try {
    if (!box.value) box.value = sessionStorage.getItem(key) ?? '';
    box.addEventListener('input', () => {
      if (box.value.length < KEEP_MAX) sessionStorage.setItem(key, box.value);
    });
  } catch {
    // Storage is full or forbidden: the box works as it would without us.
  }
}

function takeDrops(form) {
  const input = form.querySelector('input[type=file]');
  const over = (on) => form.classList.toggle('over-drop', on);
  form.addEventListener('dragover', (event) => {
    event.preventDefault();
    over(true);
  });
  form.addEventListener('dragleave', () => over(false));
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

for (const form of document.querySelectorAll('form[data-keep]')) keepText(form);
for (const form of document.querySelectorAll('form#upload')) takeDrops(form);
document.getElementById('error')?.focus();
