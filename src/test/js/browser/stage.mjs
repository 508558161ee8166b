/** A headless Chromium and pages that are watched: a policy violation, an uncaught error or a failed resource fails the test. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

if (!process.env.SWITCHBOARD_URL) throw new Error('SWITCHBOARD_URL must name the deployment, e.g. http://127.0.0.1:8080/switchboard');

const BASE = process.env.SWITCHBOARD_URL.replace(/\/$/, '');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
// Playwright switches off what browsers of people have on.
const KEPT = ['--disable-back-forward-cache'];

export const room = () => `r${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;

export async function stage(t) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ARGUMENTS, ignoreDefaultArgs: KEPT });
  const complaints = [];
  t.after(() => browser.close());

  /** `before` prepares the page before anything is loaded. */
  async function open(path, { before, ...options } = {}) {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    page.on('pageerror', error => complaints.push(`uncaught: ${error.message}`));
    page.on('console', message => {
      if (message.type() === 'error' || /Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
    });
    page.on('response', r => { if (r.status() >= 400) complaints.push(`${r.status()} ${r.url()}`); });
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', e => console.error(`Content Security Policy: ${e.violatedDirective} ${e.blockedURI}`));
    });
    await before?.(page);
    const answer = await page.goto(`${BASE}${path}`);
    page.policy = answer.headers()['content-security-policy'] ?? '';
    return page;
  }

  return {
    open,
    /** Fails when anything was complained about since the last call, but for what was `provoked`. */
    clean(provoked) { assert.deepEqual(complaints.splice(0).filter(what => !provoked?.test(what)), []); },
  };
}

/** What axe-core finds wrong with the page as it stands; the page must have been opened with bypassCSP. */
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`);
}

export const LOOKS = [
  { name: 'light, wide', options: { bypassCSP: true, colorScheme: 'light', viewport: { width: 1280, height: 900 } } },
  { name: 'dark, phone', options: { bypassCSP: true, colorScheme: 'dark', viewport: { width: 390, height: 844 } } },
];

/** True when nothing sticks out sideways. */
export const fits = page => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
