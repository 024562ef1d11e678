// Draws the description of the API; requests it sends carry the page's own protection token.
const box = document.getElementById('swagger-ui');
window.SwaggerUIBundle({ url: box.dataset.spec, domNode: box, deepLinking: true, validatorUrl: null });
