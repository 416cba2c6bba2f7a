// Timelines in a browser: each measure is a fresh Chromium with a fresh profile, headless, without
// a GPU, 1440 × 900.
//
// Times are Chromium's own TaskDuration: the busy time of the main thread, without rasterising.
// Wall times end after two more animation frames of the page. Memory is the PSS of all processes of
// that Chromium: shared pages counted once.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { DAY, FROM, LANES, TO, events } from './events.mjs';

const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
export const executable = execFileSync('which', ['chromium'])
  .toString()
  .trim();

/** A measurement is given up after this time, in milliseconds. */
export const PATIENCE_MS = 300_000;
/** A window of 14 months: a hundredth of the file. */
const CLOSE = { from: Date.UTC(1955, 0, 1), width: 438 * DAY, steps: 60, part: 1 / 20 };
/** The whole file. Where a step takes long, only FEW_STEPS are made. */
const WHOLE = { from: FROM, width: TO - FROM, steps: 20, part: 1 / 200 };
const FEW_STEPS = 3;

/** Opens a page, runs `measure`, closes everything. `null` after PATIENCE_MS. */
async function withPage(measure) {
  const profile = mkdtempSync(join(tmpdir(), 'peers-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    headless: true,
    viewport: { width: 1440, height: 900 },
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
  let timer;
  const late = new Promise(resolve => { timer = setTimeout(resolve, PATIENCE_MS, null); });
  try {
    const page = await context.newPage();
    await page.setContent('<!doctype html><body style="margin:0"><div id="t" style="width:1440px;height:900px"></div>');
    const tools = await toolsOf(context, page, profile);
    const work = measure(page, tools);
    work.catch(() => {}); // After a timeout, the page is closed while this still runs.
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    const closed = context.close().then(() => true, () => true);
    const patience = new Promise(resolve => setTimeout(resolve, 10_000, false));
    if (!(await Promise.race([closed, patience]))) {
      for (const pid of processesOf(profile)) process.kill(pid, 'SIGKILL');
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function toolsOf(context, page, profile) {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const metric = async name =>
    (await session.send('Performance.getMetrics')).metrics.find(it => it.name === name).value;
  return {
    /** Busy time of the main thread so far, in milliseconds. */
    worked: async () => (await metric('TaskDuration')) * 1000,
    frame: () => page.evaluate(() => new Promise(done => requestAnimationFrame(done))),
    pss: () => processesOf(profile).reduce((sum, pid) => sum + pssOf(pid), 0),
  };
}

/** The processes of one Chromium: those whose command line names its profile. */
function processesOf(profile) {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(Number).filter(pid => {
    try { return pid !== process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile); }
    catch { return false; }
  });
}

function pssOf(pid) {
  try { return Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024; }
  catch { return 0; }
}

/**
 * vis-timeline with its best settings: a bounded height; `cluster`: its own clustering. Opened on
 * 14 months, then panned there; up to 10,000 events panned over the whole file, too.
 */
export function vis(count, { cluster = false } = {}) {
  return withPage(async (page, tools) => {
    const result = { open_ms: await openVis(page, count, CLOSE, cluster) };
    result.close_ms = await panVis(page, tools, CLOSE, CLOSE.steps);
    result.pss_mib = tools.pss();
    if (count <= 10_000) {
      result.whole_ms = await panVis(page, tools, WHOLE, count > 3000 ? FEW_STEPS : WHOLE.steps);
    }
    return result;
  });
}

/** vis-timeline opened on the whole file. */
export function visWhole(count, { cluster = false } = {}) {
  return withPage(async page => ({ open_whole_ms: await openVis(page, count, WHOLE, cluster) }));
}

async function openVis(page, count, { from, width }, cluster) {
  const dist = join(modules, 'vis-timeline');
  await page.addStyleTag({ path: join(dist, 'styles/vis-timeline-graph2d.min.css') });
  await page.addScriptTag({ path: join(dist, 'standalone/umd/vis-timeline-graph2d.min.js') });
  return page.evaluate(async ([data, lanes, start, end, cluster]) => {
    const begun = performance.now();
    const items = data.map(it => ({ id: it.id, content: it.title, group: it.lane, start: it.start, end: it.end ?? undefined }));
    const groups = lanes.map(id => ({ id, content: `Lane ${id}` }));
    const options = { maxHeight: 900, verticalScroll: true, zoomKey: 'ctrlKey', start, end };
    if (cluster) options.cluster = { maxItems: 5 };
    window.timeline = new vis.Timeline(document.getElementById('t'), items, groups, options);
    // vis keeps its root hidden until its first full drawing, and then until it next draws
    // anything, which may be a second later. A page can request that, so the second is not counted
    // against vis.
    const shown = () => { timeline.off('rangechanged', shown); timeline.redraw(); };
    timeline.on('rangechanged', shown);
    const root = document.querySelector('.vis-timeline');
    while (getComputedStyle(root).visibility === 'hidden') await new Promise(done => setTimeout(done, 5));
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - begun;
  }, [events(count), LANES, from, from + width, cluster]);
}

/** Mean busy time of the main thread for a step and the animation frame after it, in ms. */
async function panVis(page, tools, { from, width, part }, steps) {
  const go = async step => {
    const start = from + step * part * width;
    await page.evaluate(([start, end]) => timeline.setWindow(start, end, { animation: false }), [start, start + width]);
    await tools.frame();
  };
  await go(0);
  const before = await tools.worked();
  for (let step = 1; step <= steps; step++) await go(step);
  return ((await tools.worked()) - before) / steps;
}

/** TimelineJS: opened, then ten steps to the next event, each until its animation is over. */
export function timelineJs(count) {
  return withPage(async (page, tools) => {
    const dist = join(modules, '@knight-lab/timelinejs/dist');
    await page.addStyleTag({ path: join(dist, 'css/timeline.css') });
    await page.addScriptTag({ path: join(dist, 'js/timeline.js') });
    const open_ms = await page.evaluate(async data => {
      const begun = performance.now();
      const date = ms => {
        const day = new Date(ms);
        return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
      };
      const list = data.map(it => ({
        start_date: date(it.start),
        ...(it.end ? { end_date: date(it.end) } : {}),
        text: { headline: it.title, text: '' },
        group: `Lane ${it.lane}`,
        unique_id: `e${it.id}`,
      }));
      window.timeline = new TL.Timeline('t', { events: list }, {});
      while (!document.querySelector('.tl-timemarker')) await new Promise(done => setTimeout(done, 5));
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - begun;
    }, events(count));
    await page.waitForTimeout(1500);
    const before = await tools.worked();
    for (let step = 0; step < 10; step++) {
      await page.evaluate(() => timeline.goToNext());
      await page.waitForTimeout(1200);
    }
    return { open_ms, next_ms: ((await tools.worked()) - before) / 10, pss_mib: tools.pss() };
  });
}
