// <button data-print hidden> prints the page. Without scripts it stays hidden: the browser's own menu prints just as well.

export function startPrint(root) {
  for (const button of root.querySelectorAll('button[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
}
