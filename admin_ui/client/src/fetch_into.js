// A part of the page that the server works out from what is typed: <button data-fetch-into="id" formaction="URL">.
// The answer is a whole page with a part of the same id. Files are not sent; without this script the page opens beside.

async function fill(box, button) {
  const pairs = [...new FormData(button.form)].filter(([, value]) => typeof value === 'string');
  try {
    const answer = await fetch(button.formAction, {
      method: 'POST',
      credentials: 'same-origin',
      body: new URLSearchParams(pairs),
    });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const found = answer.ok && page.getElementById(box.id);
    if (found) box.replaceChildren(...found.childNodes);
    else box.textContent = button.dataset.textFailed ?? '';
  } catch {
    box.textContent = button.dataset.textFailed ?? '';
  }
}

export function startFetchInto(root) {
  for (const button of root.querySelectorAll('button[data-fetch-into]')) {
    const box = root.getElementById(button.dataset.fetchInto);
    if (!box) continue;
    button.addEventListener('click', (event) => {
      event.preventDefault();
      fill(box, button);
    });
  }
}
