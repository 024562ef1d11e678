// Drafts are kept while one types: <form data-autosave="URL">. What is not saved yet is said, and sent again once there is a net.

const QUIET_MS = 800;
const RETRY_MS = 10_000;
const PATIENCE_MS = 3_000;

/** The words live in the page (two languages): data-text-saving, -saved, -offline, -refused on [data-autosave-state]. */
function announce(box, state) {
  if (!box) return;
  box.dataset.state = state;
  const key = `text${state[0].toUpperCase()}${state.slice(1)}`;
  box.textContent = box.dataset[key] ?? box.dataset.textOffline ?? '';
}

/** What the page was made from: the server tells the new sign after each saving, and refuses an older page. */
const SEEN = 'seen';

/** Files are sent by their own form: a draft holds words only. */
function fieldsOf(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
  return new URLSearchParams(pairs);
}

function wordsOf(form) {
  const fields = fieldsOf(form);
  fields.delete(SEEN);
  return fields.toString();
}

async function takeSign(form, answer) {
  const field = form.elements[SEEN];
  if (field) field.value = (await answer.json())[SEEN] ?? field.value;
}

class Draft {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector('[data-autosave-state]') ?? document.querySelector('[data-autosave-state]');
    this.saved = wordsOf(form);
    this.timer = 0;
    this.sending = false;
    this.leaving = false;
    this.underway = Promise.resolve();
  }

  later(ms = QUIET_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), ms);
  }

  async save() {
    const words = wordsOf(this.form);
    if (this.leaving || this.sending || words === this.saved) return;
    this.sending = true;
    announce(this.box, 'saving');
    this.underway = this.send(fieldsOf(this.form).toString());
    const state = await this.underway;
    this.sending = false;
    if (state === 'saved') this.saved = words;
    announce(this.box, state);
    if (state === 'offline') this.later(RETRY_MS);
    else if (state === 'saved' && wordsOf(this.form) !== this.saved) this.later();
  }

  leave(event) {
    clearTimeout(this.timer);
    if (!this.sending) {
      this.leaving = true;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.leaving) return;
    this.leaving = true;
    const patience = new Promise((go) => setTimeout(go, PATIENCE_MS));
    Promise.race([this.underway, patience]).then(() => {
      this.sending = false;
      this.form.requestSubmit(event.submitter);
    });
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
      if (answer.ok) {
        await takeSign(this.form, answer);
        return 'saved';
      }
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
    // The real submit carries everything: no late draft may overtake it, and one under way tells its sign first.
    form.addEventListener('submit', (event) => draft.leave(event), { capture: true });
    addEventListener('online', () => draft.later(0));
    addEventListener('pageshow', () => {
      draft.leaving = false;
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') draft.save();
    });
  }
}
