// Meanwhile's window on a screen of its own: Xvfb, OpenGL without a GPU, 1440 × 900.
//
// benches/window.rs documents what is measured and how. A step is one input and one frame, like the
// one animation frame per step in a browser: a pan by hand. It is reported twice: without painting,
// which Chromium's main thread leaves to others, and with our calls of OpenGL, for which Chromium's
// figure has no counterpart. Opening begins with a file on disk, while the browser already has its
// events in memory, and shows the whole file: both to our disadvantage.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { timelineJson } from './events.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Builds the `window` benchmark and returns the path of its executable. */
export function build() {
  if (process.env.MEANWHILE_WINDOW) return process.env.MEANWHILE_WINDOW;
  const cargo = spawnSync(
    'cargo',
    ['bench', '--locked', '--bench', 'window', '--no-run', '--message-format=json-render-diagnostics'],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 },
  );
  const built = cargo.stdout.toString().split('\n').filter(line => line.startsWith('{')).map(line => JSON.parse(line))
    .find(it => it.reason === 'compiler-artifact' && it.target.name === 'window' && it.executable);
  if (!built) throw new Error('the window could not be built: cargo says why above');
  return built.executable;
}

/** The version that is measured, with the commit. */
export function version() {
  const commit = execFileSync('git', ['-C', root, 'describe', '--always', '--dirty']).toString().trim();
  const meta = execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  return `${JSON.parse(meta).packages[0].version} (${commit})`;
}

/** One process: opens `count` events, pans over the whole file and close up, and exits. */
export async function meanwhile(program, count) {
  const folder = mkdtempSync(join(tmpdir(), 'meanwhile-'));
  const file = join(folder, 'timeline.json');
  writeFileSync(file, timelineJson(count));
  const xvfb = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const display = await new Promise((resolve, reject) => {
      xvfb.once('error', reject);
      createInterface(xvfb.stdout).once('line', resolve);
    });
    const { WAYLAND_DISPLAY: _display, WAYLAND_SOCKET: _socket, ...env } = process.env;
    const report = JSON.parse(await outputOf(
      program,
      ['--file', file, '--paths', 'whole,close', '--steps', '60', '--idle-secs', '0'],
      { ...env, DISPLAY: `:${display}`, LIBGL_ALWAYS_SOFTWARE: '1', XDG_CONFIG_HOME: folder },
    ));
    if (report.events !== count) throw new Error(`it shows ${report.events} events of ${count}`);
    for (const path of ['whole', 'close']) {
      if (report.paths[path].share < 0.9) console.error(`  only ${report.paths[path].share} of the steps of ${path} moved`);
    }
    return {
      open_ms: report.open_ms,
      open_whole_ms: report.open_ms,
      whole_ms: report.paths.whole.work_ms.mean,
      whole_gl_ms: report.paths.whole.frame_ms.mean,
      close_ms: report.paths.close.work_ms.mean,
      close_gl_ms: report.paths.close.frame_ms.mean,
      pss_mib: report.memory_after.pss,
    };
  } finally {
    xvfb.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last line that a program prints; an error if its exit code is not 0. */
function outputOf(program, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', data => (text += data));
    child.once('error', reject);
    child.once('close', code =>
      code === 0 ? resolve(text.trim().split('\n').at(-1)) : reject(new Error(`${program} ended with ${code}`)));
  });
}
