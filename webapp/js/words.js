/**
 * The language of a page: English stands in the HTML, the dictionary holds both, a button switches.
 *
 * `data-text="key"` fills an element, `data-label` its aria-label, `data-hint` its placeholder.
 */
const KEPT = 'switchboard.language';

const preferred = () => {
  const kept = recall();
  if (kept === 'en' || kept === 'zh') return kept;
  return (navigator.languages ?? [navigator.language]).find(l => /^(en|zh)/i.test(l))?.slice(0, 2).toLowerCase() ?? 'en';
};

// A browser that blocks site data throws here; the choice then lasts as long as the page.
const recall = () => { try { return localStorage.getItem(KEPT); } catch { return null; } };
const keep = language => { try { localStorage.setItem(KEPT, language); } catch { /* see above */ } };

/** Speaks the visitor's language and follows the page's switch; returns `say(key, values)` for text made later. */
export function speak(dictionary, onSwitch = () => {}) {
  const say = (key, values = {}) =>
    (dictionary[document.documentElement.lang.slice(0, 2)] ?? dictionary.en)[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const use = language => {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
    document.title = say('title');
    for (const e of document.querySelectorAll('[data-text]')) e.textContent = say(e.dataset.text);
    for (const e of document.querySelectorAll('[data-label]')) e.setAttribute('aria-label', say(e.dataset.label));
    for (const e of document.querySelectorAll('[data-hint]')) e.placeholder = say(e.dataset.hint);
    for (const b of document.querySelectorAll('[data-language]')) b.setAttribute('aria-pressed', b.dataset.language === language);
  };

  for (const button of document.querySelectorAll('[data-language]')) {
    button.addEventListener('click', () => { keep(button.dataset.language); use(button.dataset.language); onSwitch(); });
  }
  use(preferred());
  return say;
}
