// The timeline of an exported page: it pans and zooms, and nothing else. Rows, sides, forms and the
// scale from which each label shows were chosen by the program; here times are only multiplied.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const [box, list, story, search, found] = ["timeline", "events", "story", "search", "found"].map(byId);
  const articles = [...list.children];
  const canvas = box.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const marks = box.querySelector("ul");
  const AXIS = 46, MARK = 13, FAR = 200, YEAR = 31556952, DAY = 86400;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  root.classList.add("scripted");
  box.hidden = false;
  byId("tools").hidden = false;
  box.style.height = data.height + "px";

  // The camera: the time at the left edge of the plot, in seconds, and px per second.
  let left = 0, scale = data.coarsest, width = 0, shown = null, chosen = -1, focused = -1, drawn = false;
  let hits = new Set(), looking = false, flight = 0;
  const plot = () => Math.max(1, width - data.gutter);
  const x = (secs) => data.gutter + (secs - left) * scale;

  function limit() {
    scale = Math.min(Math.max(scale, data.coarsest), data.finest);
    const half = plot() / 2 / scale;
    left = Math.min(Math.max(left, data.extent[0] - half), data.extent[1] - half);
  }
  function fit() {
    scale = Math.max(data.coarsest, data.coarsest * (plot() - 40) / Math.max(1, data.plot - 40));
    left = data.fit + data.plot / 2 / data.coarsest - plot() / 2 / scale;
    limit();
  }
  function redraw() {
    if (!drawn) { drawn = true; requestAnimationFrame(draw); }
  }
  function zoom(at, factor) {
    flight++;
    const time = left + (at - data.gutter) / scale;
    scale *= factor;
    scale = Math.min(Math.max(scale, data.coarsest), data.finest);
    left = time - (at - data.gutter) / scale;
    limit(); redraw();
  }
  function fly(toLeft, toScale) {
    const [l0, s0, own] = [left, scale, ++flight];
    const begun = performance.now(), long = calm.matches ? 1 : 450;
    const step = (now) => {
      if (own !== flight) return;
      const t = Math.min(1, (now - begun) / long), e = 1 - (1 - t) ** 3;
      scale = s0 * (toScale / s0) ** e;
      // The middle moves evenly.
      const m0 = l0 + plot() / 2 / s0, m1 = toLeft + plot() / 2 / toScale;
      left = m0 + (m1 - m0) * e - plot() / 2 / scale;
      limit(); redraw();
      if (t < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  let look = null;
  function theme() {
    look = Object.fromEntries(["ground", "panel", "ink", "muted", "hairline", "grid", "accent"].map((it) => [it, css("--" + it)]));
    redraw();
  }
  const rgba = (hex, alpha) => hex + Math.round(255 * Math.min(1, Math.max(0, alpha))).toString(16).padStart(2, "0");
  const face = (weight, size, serif) => `${weight} ${size}px ${css(serif ? "--serif" : "--sans")}`;
  const rtl = /^[^A-Za-z\u00c0-\u024f\u0370-\u052f]*[\u0590-\u08ff\ufb1d-\ufefc]/;
  const widths = new Map();
  function wide(font, words) {
    const key = font + words;
    if (!widths.has(key)) { pen.font = font; widths.set(key, pen.measureText(words).width); }
    return widths.get(key);
  }
  function elided(font, words, most) {
    if (wide(font, words) <= most) return words;
    let end = words.length;
    while (end > 0 && wide(font, words.slice(0, end) + "…") > most) end--;
    return words.slice(0, end).trimEnd() + "…";
  }
  function write(words, at, y, font, color, align) {
    pen.font = font; pen.fillStyle = color; pen.textAlign = align || "left";
    pen.direction = rtl.test(words) ? "rtl" : "ltr";
    pen.fillText(words, at, y);
  }

  // A mark at this scale, as the program draws it: see its legend.
  function drawnMark(event) {
    const [from, to, start, end, innerStart, innerEnd, flags] = event.m;
    const one = flags & 1, dashed = flags & 2;
    let [a, b] = [x(from), x(to)];
    if (one && b - a < 8) { const m = (a + b) / 2; return { x0: m - 6, x1: m + 6, diamond: true }; }
    if (start !== 3 && end !== 3) { const lack = Math.max(0, 4 - (b - a)) / 2; a -= lack; b += lack; }
    const full = dashed ? 0.18 : one ? event.lane.s[dark.matches ? 1 : 0] : 1;
    const soft = Math.min(10, (b - a) / 4), stops = [];
    const inner = (time) => Math.min(b, Math.max(a, x(time)));
    const it = { x0: a, x1: b, stops };
    if (start === 1) stops.push([a, 0], [a + soft, full]);
    else if (start === 2) stops.push([a, full * 0.35], [inner(innerStart), full]);
    else if (start === 3) { it.x0 = a - 96; stops.push([it.x0, 0], [a, full]); }
    else stops.push([a, full]);
    if (end === 1) stops.push([b - soft, full], [b, 0]);
    else if (end === 2) stops.push([inner(innerEnd), full], [b, full * 0.35]);
    else if (end === 3) { it.x1 = b + 96; stops.push([b, full], [it.x1, 0]); }
    else { stops.push([b, full]); if (end === 4) { it.arrow = b; it.x1 = b + 8; } }
    return it;
  }
  function paintMark(event, it, top, color, opacity) {
    const dashed = event.m[6] & 2, y = top + data.markTop;
    if (it.diamond) {
      const m = (it.x0 + it.x1) / 2, c = y + MARK / 2;
      const rhomb = (half) => { pen.beginPath(); pen.moveTo(m, c - half - 0.5); pen.lineTo(m + half, c); pen.lineTo(m, c + half + 0.5); pen.lineTo(m - half, c); pen.fill(); };
      pen.fillStyle = rgba(color, opacity); rhomb(6);
      if (dashed) { pen.fillStyle = look.ground; rhomb(4); pen.fillStyle = rgba(color, 0.18 * opacity); rhomb(4); }
      return;
    }
    const [l, r] = [Math.max(it.x0, data.gutter - FAR), Math.min(it.x1, width + FAR)];
    if (r <= l) return;
    const strength = (at) => {
      let before = it.stops[0];
      for (const stop of it.stops) {
        if (at <= stop[0]) return stop[0] === before[0] ? stop[1] : before[1] + (stop[1] - before[1]) * (at - before[0]) / (stop[0] - before[0]);
        before = stop;
      }
      return before[1];
    };
    const end = it.arrow === undefined ? r : Math.min(r, it.arrow);
    if (end > l) {
      const ramp = pen.createLinearGradient(l, 0, end, 0);
      ramp.addColorStop(0, rgba(color, opacity * strength(l)));
      for (const [at, s] of it.stops) if (at > l && at < end) ramp.addColorStop((at - l) / (end - l), rgba(color, opacity * s));
      ramp.addColorStop(1, rgba(color, opacity * strength(end)));
      pen.fillStyle = ramp; pen.fillRect(l, y, end - l, MARK);
    }
    if (event.m[6] & 4) {
      pen.fillStyle = rgba(look.ground, 0.75);
      for (let at = it.x0 + Math.ceil((l - it.x0) / 7) * 7; at + 2.5 + MARK <= r; at += 7) {
        pen.beginPath(); pen.moveTo(at, y + MARK); pen.lineTo(at + 2.5, y + MARK); pen.lineTo(at + 2.5 + MARK, y); pen.lineTo(at + MARK, y); pen.fill();
      }
    }
    if (dashed) {
      const fade = pen.createLinearGradient(it.x0, 0, it.x1, 0), long = Math.max(1, it.x1 - it.x0);
      if (event.m[2] === 3) { fade.addColorStop(0, rgba(color, 0)); fade.addColorStop(Math.min(0.5, 96 / long), rgba(color, opacity)); }
      if (event.m[3] === 3) { fade.addColorStop(Math.max(0.5, 1 - 96 / long), rgba(color, opacity)); fade.addColorStop(1, rgba(color, 0)); }
      pen.strokeStyle = event.m[2] === 3 || event.m[3] === 3 ? fade : rgba(color, opacity);
      pen.lineWidth = 1; pen.setLineDash([4, 3]); pen.lineDashOffset = 0; pen.beginPath();
      for (const line of [y + 0.5, y + MARK - 0.5]) { pen.moveTo(l, line); pen.lineTo(r, line); }
      if (event.m[2] !== 3) { pen.moveTo(it.x0 + 0.5, y); pen.lineTo(it.x0 + 0.5, y + MARK); }
      if (event.m[3] !== 3) { pen.moveTo(it.x1 - 0.5, y); pen.lineTo(it.x1 - 0.5, y + MARK); }
      pen.stroke(); pen.setLineDash([]);
    }
    if (it.arrow !== undefined && it.arrow < width) {
      pen.fillStyle = rgba(color, opacity); pen.beginPath();
      pen.moveTo(it.arrow, y - 2); pen.lineTo(it.arrow + 8, y + MARK / 2); pen.lineTo(it.arrow, y + MARK + 2); pen.fill();
    }
  }

  // Where a label lies: hung from its mark, slid along it to stay in view.
  function labelBox(event, it, top) {
    const w = event.w, low = data.gutter + 8, high = width - 8;
    const under = data.form === 0;
    let l;
    if (under) l = event.right ? Math.max(it.x0, Math.min(low, it.x1 - w)) : Math.min(it.x1, Math.max(high, it.x0 + w)) - w;
    else {
      l = event.right ? it.x1 + 8 : it.x0 - 8 - w;
      if (it.x1 - it.x0 >= w + 16) l = event.right ? Math.min(l, Math.max(high - w, it.x0 + 8)) : Math.max(l, Math.min(low, it.x1 - 8 - w));
    }
    return under ? [l, top + 17, w, 30] : [l, top + 4, w, data.pitch - 8];
  }

  const YEARS = [1, 2, 5];
  const civil = (secs) => new Date(secs * 1000);
  const safe = (secs) => Math.abs(secs) < 8.6e12;
  const utc = (y, m, d) => { const t = new Date(0); t.setUTCFullYear(y, m, d); t.setUTCHours(0, 0, 0, 0); return t.getTime() / 1000; };
  const yearStart = (y) => Math.abs(y) < 270000 ? utc(y, 0, 1) : (y - 1970) * YEAR;
  const yearOf = (secs) => safe(secs) ? civil(secs).getUTCFullYear() : Math.floor(secs / YEAR) + 1970;
  function yearName(y) {
    const n = y > 0 ? y : 1 - y, bc = y > 0 ? "" : " BC";
    if (n >= 1e9) return +(n / 1e9).toFixed(2) + " billion" + bc;
    if (n >= 1e6) return +(n / 1e6).toFixed(2) + " million" + bc;
    return (n >= 10000 ? n.toLocaleString("en") : n) + bc;
  }
  // The ticks in view: [from, to, words, is the name in the middle], fine ones and those above them.
  function ticks() {
    const t0 = left, t1 = left + plot() / scale, fine = [], coarse = [];
    const year = YEAR * scale;
    if (year < 620 || !safe(t0) || !safe(t1)) {
      let step = 1;
      for (let power = 1; power < 1e10; power *= 10) {
        const found = YEARS.find((it) => it * power * year >= (it * power === 1 ? 44 : 64));
        if (found) { step = found * power; break; }
      }
      for (let y = Math.floor(yearOf(t0) / step) * step; ; y += step) {
        const from = yearStart(y);
        if (from > t1 || fine.length > 400) break;
        fine.push([from, yearStart(y + step), step > 1 && y === 0 ? yearName(1) : yearName(y), step === 1]);
      }
      return [fine, coarse];
    }
    const date = civil(t0), day = DAY * scale;
    if (day < 26) {
      const step = year / 12 >= 44 ? 1 : 3;
      for (let y = date.getUTCFullYear(), m = 0; ; m += step) {
        const from = utc(y, m, 1);
        if (from > t1 || fine.length > 400) break;
        fine.push([from, utc(y, m + step, 1), MONTHS[((m % 12) + 12) % 12], true]);
      }
      for (let y = date.getUTCFullYear(); yearStart(y) <= t1; y++) coarse.push([yearStart(y), yearStart(y + 1), yearName(y), true]);
      return [fine, coarse];
    }
    if (DAY / 24 * scale < 8) {
      for (let d = utc(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()); d <= t1; d += DAY) fine.push([d, d + DAY, String(civil(d).getUTCDate()), true]);
      for (let y = date.getUTCFullYear(), m = date.getUTCMonth(); utc(y, m, 1) <= t1; m++) {
        const from = utc(y, m, 1), at = civil(from);
        coarse.push([from, utc(y, m + 1, 1), MONTHS[at.getUTCMonth()] + " " + yearName(at.getUTCFullYear()), true]);
      }
      return [fine, coarse];
    }
    const hour = [1, 2, 3, 6, 12].find((it) => it * 3600 * scale >= 56) || 24;
    for (let d = utc(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()); d <= t1; d += DAY) {
      const at = civil(d);
      coarse.push([d, d + DAY, at.getUTCDate() + " " + MONTHS[at.getUTCMonth()] + " " + yearName(at.getUTCFullYear()), true]);
      for (let h = 0; h < 24; h += hour) fine.push([d + h * 3600, d + (h + hour) * 3600, String(h).padStart(2, "0") + ":00", false]);
    }
    return [fine, coarse];
  }

  function draw() {
    drawn = false;
    const dense = window.devicePixelRatio || 1, height = data.height;
    // The axis stays in sight where the timeline goes on below the window's edge.
    const sight = window.innerHeight - box.getBoundingClientRect().top;
    if (canvas.width !== Math.round(width * dense) || canvas.height !== Math.round(height * dense)) {
      canvas.width = Math.round(width * dense); canvas.height = Math.round(height * dense);
    }
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, width, height);
    const bottom = Math.round(Math.min(height, Math.max(sight, data.top + 4 * AXIS))) - AXIS, night = dark.matches ? 1 : 0, top = data.top;
    const clip = () => { pen.save(); pen.beginPath(); pen.rect(data.gutter, 0, width - data.gutter, bottom); pen.clip(); };
    const [fine, coarse] = ticks();
    // What is labelled, with where it lies.
    const t0 = left - (FAR + 1500) / scale, t1 = left + (plot() + FAR + 1500) / scale;
    const placed = [], counted = [];
    for (const event of data.events) {
      if (event.m[0] > t1 || event.m[1] < t0) continue;
      if (event.min === null || event.min > scale * (1 + 1e-9)) { counted.push(event); continue; }
      const it = drawnMark(event), at = top + event.lane.row + event.row * data.pitch;
      if (it.x1 < data.gutter - FAR || it.x0 > width + FAR) continue;
      placed.push([event, it, at, labelBox(event, it, at)]);
    }
    clip();
    const gaps = (line, y0, y1, color) => {
      pen.fillStyle = color;
      const cuts = placed.map((it) => it[3]).filter(([l, , w]) => line >= l - 3 && line <= l + w + 3).map(([, y, , h]) => [y, y + h]).sort((a, b) => a[0] - b[0]);
      let y = y0;
      for (const [from, to] of cuts) { if (from > y) pen.fillRect(line, y, 1, from - y); y = Math.max(y, to); }
      if (y1 > y) pen.fillRect(line, y, 1, y1 - y);
    };
    for (const [from] of fine) gaps(Math.round(x(from)), 0, bottom, look.grid);
    for (const [from] of coarse) gaps(Math.round(x(from)), 0, bottom, look.hairline);
    pen.restore();
    pen.save(); pen.beginPath(); pen.rect(0, 0, width, bottom); pen.clip();
    for (const lane of data.lanes) {
      if (lane.row === null) continue;
      if (!lane.first) { pen.fillStyle = look.hairline; pen.fillRect(0, Math.round(top + lane.top), width, 1); }
      if (!lane.n.length) continue;
      const middle = top + lane.row + data.markTop + MARK / 2;
      pen.fillStyle = lane.c[night]; pen.beginPath(); pen.arc(6, middle, 5, 0, 7); pen.fill();
      lane.n.forEach((words, number) => write(words, 20, middle + 4.5 + 17 * number, face(600, 13), look.ink));
    }
    pen.restore();
    clip();
    for (const [from, to, row, name, colors] of data.eras) {
      const [a, b] = [Math.max(x(from), data.gutter - 9), Math.min(x(to), width + 9)];
      if (b <= a) continue;
      const y = data.erasTop + row * 17;
      pen.fillStyle = rgba(colors[night], 0.06); pen.fillRect(a, 0, b - a, bottom);
      gaps(Math.round(a), y, bottom, rgba(colors[night], 0.35)); gaps(Math.round(b) - 1, y, bottom, rgba(colors[night], 0.35));
      pen.fillStyle = rgba(colors[night], 0.6); pen.fillRect(a, y, b - a, 2);
      const l = Math.max(a, data.gutter) + 8, font = face(600, 11), room = Math.min(b, width) - 8 - l;
      if (room > 28) write(elided(font, name, room), l, y + 15, font, colors[night]);
    }
    if (data.asOf) {
      const [from, to, words] = data.asOf, [a, b] = [x(from), x(to)];
      if (b > a) { pen.fillStyle = rgba(look.accent, 0.06); pen.fillRect(a, 0, b - a, bottom); }
      const line = Math.round(b);
      if (line > data.gutter && line < width) {
        pen.fillStyle = rgba(look.accent, 0.7);
        for (let y = 0; y < bottom; y += 5) if (!placed.some(([, , , [l, t, w, h]]) => line >= l - 3 && line <= l + w + 3 && y >= t && y <= t + h)) pen.fillRect(line, y, 1, 2);
        const font = face(500, 11.5), is = line - data.gutter > wide(font, words) + 12;
        write(words, line + (is ? -6 : 7), 16, font, look.accent, is ? "right" : "left");
      }
    }
    // What has no room for a label at this scale.
    for (const event of counted) {
      const at = x(event.m[0]);
      if (at < data.gutter || at > width || event.lane.band === null) continue;
      pen.fillStyle = rgba(event.lane.c[night], event.dim ? 0.12 : 0.55);
      pen.fillRect(at - 1, top + event.lane.band + 6, 2, 16);
    }
    const seen = new Set();
    for (const [event, it, at, label] of placed) {
      const lane = event.lane, [l, y, w, h] = label;
      const octaves = Math.log2(scale / event.min);
      const shows = event.min <= data.whole * (1 + 1e-9) ? 1 : 0.6 + 0.4 * Math.min(1, Math.max(0, octaves * 8));
      const opacity = shows * (looking && !hits.has(event.number) ? 0.2 : 1);
      if (event.number === chosen) {
        pen.fillStyle = look.panel; pen.strokeStyle = lane.c[night]; pen.lineWidth = 1.5;
        const [fl, fr] = [Math.min(l, it.x0) - 7, Math.max(l + w, it.x1) + 7];
        pen.beginPath(); pen.roundRect(fl, at - 3, fr - fl, data.pitch); pen.fill(); pen.stroke();
      }
      paintMark(event, it, at, lane.c[night], opacity);
      const cut = Math.min(l - data.gutter, width - (l + w));
      const leaves = Math.min(1, Math.max(0, (Math.min(it.x1 - data.gutter, width - it.x0)) / 24)) * (cut >= -0.5 ? 1 : Math.max(0, 1 + cut / Math.max(40, w)));
      const ink = rgba(event.i >= 3 || event.number === chosen ? look.ink : look.muted, opacity * leaves), quiet = rgba(look.muted, opacity * leaves);
      const title = face(event.i >= 5 || event.number === chosen ? 600 : event.i >= 3 ? 500 : 400, 13.5), date = face(400, 12);
      if (data.form === 0) {
        const to = event.right ? [l, "left"] : [l + w, "right"];
        write(elided(face(600, 13.5), event.s, w + 1), to[0], at + 29, title, ink, to[1]);
        write(elided(date, event.d, w + 1), to[0], at + 44, date, quiet, to[1]);
      } else {
        const base = at + data.pitch / 2 + 4.5, both = wide(face(600, 13.5), event.s) + 8 + wide(date, event.d) <= w + 0.5;
        if (l < it.x1 && l + w > it.x0) { pen.fillStyle = rgba(look.ground, opacity * 0.8); pen.fillRect(l - 4, at + data.markTop, w + 8, MARK); }
        const words = both ? event.s : elided(face(600, 13.5), event.s, w);
        if (event.right) {
          write(words, l, base, title, ink);
          if (both) write(event.d, l + wide(title, words) + 8, base, date, quiet);
        } else {
          write(words, both ? l + w - wide(date, event.d) - 8 : l + w, base, title, ink, "right");
          if (both) write(event.d, l + w, base, date, quiet, "right");
        }
      }
      // What can be pressed, focused and read aloud.
      const [hl, hr] = [Math.max(data.gutter, Math.min(l, it.x0)), Math.min(width, Math.max(l + w, it.x1))];
      if (hr - hl < 8) continue;
      seen.add(event);
      const style = event.button.style;
      style.left = hl + "px"; style.top = at - 2 + "px"; style.width = hr - hl + "px"; style.height = Math.max(24, data.pitch - 2) + "px";
    }
    if (!placed.length && !counted.some((it) => it.m[1] >= left && it.m[0] <= left + plot() / scale)) {
      write("No event is here; “Whole” shows them all.", data.gutter + plot() / 2, bottom / 2, face(400, 14), look.muted, "center");
    }
    pen.restore();
    for (const event of data.events) {
      const is = seen.has(event);
      if (event.item.hidden === is) event.item.hidden = !is;
    }
    rove();
    pen.fillStyle = look.ink; pen.fillRect(data.gutter, bottom, width - data.gutter, 1);
    pen.save(); pen.beginPath(); pen.rect(data.gutter, bottom, width - data.gutter, AXIS); pen.clip();
    const name = (tick, font, color, base) => {
      const [a, b] = [x(tick[0]), x(tick[1])], w = wide(font, tick[2]);
      if (!tick[3]) { write(tick[2], a, base, font, color, "center"); return; }
      const [l, r] = [Math.max(a, data.gutter), Math.min(b, width)];
      if (r - l > w + 6) write(tick[2], (l + r) / 2, base, font, color, "center");
    };
    for (const tick of fine) {
      pen.fillStyle = look.ink; pen.fillRect(Math.round(x(tick[0])), bottom, 1, 7);
      name(tick, face(400, 12.5), look.muted, bottom + (coarse.length ? 21 : 27));
    }
    for (const tick of coarse) {
      pen.fillStyle = look.muted; pen.fillRect(Math.round(x(tick[0])), bottom, 1, 30);
      name(tick, face(600, 12.5), look.ink, bottom + 39);
    }
    pen.restore();
  }

  // One event at a time is in the order of Tab; arrows go on from it.
  function rove() {
    const there = data.events.filter((it) => !it.item.hidden);
    const now = there.find((it) => it.number === focused) || there.find((it) => it.number === chosen) || there[0];
    for (const event of data.events) event.button.tabIndex = event === now ? 0 : -1;
  }
  function beside(event, key) {
    const there = data.events.filter((it) => !it.item.hidden && (!looking || hits.has(it.number)));
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const at = there.indexOf(event);
      return there[at + (key === "ArrowRight" ? 1 : -1)];
    }
    const down = key === "ArrowDown" ? 1 : -1;
    const y = (it) => it.lane.row + it.row * data.pitch, m = (it) => (it.m[0] + it.m[1]) / 2;
    const others = there.filter((it) => (y(it) - y(event)) * down > 0);
    const nearest = Math.min(...others.map((it) => Math.abs(y(it) - y(event))));
    return others.filter((it) => Math.abs(y(it) - y(event)) <= nearest + data.pitch / 2).sort((a, b) => Math.abs(m(a) - m(event)) - Math.abs(m(b) - m(event)))[0];
  }

  function open(number, byKey) {
    const event = data.events[number];
    if (!event) return;
    chosen = focused = number;
    const holder = story.querySelector("article");
    holder.replaceChildren(...[...articles[number].children].map((it) => it.cloneNode(true)));
    holder.querySelectorAll("[id]").forEach((it) => it.removeAttribute("id"));
    story.hidden = false;
    story.scrollTop = 0;
    byId("before").disabled = number === 0;
    byId("after").disabled = number === data.events.length - 1;
    const [from, to] = event.m, there = width - (window.innerWidth > 900 ? Math.max(0, box.getBoundingClientRect().right - (window.innerWidth - 440)) : 0);
    const wanted = Math.max(scale, (event.min ?? 0) * 1.1), middle = (from + to) / 2, at = x(middle);
    if (wanted > scale * 1.001 || at < data.gutter + 20 || at > there - 40) {
      fly(middle - (there - data.gutter) * 0.45 / wanted, wanted);
    }
    const y = box.getBoundingClientRect().top + data.top + event.lane.row + event.row * data.pitch;
    if (y < 0 || y + data.pitch > window.innerHeight - AXIS) {
      scrollBy({ top: y - window.innerHeight / 2, behavior: calm.matches ? "auto" : "smooth" });
    }
    if (byKey) { const head = story.querySelector("h3"); head.tabIndex = -1; head.focus(); }
    redraw();
  }
  function close() {
    if (story.hidden) return;
    const back = story.contains(document.activeElement) && data.events[chosen];
    story.hidden = true; chosen = -1;
    redraw();
    if (back) requestAnimationFrame(() => { if (!back.item.hidden) back.button.focus(); else box.focus(); });
  }

  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0652\u0670]/g, "").replace(/[أإآ]/g, "ا").replace(/ة/g, "ه").replace(/ى/g, "ي").toLowerCase();
  const texts = articles.map((it, number) => fold([it.textContent, data.events[number].s, data.events[number].d].join(" ")));
  function look_for() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    looking = words.length > 0;
    hits = new Set();
    texts.forEach((text, number) => {
      const is = words.every((word) => text.includes(word));
      if (looking && is) hits.add(number);
      articles[number].hidden = looking && !is;
      data.events[number].dim = looking && !is;
    });
    found.textContent = looking ? `${hits.size} of ${texts.length}` : "";
    redraw();
  }

  data.lanes.forEach((lane, number) => { lane.first = data.lanes.findIndex((it) => it.row !== null) === number; });
  data.events.forEach((event, number) => {
    event.number = number; event.lane = data.lanes[event.l];
    event.item = document.createElement("li"); event.button = document.createElement("button");
    event.button.type = "button";
    event.button.setAttribute("aria-label", [event.s, event.d, event.lane.n.join(" ")].filter(Boolean).join(", "));
    event.button.tabIndex = -1;
    event.button.addEventListener("click", (it) => { if (!moved) open(number, it.detail === 0); });
    event.button.addEventListener("focus", () => { focused = number; rove(); });
    event.item.append(event.button); event.item.hidden = true; marks.append(event.item);
  });

  // Pointers: one drags, two pinch.
  const pointers = new Map();
  let moved = false, held = null;
  box.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    moved = false; held = event.clientX; flight++;
  });
  box.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    // Let go outside: the release was not heard.
    if (!event.buttons) { pointers.delete(event.pointerId); box.classList.remove("held"); return; }
    const rect = box.getBoundingClientRect();
    if (pointers.size === 2) {
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      const was = Math.abs(before[0] - other[0]), is = Math.abs(event.clientX - other[0]);
      if (was > 8 && is > 8) zoom((event.clientX + other[0]) / 2 - rect.left, is / was);
      moved = true;
    } else if (moved || Math.abs(event.clientX - held) > 5) {
      if (!moved) { moved = true; box.classList.add("held"); box.setPointerCapture(event.pointerId); }
      left -= (event.clientX - before[0]) / scale; limit(); redraw();
    }
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  for (const kind of ["pointerup", "pointercancel"]) box.addEventListener(kind, (event) => {
    pointers.delete(event.pointerId); box.classList.remove("held");
    // The click that ends a drag opens nothing.
    if (moved) setTimeout(() => { moved = false; }, 0);
  });
  box.addEventListener("wheel", (event) => {
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const at = event.clientX - box.getBoundingClientRect().left;
    if (sideways) { left += (event.deltaX || event.deltaY) / scale; limit(); redraw(); event.preventDefault(); return; }
    // Without a key the wheel scrolls the page, but where the timeline can still zoom out it zooms.
    const factor = Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016));
    if (factor < 1 && scale <= data.coarsest * 1.001) return;
    event.preventDefault(); zoom(at, factor);
  }, { passive: false });
  canvas.addEventListener("click", () => { if (!moved) close(); });
  canvas.addEventListener("dblclick", (event) => zoom(event.clientX - box.getBoundingClientRect().left, 2));
  box.addEventListener("keydown", (event) => {
    const middle = data.gutter + plot() / 2, current = data.events[focused];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      const next = current && beside(current, event.key);
      if (next) { focused = next.number; next.button.focus({ preventScroll: true }); }
      else if (event.key === "ArrowLeft" || event.key === "ArrowRight") { left += (event.key === "ArrowRight" ? 80 : -80) / scale; limit(); redraw(); }
    } else if (event.key === "+" || event.key === "=") zoom(middle, 1.4);
    else if (event.key === "-") zoom(middle, 1 / 1.4);
    else if (event.key === "0" || event.key === "Home") { flight++; fit(); redraw(); }
    else return;
    event.preventDefault();
  });
  byId("closer").addEventListener("click", () => zoom(data.gutter + plot() / 2, 1.6));
  byId("farther").addEventListener("click", () => zoom(data.gutter + plot() / 2, 1 / 1.6));
  byId("all").addEventListener("click", () => { flight++; fit(); redraw(); });
  byId("before").addEventListener("click", () => open(chosen - 1, false));
  byId("after").addEventListener("click", () => open(chosen + 1, false));
  byId("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { if (!story.hidden) close(); else if (looking) { search.value = ""; look_for(); } }
    if (event.key === "/" && document.activeElement !== search) { search.focus(); event.preventDefault(); }
  });
  search.addEventListener("input", look_for);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && hits.size) open([...hits][0], true);
  });
  function resize() {
    const before = width, was = [left, scale];
    width = box.clientWidth;
    const whole = !before || Math.abs(was[1] / shown - 1) < 1e-3;
    if (whole) { fit(); shown = scale; } else limit();
    redraw();
  }
  new ResizeObserver(resize).observe(box);
  addEventListener("scroll", redraw, { passive: true });
  addEventListener("resize", redraw);
  dark.addEventListener("change", theme);
  theme();
  document.fonts.ready.then(() => { widths.clear(); redraw(); });
  // A link to an event opens its story over the timeline, not its place in the list.
  if (/^#e\d+$/.test(location.hash)) {
    history.scrollRestoration = "manual";
    addEventListener("load", () => requestAnimationFrame(() => {
      scrollTo(0, 0); resize(); open(Number(location.hash.slice(2)), false);
    }));
  }
})();
