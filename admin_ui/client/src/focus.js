// After a mistake the summary is read first: [data-focus] gets the focus when the page opens.
// A link of the summary leads to a group of choices: focus its first choice.

export function startFocus(root) {
  root.querySelector('[data-focus]')?.focus();
  for (const link of root.querySelectorAll('.error-summary a[href^="#"]')) {
    link.addEventListener('click', (event) => {
      const target = root.getElementById(decodeURIComponent(link.hash.slice(1)));
      const field = target?.matches('input, select, textarea') ? target : target?.querySelector('input, select, textarea');
      if (!field) return;
      event.preventDefault();
      field.scrollIntoView({ block: 'center' });
      field.focus();
    });
  }
}
