// The diagram of a procedure with the place where a dossier stands:
// <div data-diagram-url="…xml" data-active="id,id" data-passed="id,id">. Its words stand in the page, in the reader's
// language: data-text-label, -zoom-in, -zoom-out, -fit, -failed.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import './viewer.scss';

const STEP_PX = 60;
const READABLE = 0.8; // below this scale the names of the steps cannot be read

const idsIn = (text) => (text ?? '').split(',').map((id) => id.trim()).filter(Boolean);
const countsIn = (text) => idsIn(text).map((pair) => pair.split(':')).filter(([id, times]) => id && Number(times) > 1);

function mark(viewer, ids, className) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  for (const id of ids) if (registry.get(id)) canvas.addMarker(id, className);
}

/** How often a step was entered, where that was more than once. */
function count(viewer, pairs) {
  const registry = viewer.get('elementRegistry');
  const overlays = viewer.get('overlays');
  for (const [id, times] of pairs) {
    if (!registry.get(id)) continue;
    const badge = document.createElement('span');
    badge.className = 'motcua-count';
    badge.textContent = `${times}×`;
    overlays.add(id, { position: { top: -12, right: 12 }, html: badge });
  }
}

/** On a small screen the whole diagram is too small to read: start where the dossier stands. */
function goTo(viewer, id) {
  const canvas = viewer.get('canvas');
  const element = id && viewer.get('elementRegistry').get(id);
  if (!element || canvas.zoom() >= READABLE) return;
  canvas.zoom(READABLE);
  canvas.scrollToElement(element);
}

function actionsOf(viewer) {
  const canvas = viewer.get('canvas');
  const zoom = viewer.get('zoomScroll');
  const fit = () => canvas.zoom('fit-viewport', 'auto');
  return {
    fit,
    zoomIn: () => zoom.stepZoom(1),
    zoomOut: () => zoom.stepZoom(-1),
    move: (dx, dy) => canvas.scroll({ dx, dy }),
  };
}

/** A word of the page; without it the button stays empty rather than foreign. */
const wordOf = (box, name) => box.dataset[`text${name[0].toUpperCase()}${name.slice(1)}`] ?? '';

function addTools(box, actions) {
  const bar = document.createElement('div');
  bar.className = 'motcua-diagram-tools';
  for (const name of ['zoomIn', 'zoomOut', 'fit']) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn btn-sm btn-outline-primary';
    button.textContent = wordOf(box, name);
    button.addEventListener('click', actions[name]);
    bar.append(button);
  }
  box.before(bar);
}

function addKeys(box, actions) {
  const keys = {
    '+': actions.zoomIn,
    '=': actions.zoomIn,
    '-': actions.zoomOut,
    0: actions.fit,
    ArrowLeft: () => actions.move(STEP_PX, 0),
    ArrowRight: () => actions.move(-STEP_PX, 0),
    ArrowUp: () => actions.move(0, STEP_PX),
    ArrowDown: () => actions.move(0, -STEP_PX),
  };
  box.tabIndex = 0;
  box.setAttribute('role', 'application');
  box.setAttribute('aria-label', wordOf(box, 'label'));
  // Before the library's own handler, so that a key moves the diagram once.
  box.addEventListener('keydown', (event) => {
    const action = keys[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }, { capture: true });
}

async function show(box) {
  const answer = await fetch(box.dataset.diagramUrl, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`diagram: ${answer.status}`);
  const viewer = new NavigatedViewer({ container: box });
  await viewer.importXML(await answer.text());
  mark(viewer, idsIn(box.dataset.passed), 'motcua-passed');
  mark(viewer, idsIn(box.dataset.active), 'motcua-active');
  mark(viewer, idsIn(box.dataset.failed), 'motcua-failed');
  count(viewer, countsIn(box.dataset.counts));
  const actions = actionsOf(viewer);
  actions.fit();
  goTo(viewer, idsIn(box.dataset.active)[0]);
  addTools(box, actions);
  addKeys(box, actions);
  box.dataset.state = 'ready';
}

for (const box of document.querySelectorAll('[data-diagram-url]')) {
  show(box).catch((error) => {
    console.error(error);
    box.dataset.state = 'failed';
    box.textContent = wordOf(box, 'failed');
  });
}
