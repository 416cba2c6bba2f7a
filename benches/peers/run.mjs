// Compares Meanwhile with other timelines: one run, one machine, the same events.
//
//     npm --prefix benches/peers ci && node benches/peers/run.mjs
//     node benches/peers/run.mjs --rounds 3 --sizes 1000,10000 --raw rounds.jsonl
//
// A round measures every program at every size once, in a process of its own, in an order that
// changes from round to round; what takes over a minute is measured in the first round alone. Needs
// Rust, node 20, Chromium and Xvfb; uses the network only in `npm ci`. Eleven rounds take the
// better part of an hour.
//
// Printed, in milliseconds unless stated otherwise: least and median of the rounds, and the ratio
// of the medians, theirs over ours. A pan step is the main thread's work (browser.mjs and ours.mjs
// say what it includes), a mean over some steps; opening is wall time until the first full picture.
// Left out: swapping and rasterising on both sides; pan ratios against TimelineJS, which shows one
// event at a time and cannot be panned like ours.

import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PATIENCE_MS, executable, timelineJs, vis, visWhole } from './browser.mjs';
import { build, meanwhile, version } from './ours.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '11' },
    sizes: { type: 'string', default: '1000,10000,100000' },
    raw: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const sizes = options.sizes.split(',').map(Number);
const SLOW_MS = 60_000;
/** TimelineJS is made for some dozens of events. */
const FEW = 300;

const program = build();
const CLUSTERED = 'vis, clustered';
const jobs = [
  ...sizes.flatMap(count => [
    { name: 'Meanwhile', count, measure: () => meanwhile(program, count) },
    { name: 'vis', count, measure: () => vis(count) },
    { name: CLUSTERED, count, measure: () => vis(count, { cluster: true }) },
    // At 100,000 it would take hours.
    ...(count > 10_000 ? [] : [
      { name: 'vis', count, measure: () => visWhole(count), gives: ['open_whole_ms'] },
      { name: CLUSTERED, count, measure: () => visWhole(count, { cluster: true }), gives: ['open_whole_ms'] },
    ]),
  ]),
  { name: 'Meanwhile', count: FEW, measure: () => meanwhile(program, FEW) },
  { name: 'TimelineJS', count: FEW, measure: () => timelineJs(FEW) },
];

/** `name|count|measure` → the values of all rounds. */
const samples = new Map();
const keep = (job, measure, value) => {
  const key = [job.name, job.count, measure].join('|');
  samples.set(key, [...(samples.get(key) ?? []), value]);
};
const loads = [loadavg()[0]];

for (let round = 0; round < rounds; round++) {
  // Each round begins with another job, so that no job is always the first.
  const turn = (round * 5) % jobs.length;
  for (const job of [...jobs.slice(turn), ...jobs.slice(0, turn)]) {
    if (job.isSlow) continue;
    const begun = performance.now();
    const result = await job.measure();
    job.isSlow = performance.now() - begun > SLOW_MS;
    // After a timeout, all that is known is that it takes longer.
    for (const [measure, value] of Object.entries(result ?? Object.fromEntries((job.gives ?? ['open_ms']).map(it => [it, Infinity])))) {
      keep(job, measure, value);
    }
    loads.push(loadavg()[0]);
    const line = JSON.stringify({ round, name: job.name, count: job.count, load: loads.at(-1), ...result });
    console.error(line);
    if (options.raw) appendFileSync(options.raw, line + '\n');
  }
}

const median = list => [...list].sort((a, b) => a - b)[Math.ceil(list.length / 2) - 1];
const short = value => {
  if (value === undefined) return '–';
  if (value === Infinity) return `> ${PATIENCE_MS / 1000} s`;
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(digits);
};
const of = (name, count, measure) => samples.get([name, count, measure].join('|'));

function cell(name, count, measure) {
  const list = of(name, count, measure);
  if (!list) return '–';
  return `${short(Math.min(...list))} / ${short(median(list))}` + (list.length < rounds ? ` (${list.length}×)` : '');
}

function ratio(name, count, measure, oursBy = measure) {
  const [theirs, ours] = [of(name, count, measure), of('Meanwhile', count, oursBy)];
  if (!theirs || !ours) return '–';
  const value = median(theirs) / median(ours);
  return value === Infinity ? `> ${(PATIENCE_MS / median(ours)).toFixed(0)}×` : `${value.toFixed(value < 10 ? 1 : 0)}×`;
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  for (const row of rows) {
    console.log(row.map((text, column) => (column ? text.padStart(widths[column]) : text.padEnd(widths[column]))).join('   '));
  }
}

const versionOf = name => JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'node_modules', name, 'package.json'))).version;
const said = (command, ...args) => execFileSync(command, args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim();
console.log(`Meanwhile ${version()} · vis-timeline ${versionOf('vis-timeline')} · TimelineJS ${versionOf('@knight-lab/timelinejs')}`);
console.log(`${said(executable, '--version')} · node ${process.version} · ${said('rustc', '--version')} · ${cpus()[0].model}, ${cpus().length} cores`);
console.log(`${rounds} rounds · load average ${short(Math.min(...loads))} to ${short(Math.max(...loads))}, median ${short(median(loads))}\n`);
const measures = [
  ['pan step, whole file', 'whole_ms'],
  ['… with our OpenGL calls', 'whole_ms', 'whole_gl_ms'],
  ['pan step, a hundredth of it', 'close_ms'],
  ['… with our OpenGL calls', 'close_ms', 'close_gl_ms'],
  ['open (they: on 14 months)', 'open_ms'],
  ['open (they: on the whole file)', 'open_whole_ms'],
  ['memory, PSS in MiB', 'pss_mib'],
];
table([
  ['least / median', 'events', 'Meanwhile', 'vis', 'ratio', CLUSTERED, 'ratio'],
  ...measures.flatMap(([words, measure, oursBy = measure]) => sizes.map(count => [
    words,
    count.toLocaleString('en'),
    cell('Meanwhile', count, oursBy),
    cell('vis', count, measure),
    ratio('vis', count, measure, oursBy),
    cell(CLUSTERED, count, measure),
    ratio(CLUSTERED, count, measure, oursBy),
  ])),
]);
console.log();
table([
  ['least / median', 'events', 'Meanwhile', 'TimelineJS', 'ratio'],
  ...[['open', 'open_ms'], ['memory, PSS in MiB', 'pss_mib'], ['a step to the next event', 'next_ms']].map(([words, measure]) => [
    words, String(FEW), cell('Meanwhile', FEW, measure), cell('TimelineJS', FEW, measure), ratio('TimelineJS', FEW, measure),
  ]),
]);
