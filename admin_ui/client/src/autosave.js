// Drafts are kept while one types: <form data-autosave="URL">. What is not saved yet is said, and sent again once there is a net.

const QUIET_MS = 800;
const RETRY_MS = 10_000;

/** The words live in the page (two languages): data-text-saving, -saved, -offline, -refused on [data-autosave-state]. */
function announce(box, state) {
  if (!box) return;
  box.dataset.state = state;
  const key = `text${state[0].toUpperCase()}${state.slice(1)}`;
  box.textContent = box.dataset[key] ?? box.dataset.textOffline ?? '';
}

/** Files are sent by their own form: a draft holds words only. */
function fieldsOf(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
  return new URLSearchParams(pairs);
}

class Draft {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector('[data-autosave-state]') ?? document.querySelector('[data-autosave-state]');
    this.saved = fieldsOf(form).toString();
    this.timer = 0;
    this.sending = false;
    this.leaving = false;
  }

  later(ms = QUIET_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), ms);
  }

  async save() {
    const body = fieldsOf(this.form).toString();
    if (this.leaving || this.sending || body === this.saved) return;
    this.sending = true;
    announce(this.box, 'saving');
    const state = await this.send(body);
    this.sending = false;
    if (state === 'saved') this.saved = body;
    announce(this.box, state);
    if (state === 'offline') this.later(RETRY_MS);
    else if (state === 'saved' && fieldsOf(this.form).toString() !== this.saved) this.later();
  }

  async send(body) {
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Autosave': '1' },
        credentials: 'same-origin',
        redirect: 'error', // a redirect here means "signed out": the draft was not saved, do not claim it was
        keepalive: body.length < 60_000,
        body,
      });
      if (answer.ok) return 'saved';
      return answer.status >= 500 || answer.status === 429 ? 'offline' : 'refused';
    } catch {
      return 'offline';
    }
  }
}

export function startAutosave(root) {
  for (const form of root.querySelectorAll('form[data-autosave]')) {
    const draft = new Draft(form);
    form.addEventListener('input', () => draft.later());
    form.addEventListener('change', () => draft.later());
    // The real submit carries everything: a late draft must not overtake it.
    form.addEventListener('submit', () => {
      draft.leaving = true;
      clearTimeout(draft.timer);
    });
    addEventListener('online', () => draft.later(0));
    addEventListener('pageshow', () => {
      draft.leaving = false;
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') draft.save();
    });
  }
}
