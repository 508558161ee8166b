export const words = {
  en: {
    title: 'Elements · Switchboard', skip: 'Skip to content', demos: 'Demos', chat: 'Chat', echo: 'Echo', elements: 'Elements', language: 'Language',
    headline: 'A live page without a script', lead: 'The board below is HTML: four elements that follow channels. Only the two forms have a script, of ten lines.',
    here: 'on the line:', news: 'Notices', text: 'Notice', link: 'Where it leads', pin: 'Pin it', quote: 'Quote', buy: 'Buy', sell: 'Sell',
    open: 'Connected', connecting: 'Connecting …', closed: 'Disconnected',
  },
  zh: {
    title: '元素 · Switchboard', skip: '跳到正文', demos: '演示', chat: '聊天室', echo: '回声', elements: '元素', language: '语言',
    headline: '不写脚本的实时页面', lead: '下面的公告板只是 HTML：四个跟随频道的元素。只有两个表单用了十行脚本。',
    here: '在线人数：', news: '公告', text: '公告内容', link: '链接地址', pin: '张贴', quote: '报价', buy: '买入', sell: '卖出',
    open: '已接通', connecting: '正在接通……', closed: '已断开',
  },
};
