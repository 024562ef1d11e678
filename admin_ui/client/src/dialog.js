// <button data-dialog-open="id"> opens <dialog id="id">; [data-dialog-close] inside shuts it; the focus goes back to the button.

export function startDialogs(root) {
  for (const opener of root.querySelectorAll('[data-dialog-open]')) {
    const dialog = root.getElementById(opener.dataset.dialogOpen);
    if (!(dialog instanceof HTMLDialogElement)) continue;
    opener.addEventListener('click', (event) => {
      event.preventDefault();
      dialog.showModal();
      (dialog.querySelector('[autofocus]') ?? dialog.querySelector('h1, h2, h3, input, button'))?.focus();
    });
    dialog.addEventListener('close', () => opener.focus());
    for (const closer of dialog.querySelectorAll('[data-dialog-close]')) {
      closer.addEventListener('click', () => dialog.close());
    }
  }
}
