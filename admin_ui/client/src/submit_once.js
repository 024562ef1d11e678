// A citizen who clicks twice sends once: <form data-once>. The server holds the same promise; this only saves the wait.

export function startSubmitOnce(root) {
  for (const form of root.querySelectorAll('form[data-once]')) {
    form.addEventListener('submit', (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.sent === 'yes') {
        event.preventDefault();
        return;
      }
      form.dataset.sent = 'yes';
      // After this turn, so that the pressed button's own name and value are still sent.
      setTimeout(() => setBusy(form, true));
    });
  }
  // "Back" shows the page from memory: the buttons must live again.
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    for (const form of root.querySelectorAll('form[data-once]')) {
      delete form.dataset.sent;
      setBusy(form, false);
    }
  });
}

function setBusy(form, busy) {
  form.setAttribute('aria-busy', String(busy));
  for (const button of form.elements) {
    if (button instanceof HTMLButtonElement && button.type === 'submit') button.disabled = busy;
  }
}
