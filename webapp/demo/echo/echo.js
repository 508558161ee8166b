/** The echo endpoint through nothing but the browser's own WebSocket: everything it tells is written down. */
import { speak } from '../../js/words.js';
import { words } from './words.js';

const SHOWN = 4096; // characters of a text; the rest is counted, not shown
const PICTURE_LIMIT = 2 * 1024 * 1024;
const $ = id => document.getElementById(id);
const say = speak(words, showState);

let socket, sentType = '';

const address = () => {
  const url = new URL('../../echo', document.baseURI);
  url.protocol = url.protocol.replace('http', 'ws');
  url.search = $('raw').checked ? '?raw' : '';
  return url.href;
};

on('line', open);
on('say', () => {
  socket.send($('text').value);
  log('Sent', say('sentText', { count: $('text').value.length, text: short($('text').value) }));
});
on('post', () => {
  const file = $('file').files[0];
  if (!file) return log('Refused', say('noFile'));
  sentType = file.type; // a WebSocket message carries bytes but no type
  socket.send(file);
  log('Sent', say('sentFile', { name: file.name, count: file.size }));
});
on('hang', () => {
  const code = $('code').value.trim(), reason = $('reason').value;
  try {
    if (code) socket.close(Number(code), reason); else socket.close();
    log('Closing', code ? `${code} “${reason}”` : say('noCode'));
  } catch (refusal) {
    log('Refused', refusal.message);
  }
});
$('clear').addEventListener('click', () => $('log').replaceChildren());
$('raw').addEventListener('change', showState);
showState();

function on(form, action) {
  $(form).addEventListener('submit', event => { event.preventDefault(); action(); showState(); });
}

function open() {
  socket?.close();
  const line = socket = new WebSocket(address());
  line.binaryType = 'arraybuffer';
  line.addEventListener('open', () => log('Open', say('opened', line)));
  line.addEventListener('message', ({ data }) => typeof data === 'string'
    ? log('Message', say('gotText', { count: data.length, text: short(data) })) : showBytes(new Uint8Array(data)));
  line.addEventListener('error', () => log('Error', say('failed')));
  line.addEventListener('close', e => log('Close', say('closed', { code: e.code, reason: e.reason, clean: e.wasClean })));
  for (const event of ['open', 'close']) line.addEventListener(event, showState);
}

function showBytes(bytes) {
  const item = log('Message', say('bytes', { count: bytes.length }));
  const hex = [...bytes.subarray(0, 32)].map(b => b.toString(16).padStart(2, '0')).join(' ') + (bytes.length > 32 ? ' …' : '');
  if (bytes.length) add(item, 'hex', say('first', { hex }));
  const text = asText(bytes);
  if (text) add(item, 'what', short(text));
  // The type is the one that was sent; the policy of these pages allows pictures from data:, but not from blob:.
  if (/^image\/(png|jpeg|gif|webp|avif)$/.test(sentType) && bytes.length <= PICTURE_LIMIT) showPicture(item, bytes);
}

function showPicture(item, bytes) {
  const reader = new FileReader();
  reader.onload = () => {
    const picture = document.createElement('img');
    picture.alt = say('picture');
    picture.src = reader.result;
    item.append(picture);
  };
  reader.readAsDataURL(new Blob([bytes], { type: sentType }));
}

/** The text that the bytes are, or nothing when they are not UTF-8 or hold control characters. */
function asText(bytes) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /[\x00-\x08\x0e-\x1f]/.test(text) ? '' : text;
  } catch {
    return '';
  }
}

function short(text) { return text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text; }

function log(kind, text) {
  const item = document.createElement('li'), time = document.createElement('time'), now = new Date();
  item.className = kind.toLowerCase();
  time.textContent = now.toTimeString().slice(0, 8) + '.' + String(now.getMilliseconds()).padStart(3, '0');
  item.append(time);
  add(item, 'kind', say(`kind${kind}`));
  add(item, 'what', text);
  $('log').append(item);
  $('log').scrollTop = $('log').scrollHeight;
  return item;
}

function add(item, className, text) {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  item.append(span);
}

function showState() {
  const state = socket?.readyState;
  $('address').textContent = address();
  $('state').textContent = say(state === undefined ? 'none' : state);
  $('lamp').dataset.lit = state === 1 ? 'yes' : state === 0 || state === 2 ? 'wait' : 'no';
  $('open').disabled = state === 0 || state === 1;
  $('raw').disabled = state === 0 || state === 1;
  for (const button of document.querySelectorAll('[data-needs-line]')) button.disabled = state !== 1;
}
