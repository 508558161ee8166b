/** The page client under test: its sources, or what a build made of them when SWITCHBOARD_CLIENT names that folder. */
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

// The build runs a copy of these files below target/ and says where the project is.
const base = process.env.SWITCHBOARD_BASEDIR ? `${pathToFileURL(process.env.SWITCHBOARD_BASEDIR)}/` : new URL('../../../../', import.meta.url);
const built = process.env.SWITCHBOARD_CLIENT && `${pathToFileURL(process.env.SWITCHBOARD_CLIENT)}/`;
const sources = `${base}webapp/js/src/`;

export const client = () => import(built ? `${built}switchboard.mjs` : `${sources}switchboard.js`);

const PARTS = ['common', 'lines', 'channel', 'switchboard', 'global'];
const read = url => readFileSync(fileURLToPath(url), 'utf8');

/** The text of a classic script: core, tabs or elements. The core is put together as the build does it. */
export const script = name => {
  if (built) return read(`${built}switchboard${name === 'core' ? '' : `.${name}`}.js`);
  if (name !== 'core') return read(`${sources}${name}.js`);
  return `(()=>{${PARTS.map(part => read(`${sources}${part}.js`).replace(/^import .*$/gm, '').replace(/^export (\{.*$)?/gm, '')).join('')}})()`;
};
