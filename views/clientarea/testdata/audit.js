// What would keep people from reading or using the page, as sentences. It is run in the page by the browser test.
(() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const named = (e) => (e.getAttribute('aria-label') || e.textContent || '').trim() || [...e.querySelectorAll('img')].some((i) => i.alt);
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
  const brief = (e) => e.outerHTML.slice(0, 90);

  if (!document.documentElement.lang) faults.push('the page has no language');
  if (!document.title.trim()) faults.push('the page has no title');
  if (all('h1').length !== 1) faults.push('there are ' + all('h1').length + ' first headings');
  if (all('main').length !== 1) faults.push('there is no main part');
  if (all('script, [onclick], [style]').length) faults.push('there is a script or a style in the page');
  let level = 0;
  for (const h of all('h1, h2, h3, h4')) {
    const n = +h.tagName[1];
    if (n > level + 1) faults.push('a heading of level ' + n + ' follows one of level ' + level);
    level = n;
  }
  const ids = all('[id]').map((e) => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push('two things are called ' + id);
  for (const e of all('[aria-describedby], [aria-labelledby]')) {
    for (const id of ((e.getAttribute('aria-describedby') || '') + ' ' + (e.getAttribute('aria-labelledby') || '')).split(/\s+/)) {
      if (id && !document.getElementById(id)) faults.push('nothing is called ' + id + ', which is named by ' + brief(e));
    }
  }
  for (const e of all('input:not([type=hidden]), select, textarea')) {
    if (!e.labels.length && !e.getAttribute('aria-label')) faults.push('a field has no label: ' + brief(e));
  }
  for (const e of all('fieldset')) if (!e.querySelector('legend')) faults.push('a group of fields has no legend');
  for (const e of all('img')) if (!e.hasAttribute('alt')) faults.push('a picture says nothing: ' + brief(e));
  for (const e of all('a[href], button')) if (!named(e)) faults.push('a link or button has no words: ' + brief(e));
  for (const e of all('th')) if (!e.scope) faults.push('a head of a table says not what it heads: ' + brief(e));
  for (const e of all('[tabindex]')) if (e.tabIndex > 0) faults.push('the keyboard jumps: ' + brief(e));
  for (const e of all('button, .button, nav a, select, .field input')) {
    const box = e.getBoundingClientRect();
    if (shown(e) && box.right > 0 && box.height < 44) faults.push('too low for a finger (' + box.height + '): ' + brief(e));
  }
  for (const e of all('a[href], button, input:not([type=hidden]), select, [tabindex="0"]')) {
    if (e.disabled || e.tabIndex < 0) continue;
    e.focus({ focusVisible: true, preventScroll: true });
    const style = getComputedStyle(e);
    if (style.outlineStyle === 'none' || !(parseFloat(style.outlineWidth) >= 2)) faults.push('where the keyboard is cannot be seen: ' + brief(e));
  }
  document.activeElement.blur();
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) faults.push('the page is ' + wide + ' points wider than the screen');

  const parse = (c) => (c.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const bright = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const e of all('body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own && !e.matches('input, select')) continue;
    if (!shown(e)) continue;
    const style = getComputedStyle(e);
    const [x, y] = [bright(parse(style.color)), bright(ground(e))];
    const contrast = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    const size = parseFloat(style.fontSize);
    const needs = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700) ? 3 : 4.5;
    if (contrast < needs) faults.push('hard to read (' + contrast.toFixed(2) + '): ' + brief(e));
  }
  return faults;
})()
