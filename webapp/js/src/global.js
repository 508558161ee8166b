/** The last part of the file for pages without modules: the global `Switchboard`, which knows where it came from. */
import { Switchboard } from './switchboard.js';

const from = globalThis.document ? document.currentScript?.src : globalThis.location?.href;
if (from) Switchboard.base = new URL('..', from).href;
globalThis.Switchboard ??= Switchboard; // as a module and as a script on one page it is still one
