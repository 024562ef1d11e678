// <button data-copy="H38-…"> puts the dossier code on the clipboard and says so in its own words (data-text-copied).

const SHOWN_MS = 2_000;

export function startCopy(root) {
  for (const button of root.querySelectorAll('button[data-copy]')) {
    if (!navigator.clipboard) {
      button.hidden = true; // no secure connection, no clipboard: the code stands beside the button and can be selected
      continue;
    }
    const before = button.textContent;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.textCopied ?? before;
      button.setAttribute('aria-live', 'polite');
      setTimeout(() => {
        button.textContent = before;
      }, SHOWN_MS);
    });
  }
}
