import { speak } from './js/words.js';

const say = speak({
  en: {
    title: 'Switchboard', skip: 'Skip to content', language: 'Language',
    headline: 'A telephone exchange for your web application',
    lead: 'Pages call a channel, the server connects them, and whoever was cut off hears what they missed. It runs inside the application server you already have.',
    asking: 'Asking the exchange…', running: '{name} {version} is on the line, in {container}', silent: 'The exchange does not answer',
    try: 'Try it', chat: 'Chat', chatAbout: 'Two windows, one room. Cut your own connection and see what comes back.',
    echo: 'Echo playground', echoAbout: 'The browser’s own WebSocket and nothing else: texts, files, close codes.',
    elements: 'Elements', elementsAbout: 'A live page of HTML alone: feed, value, presence, status.',
    use: 'Use it in a page', example: 'Example',
    useAbout: 'Reconnecting, catching up and telling when catching up was impossible happen by themselves. Where WebSocket is blocked, HTTP takes its place. The official Centrifuge SDKs speak to the same address.',
    what: 'What runs here', version: 'Version', container: 'Application server', engine: 'Engine', namespaces: 'Namespaces', endpoints: 'Addresses',
    unknown: 'The exchange did not answer. Is the module still starting?', none: 'none yet',
  },
  zh: {
    title: 'Switchboard 电话交换台', skip: '跳到正文', language: '语言',
    headline: '为您的网页应用接线的电话交换台',
    lead: '页面呼叫频道，服务器接通彼此；掉线的人回来后，能听到错过的每一句。它就运行在您现有的应用服务器里。',
    asking: '正在呼叫交换台……', running: '{name} {version} 已接通，运行于 {container}', silent: '交换台没有应答',
    try: '试一试', chat: '聊天室', chatAbout: '两个窗口，一个房间。亲手切断连接，看看什么会回来。',
    echo: '回声试验台', echoAbout: '只用浏览器自带的 WebSocket：文本、文件、关闭代码。',
    elements: '元素', elementsAbout: '只用 HTML 的实时页面：消息流、数值、在线人数、连接状态。',
    use: '在页面中使用', example: '示例',
    useAbout: '断线重连、补发漏收的消息、补不齐时如实告知，都会自动完成。WebSocket 被拦截时会改用 HTTP。Centrifuge 官方 SDK 也可以连接同一地址。',
    what: '这里运行着什么', version: '版本', container: '应用服务器', engine: '引擎', namespaces: '命名空间', endpoints: '地址',
    unknown: '交换台没有应答。模块还在启动吗？', none: '暂无',
  },
}, show);

const $ = id => document.getElementById(id);
let status; // undefined while asking, null when there was no answer

function show() {
  $('running').textContent = status ? say('running', status) : say(status === null ? 'silent' : 'asking');
  $('lamp').dataset.lit = status ? 'yes' : 'no';
  $('facts').hidden = !status;
  $('unknown').hidden = status !== null;
  $('demos').hidden = status?.demos === false;
  if (!status) return;
  for (const key of ['version', 'container', 'engine']) $(key).textContent = status[key];
  $('namespaces').textContent = status.namespaces.join(', ') || say('none');
  $('endpoints').replaceChildren(...status.endpoints.map(path => {
    const code = document.createElement('code');
    code.textContent = new URL(`.${path}`, document.baseURI).pathname.replace(/%7B/gi, '{').replace(/%7D/gi, '}');
    return code;
  }));
}

// With the address of this very deployment, so that the lines can be copied as they are.
$('example').textContent = `import { Switchboard } from '${new URL('js/switchboard.mjs', document.baseURI).pathname}';
const room = new Switchboard().subscribe('chat:lobby', message => console.log(message));
await room.publish({ text: 'Hello?' });`;

show();
try {
  const answer = await fetch('status', { cache: 'no-store' });
  status = answer.ok ? await answer.json() : null;
} catch {
  status = null;
}
show();
