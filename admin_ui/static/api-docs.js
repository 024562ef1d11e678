// Draws the description of the API. Requests it sends carry the page's own protection token; its own words are said in
// the reader's language.
const box = document.getElementById('swagger-ui');
const words = JSON.parse(document.getElementById('api-words').textContent);

function say(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const known = words[node.nodeValue.trim()];
    if (known && known !== node.nodeValue.trim()) node.nodeValue = known;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest('pre, code, textarea')) return;
  node.childNodes.forEach(say);
}

new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === 'characterData') say(change.target);
    change.addedNodes.forEach(say);
  }
}).observe(box, { childList: true, subtree: true, characterData: true });

window.SwaggerUIBundle({
  url: box.dataset.spec,
  domNode: box,
  deepLinking: false, // a link inside a button is no link for a keyboard
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (request.method !== 'GET') request.headers['X-CSRFToken'] = box.dataset.protection;
    return request;
  },
});
