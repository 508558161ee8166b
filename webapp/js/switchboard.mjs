/** The page client as a module. The file that it imports for its effect is the one that classic scripts load. */
import './switchboard.js';

export const { Switchboard } = globalThis;
export const SwitchboardError = Switchboard.Error;
Switchboard.base ??= new URL('..', import.meta.url).href;
