// The work queue by keyboard: J and K move, Enter opens, / goes to the search field.
// A button [data-queue-keys] turns J, K and / off and on again for this browser (WCAG 2.1.4); its words are -text-on, -off.
// <table data-queue> with <tr data-queue-row> holding one main link ([data-queue-link], else the first link).

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, select, textarea'));
}

class Queue {
  constructor(box) {
    this.rows = [...box.querySelectorAll('[data-queue-row]')];
    this.search = document.querySelector('[data-queue-search]') ?? document.querySelector('input[type="search"]');
  }

  get at() {
    return this.rows.findIndex((row) => 'current' in row.dataset);
  }

  link(row) {
    return row?.querySelector('[data-queue-link]') ?? row?.querySelector('a[href]');
  }

  move(step) {
    if (this.rows.length === 0) return;
    const next = Math.min(Math.max(this.at + step, 0), this.rows.length - 1);
    for (const row of this.rows) delete row.dataset.current;
    this.rows[next].dataset.current = '';
    this.link(this.rows[next])?.focus();
    this.rows[next].scrollIntoView({ block: 'nearest' });
  }

  /** True when the key was ours. */
  press(event) {
    if (event.key === '/') {
      this.search?.focus();
      this.search?.select();
      return Boolean(this.search);
    }
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (step) this.move(step);
    else if (event.key === 'Enter' && this.at >= 0 && document.activeElement === document.body) this.link(this.rows[this.at])?.click();
    else return false;
    return true;
  }
}

const OFF = 'motcua-keys-off';

/** Whether the single keys work; kept by this browser alone. */
function keysAreOn() {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true; // a browser that keeps nothing
  }
}

function startSwitch(button) {
  const say = () => {
    button.textContent = keysAreOn() ? button.dataset.textOff : button.dataset.textOn;
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    if (keysAreOn()) localStorage.setItem(OFF, 'yes');
    else localStorage.removeItem(OFF);
    say();
  });
  say();
}

export function startQueue(root) {
  const box = root.querySelector('[data-queue]');
  for (const button of root.querySelectorAll('[data-queue-keys]')) startSwitch(button);
  if (!box) return;
  const queue = new Queue(box);
  document.addEventListener('keydown', (event) => {
    if (!keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (queue.press(event)) event.preventDefault();
  });
}
