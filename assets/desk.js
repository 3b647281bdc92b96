// Makes the desk more comfortable. Everything on it works without this file.

// A form is sent once, however often its button is pressed. The button is turned off only after the
// browser has taken what it says; coming back to the page turns it on again.
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

const types = (target) => target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');

// "/" leads to the search box, unless something is being typed.
function findBySlash() {
  const box = document.getElementById('find');
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

document.documentElement.classList.add('scripted');
for (const form of document.querySelectorAll('form[method=post]')) sendOnce(form);
addEventListener('pageshow', (event) => event.persisted && sendAgain());
if (document.getElementById('find')) findBySlash();
document.getElementById('error')?.focus();
