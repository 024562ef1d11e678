// One script for all ordinary pages. Every page works without it; it only makes work quicker and losses rarer.
import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/500.css';
import '@fontsource/be-vietnam-pro/600.css';
import '@fontsource/be-vietnam-pro/700.css';
import './app.scss';
import './rooms.js';
import { startAutosave } from './autosave.js';
import { startConditions } from './conditions.js';
import { startCopy } from './copy.js';
import { startDialogs } from './dialog.js';
import { startFetchInto } from './fetch_into.js';
import { startFocus } from './focus.js';
import { startPrint } from './print.js';
import { startQueue } from './queue.js';
import { startSubmitOnce } from './submit_once.js';

document.documentElement.dataset.js = 'on';
startSubmitOnce(document);
startAutosave(document);
startDialogs(document);
startCopy(document);
startPrint(document);
startQueue(document);
startConditions(document);
startFetchInto(document);
startFocus(document);
