"""What holds on every page, as scripts that the browser answers with a list of problems."""

# Texts of visible charts that lie on each other, on a mark, or leave their picture. Boxes are of the
# ink: from 9.5 above the line to 3 below it. Only the number of a field may lie in that field. Marks
# of one pixel and more count: lines and edges of areas are walked along, areas tried at nine places.
LABELS = """(() => {
  const found = [];
  const ink = t => {
    const b = t.getBBox(), y = Number(t.getAttribute('y'));
    return {left: b.x, right: b.x + b.width, top: y - 9.5, bottom: y + 3};
  };
  const meet = (a, b, by) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > by
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > by;
  const walk = mark => {
    const length = mark.getTotalLength(), places = [];
    for (let at = 0; at <= length; at += 1.5) places.push(mark.getPointAtLength(at));
    return places;
  };
  for (const svg of document.querySelectorAll('svg.chart')) {
    if (!svg.getBoundingClientRect().width) continue;
    const name = svg.getAttribute('aria-labelledby').split(' ')[0];
    const view = svg.viewBox.baseVal;
    const shown = selector => [...svg.querySelectorAll(selector)].filter(e => !e.closest('.tip'));
    const texts = shown('text').filter(t => t.textContent.trim()).map(t => ({t, box: ink(t)}));
    const tell = (what, t, other) => found.push(`${name}: ${what}: ${t.textContent}${other ? ' | ' + other : ''}`);
    for (const {t, box} of texts)
      if (box.left < -1 || box.right > view.width + 1 || box.top < -1 || box.bottom > view.height + 1)
        tell('outside', t);
    for (let i = 0; i < texts.length; i++) for (let k = i + 1; k < texts.length; k++)
      if (meet(texts[i].box, texts[k].box, .5)) tell('on another text', texts[i].t, texts[k].t.textContent);
    for (const mark of shown('line, path, rect, circle')) {
      if (mark.matches('.hit')) continue;
      const size = mark.getBBox();
      const area = {left: size.x, right: size.x + size.width, top: size.y, bottom: size.y + size.height};
      const near = texts.filter(({box}) => meet(box, {left: area.left - 1, right: area.right + 1,
        top: area.top - 1, bottom: area.bottom + 1}, 0));
      if (!near.length) continue;
      const places = mark.matches('line, path') ? walk(mark) : [];
      for (const {t, box} of near) {
        const inside = p => p.x > box.left && p.x < box.right && p.y > box.top && p.y < box.bottom;
        let lies = places.some(inside);
        if (mark.matches('rect, circle')) lies = meet(box, area, .5)
          && !(mark.matches('.cell') && box.left >= area.left && box.right <= area.right
            && box.top >= area.top && box.bottom <= area.bottom);
        if (mark.matches('.band'))
          for (const x of [box.left, (box.left + box.right) / 2, box.right])
            for (const y of [box.top, (box.top + box.bottom) / 2, box.bottom]) {
              const p = svg.createSVGPoint(); p.x = x; p.y = y;
              lies ||= mark.isPointInFill(p);
            }
        if (lies) tell('on a mark', t, mark.tagName + '.' + mark.getAttribute('class'));
      }
    }
  }
  return found;
})()"""

# Tables wider than their room: each can be scrolled, by keyboard too, has a name, shows a shadow at
# its edge that nothing covers, and says so.
SCROLLS = """(() => {
  const found = [];
  let wide = 0;
  for (const table of document.querySelectorAll('table')) {
    if (!table.getClientRects().length) continue;
    const room = table.closest('.scroll');
    const name = (table.querySelector('thead')?.textContent ?? '').slice(0, 40);
    if (!room) { found.push('a table without a room to scroll in: ' + name); continue; }
    const hint = room.querySelector('.hint');
    const isShown = hint && hint.getClientRects().length > 0;
    // The browser speaks of scrolling from a part of a pixel on, which scrollWidth does not tell.
    const isWider = table.getBoundingClientRect().width > room.getBoundingClientRect().width + 0.01;
    if (isShown && isWider && room.scrollWidth <= room.clientWidth + 1) continue;
    if (room.scrollWidth <= room.clientWidth + 1) {
      if (isShown) found.push('speaks of scrolling, but shows all: ' + name);
      continue;
    }
    wide++;
    const style = getComputedStyle(room);
    if (!['auto', 'scroll'].includes(style.overflowX)) found.push('cannot be scrolled: ' + name);
    if (room.tabIndex < 0 || room.getAttribute('role') !== 'region') found.push('no keyboard: ' + name);
    if (!room.getAttribute('aria-label')?.trim()) found.push('no name: ' + name);
    if (!style.backgroundImage.includes('gradient')) found.push('no shadow: ' + name);
    for (const e of [table, ...table.querySelectorAll('thead, tbody, tr, th, td')])
      if (!/, 0\\)$|transparent/.test(getComputedStyle(e).backgroundColor)) {
        found.push('covers the shadow: ' + name); break;
      }
    if (!isShown || !hint.textContent.trim()) found.push('does not say that it scrolls: ' + name);
  }
  return [wide, found];
})()"""

# The folders of somebody's machine, where a reader looks first.
PATHS = """(() => [...document.querySelectorAll('title, header.top *')]
  .filter(e => /(^|[\\s:：·])(\\/|~\\/|[A-Za-z]:[\\\\/])\\S/.test(e.textContent))
  .map(e => 'a path of this machine: ' + e.textContent))()"""

# Meanings and colours: the same legend text never has two colours on a page.
COLOURS = """(() => {
  const found = [], seen = {};
  for (const svg of document.querySelectorAll('svg.chart')) {
    if (!svg.getBoundingClientRect().width) continue;
    for (const row of svg.querySelectorAll('rect.fill, line.line')) {
      const y = Number(row.getAttribute('y') ?? row.getAttribute('y1'));
      const next = row.nextElementSibling;
      if (!next || next.tagName !== 'text' || next.textContent.trim() === '') continue;
      const x = Number(row.getAttribute('x') ?? row.getAttribute('x1'));
      if (Math.abs(Number(next.getAttribute('x')) - x - 35) > .2) continue;
      const colour = getComputedStyle(row)[row.tagName === 'rect' ? 'fill' : 'stroke'];
      const isOfFund = !!row.closest('section.fund');
      const key = next.textContent + (isOfFund ? ' of ' + row.closest('section').querySelector('h2').textContent : '');
      if ((seen[key] ??= colour) !== colour) found.push(`two colours: ${key}: ${seen[key]}, ${colour}`);
    }
  }
  return found;
})()"""

# Texts that stand out too little from their ground (WCAG 2.2, 1.4.3: 4.5 to 1, large text 3 to 1).
CONTRAST = """(() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const part = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = c => .2126 * part(c[0]) + .7152 * part(c[1]) + .0722 * part(c[2]);
  const ground = e => {
    for (let n = e; n; n = n.parentElement) {
      const c = parse(getComputedStyle(n).backgroundColor);
      if (c[3] > .99) return c;
    }
    return [255, 255, 255, 1];
  };
  const found = {};
  for (const e of document.querySelectorAll('h1,h2,h3,p,li,dt,dd,th,td,summary,svg.chart text')) {
    if (!e.getClientRects().length || !e.textContent.trim() || e.closest('.tip')) continue;
    const style = getComputedStyle(e);
    let back = ground(e);
    if (e.matches('.in')) {
      const step = [...e.classList].find(c => c.startsWith('q'));
      const cell = e.closest('svg').querySelector('rect.cell.' + step);
      const fill = parse(getComputedStyle(cell).fill);
      if (fill[3] > .99) back = fill;
    }
    const ink = parse(e instanceof SVGElement ? style.fill : style.color);
    const [a, b] = [light(ink), light(back)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    const least = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
    if (ratio < least) found[e.tagName + '.' + (e.className.baseVal ?? e.className)] = ratio.toFixed(2);
  }
  return Object.entries(found).map(([k, v]) => k + ': ' + v);
})()"""

# Whether glyphs are drawn, each its own, and none the box for what a font lacks.
GLYPHS = """(() => {
  const pixels = text => {
    const c = document.createElement('canvas'); c.width = c.height = 48;
    const g = c.getContext('2d');
    g.font = '32px ' + getComputedStyle(document.body).fontFamily;
    g.fillText(text, 4, 38);
    return g.getImageData(0, 0, 48, 48).data.join();
  };
  const signs = [...'银险耗尽担保补偿亿'].map(pixels);
  const box = [pixels('\\u{10FFFD}'), pixels('\\u{10FFFC}')];
  return new Set(signs).size === signs.length && !signs.some(s => box.includes(s) || !/[1-9]/.test(s));
})()"""

STRUCTURE = """(() => {
  const found = [];
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of new Set(ids)) if (ids.filter(i => i === id).length > 1) found.push('twice: #' + id);
  for (const e of document.querySelectorAll('[aria-labelledby]'))
    for (const id of e.getAttribute('aria-labelledby').split(' '))
      if (!document.getElementById(id)?.textContent.trim()) found.push('unnamed: ' + id);
  let last = 0;
  for (const h of document.querySelectorAll('h1,h2,h3,h4,h5,h6')) {
    const level = Number(h.tagName[1]);
    if (level > last + 1) found.push('skips a level: ' + h.textContent);
    last = level;
  }
  if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
  if (!document.documentElement.lang) found.push('no language');
  if (document.querySelector('script,link,img,iframe,object,embed,form,base')) found.push('foreign elements');
  if (document.querySelector('figure') && !document.querySelector('svg.chart[role=img]')) found.push('no chart');
  if (!document.querySelector('svg.chart[role=img], main table, main dl')) found.push('nothing to read');
  for (const svg of document.querySelectorAll('svg.chart'))
    if (svg.querySelector('rect.cell') && ![...svg.querySelectorAll('text.soft')].some(t => t.textContent.includes('→')))
      found.push('a heat map without a name of its columns: ' + svg.querySelector('title').textContent);
  for (const f of document.querySelectorAll('figure'))
    if (!f.querySelector('details table tbody tr')) found.push('no table: ' + f.textContent.slice(0, 40));
  return found;
})()"""

DETAILS = "document.querySelectorAll('details').forEach(d => { d.open = %s; })"

# The middles of some places of each visible chart that show a reading.
HOVERS = """(() => [...document.querySelectorAll('svg.chart')].flatMap((svg, number) => {
  const places = [...svg.querySelectorAll('.h')];
  if (!svg.getBoundingClientRect().width || !places.length) return [];
  return [0, Math.floor(places.length / 2), places.length - 1].map(index => [number, index]);
}))()"""
