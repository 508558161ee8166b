/** One connection for all tabs: shared, taken over, and never across logins. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { browser, Exchange } from './fake-browser.mjs';
import { until } from './fake-exchange.mjs';

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const isOpen = tab => tab.sb.state === 'open';
const joined = tab => tab.events.some(([name]) => name === 'subscribed');

for (const workers of [true, false]) {
  const where = workers ? 'shared worker' : 'leading tab';

  test(`${where}: five tabs use one connection, and each hears all in order`, async t => {
    const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
    const tabs = numbers(1, 5).map(() => open().follow('chat:a'));
    await until(() => tabs.every(joined));
    for (const n of numbers(1, 50)) exchange.publish('chat:a', n);
    await tabs[3].room.publish('from four');
    await until(() => tabs.every(tab => tab.heard.length === 51));

    for (const tab of tabs) assert.deepEqual(tab.heard, [...numbers(1, 50), 'from four']);
    assert.equal(exchange.sockets.size, 1);
    assert.equal(exchange.opened, 1);
    assert.equal(exchange.log.filter(({ subscribe }) => subscribe).length, 1);
    assert.deepEqual(tabs[0].states.at(-1), { state: 'open', transport: 'websocket' });
  });

  for (const notice of [true, false]) {
    test(`${where}: the others go on when the first tab is closed, ${notice ? 'with' : 'without'} notice`, async t => {
      const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
      const tabs = [open().follow('chat:a')];
      await until(() => joined(tabs[0]));
      tabs.push(...numbers(2, 5).map(() => open().follow('chat:a')));
      await until(() => tabs.every(joined));
      exchange.publish('chat:a', 1);
      await until(() => tabs.every(tab => tab.heard.length === 1));

      const [first, ...others] = tabs, began = Date.now();
      first.shut({ notice });
      for (const n of numbers(2, 30)) exchange.publish('chat:a', n);
      await until(() => others.every(tab => tab.heard.length >= 30), 'all heard by the others');

      t.diagnostic(`taken over after ${Date.now() - began} ms`);
      for (const tab of others) assert.deepEqual(tab.heard, numbers(1, 30));
      for (const tab of others) assert.equal(tab.events.some(([name]) => name === 'gap'), false);
      assert.equal(exchange.sockets.size, 1);
    });
  }

  test(`${where}: what was missed while nobody was connected comes to each tab once`, async t => {
    const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
    const tabs = numbers(1, 3).map(() => open().follow('chat:a'));
    await until(() => tabs.every(joined));
    exchange.publish('chat:a', 1);
    await until(() => tabs.every(tab => tab.heard.length === 1));

    for (const socket of exchange.sockets) socket.close(3001, 'shutdown');
    for (const n of numbers(2, 5)) exchange.publish('chat:a', n);
    await until(() => tabs.every(isOpen) && tabs.every(tab => tab.heard.length === 5));

    for (const tab of tabs) assert.deepEqual(tab.heard, numbers(1, 5));
  });

  test(`${where}: what was on the wire when the hub was lost is not left hanging`, async t => {
    const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
    const [first, second] = [open(), open().follow('chat:a')];
    await until(() => isOpen(first) && joined(second));
    exchange.swallows = 'unanswered';
    const fate = second.room.publish('unanswered').catch(error => error);

    if (workers) for (const socket of exchange.sockets) socket.close(3001, 'shutdown'); else first.shut();

    const { code, temporary } = await fate;
    assert.deepEqual([code, temporary], [2, true]);
    await until(() => isOpen(second));
  });

  test(`${where}: another login has another connection`, async t => {
    const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
    const ann = open({ sharedBetweenTabs: 'ann' }), bob = open({ sharedBetweenTabs: 'bob' });

    await until(() => isOpen(ann) && isOpen(bob));

    assert.equal(exchange.sockets.size, 2);
  });

  test(`${where}: a tab that asks from further back gets what it asks for, the others nothing twice`, async t => {
    const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
    for (const n of numbers(1, 4)) exchange.publish('chat:a', n);
    const one = open().follow('chat:a');
    await until(() => joined(one));
    exchange.publish('chat:a', 5);
    await until(() => one.heard.length === 1);

    const two = open().follow('chat:a', { since: 1 });
    await until(() => two.heard.length === 4);
    exchange.publish('chat:a', 6);
    await until(() => one.heard.length === 2 && two.heard.length === 5);

    assert.deepEqual(one.heard, [5, 6]);
    assert.deepEqual(two.heard, numbers(2, 6));
    assert.equal(exchange.sockets.size, 1);
  });

  test(`${where}: the latest publication of a cache channel comes to each tab`, async t => {
    const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
    exchange.publish('last:x', 1);
    const one = open().follow('last:x');
    await until(() => one.heard.length === 1);
    exchange.publish('last:x', 2);
    await until(() => one.heard.length === 2);

    const two = open().follow('last:x');
    await until(() => two.heard.length === 1);

    assert.deepEqual([one.heard, two.heard], [[1, 2], [2]]);
  });

  test(`${where}: join and leave are asked for as soon as one tab wants them`, async t => {
    const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
    const one = open().follow('chat:a');
    await until(() => joined(one));

    const two = open().follow('chat:a', { presence: true });
    await until(() => joined(two) && one.events.filter(([name]) => name === 'subscribed').length === 2);
    for (const socket of exchange.sockets) socket.say({ push: { channel: 'chat:a', join: { info: { client: 'x', user: '' } } } });
    await until(() => two.events.some(([name]) => name === 'join'));

    assert.deepEqual(exchange.log.filter(({ subscribe }) => subscribe).map(({ subscribe }) => !!subscribe.join_leave), [false, true]);
  });

  test(`${where}: the channel is left when the last tab leaves it, the connection when the last tab goes`, async t => {
    const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
    const [one, two] = [open().follow('chat:a'), open().follow('chat:a')];
    await until(() => joined(one) && joined(two));

    await one.room.unsubscribe();
    exchange.publish('chat:a', 1);
    await until(() => two.heard.length === 1);
    assert.equal(exchange.log.some(({ unsubscribe }) => unsubscribe), false);
    await two.room.unsubscribe();
    await until(() => exchange.log.some(({ unsubscribe }) => unsubscribe));
    assert.deepEqual(one.heard, []);

    one.sb.disconnect();
    two.sb.disconnect();
    await until(() => exchange.sockets.size === 0);
  });

  test(`${where}: a tab that is gone without a word is noticed`, async t => {
    const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
    const one = open();
    await until(() => isOpen(one));
    const two = open().follow('chat:b');
    await until(() => joined(two));

    two.shut();

    await until(() => exchange.log.some(({ unsubscribe }) => unsubscribe?.channel === 'chat:b'));
    assert.equal(one.sb.state, 'open');
  });

  test(`${where}: with true the exchange says who it is; a login that changed under way ends the sharing`, async t => {
    const exchange = new Exchange(), { open } = browser(t, exchange, { workers });
    exchange.tellsLogin = true;
    const [one, two] = [open({ sharedBetweenTabs: true }), open({ sharedBetweenTabs: true })];
    await until(() => isOpen(one) && isOpen(two));
    assert.equal(exchange.sockets.size, 1);

    exchange.login = 'bob';
    const three = open({ sharedBetweenTabs: true });
    await until(() => isOpen(three));

    assert.deepEqual([...exchange.sockets].map(({ login }) => login), ['ann', 'bob']);
    for (const socket of [...exchange.sockets]) if (socket.login === 'ann') socket.close(3005, 'connection expired');
    await until(() => exchange.sockets.size === 1 && [one, two, three].every(isOpen));
    assert.deepEqual([...exchange.sockets].map(({ login }) => login), ['bob']);
  });
}

test('with true, and an exchange that does not say who it is, nothing is shared', async t => {
  const exchange = new Exchange(), { open } = browser(t, exchange);
  const [one, two] = [open({ sharedBetweenTabs: true }), open({ sharedBetweenTabs: true })];

  await until(() => isOpen(one) && isOpen(two));

  assert.equal(exchange.sockets.size, 2);
});

test('a login that changed between question and connection is found out', async t => {
  const exchange = new Exchange(), { open } = browser(t, exchange);
  exchange.tellsLogin = true;
  exchange.onOpen = () => { exchange.login = 'bob'; }; // right after the handshake as Ann, to which the question led
  const one = open({ sharedBetweenTabs: true });

  await until(() => exchange.opened === 2 && isOpen(one));

  assert.deepEqual([...exchange.sockets].map(({ login }) => login), ['bob']);
});

test('tabs whose hub does not answer have connections of their own', async t => {
  const exchange = new Exchange(), { open, crash } = browser(t, exchange);
  const one = open();
  await until(() => isOpen(one));
  crash('http://exchange.test/ =ann');

  const two = open().follow('chat:a');

  await until(() => isOpen(two));
});

test('while the server is down every tab waits, then one connects for all', async t => {
  const exchange = new Exchange(), { open } = browser(t, exchange);
  exchange.down = true;
  const tabs = numbers(1, 3).map(() => open().follow('chat:a'));
  await until(() => tabs.every(tab => tab.states.some(e => e.retryIn !== undefined)));

  exchange.down = false;
  await until(() => tabs.every(joined));

  assert.equal(exchange.sockets.size, 1);
});
