/** What the elements cannot do: speak. They share their connection with the page. */
import { speak } from '../../js/words.js';
import { words } from './words.js';

const $ = id => document.getElementById(id);
const say = speak(words, name);
const sb = Switchboard.page;

$('pin').addEventListener('submit', event => {
  event.preventDefault();
  sb.channel('chat:elements').publish({ text: $('text').value, link: $('link').value }).then(() => { $('text').value = ''; }, tell);
});

$('trade').addEventListener('submit', event => {
  event.preventDefault();
  const price = Number(document.querySelector('sb-value').textContent || 100) + Number(event.submitter.value);
  sb.channel('chat:quote').publish({ price }).catch(tell);
});

name();

function name() { for (const state of ['open', 'connecting', 'closed']) $('status').setAttribute(state, say(state)); }

function tell(error) {
  $('text').setCustomValidity(error.message);
  $('text').reportValidity();
  $('text').setCustomValidity('');
}
