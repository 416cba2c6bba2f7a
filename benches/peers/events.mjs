// The same events for every program: a fixed pseudo-random sequence, five lanes, 1900 to 2020, nine
// points to one span. `node events.mjs 1000 > events.json` writes them as a timeline.json.

export const FROM = Date.UTC(1900, 0, 1);
export const TO = Date.UTC(2020, 0, 1);
export const DAY = 86_400_000;
export const LANES = [0, 1, 2, 3, 4];

/** `count` events: id, title, lane, start and (of a span) end in milliseconds. */
export function events(count) {
  let state = 0x2545f491;
  const next = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
  const list = [];
  for (let id = 0; id < count; id++) {
    const start = Math.floor((FROM + next() * (TO - FROM)) / DAY) * DAY;
    const days = next() < 0.1 ? Math.floor(30 + next() * 1500) : 0;
    list.push({
      id,
      title: `Event ${id}`,
      lane: Math.floor(next() * LANES.length),
      start,
      end: days ? start + days * DAY : null,
    });
  }
  return list;
}

/** The same events as the text of a timeline.json. */
export function timelineJson(count) {
  const iso = ms => new Date(ms).toISOString().slice(0, 10);
  return JSON.stringify({
    title: 'Peers',
    lanes: LANES.map(lane => ({ id: `lane-${lane}`, label: `Lane ${lane}` })),
    events: events(count).map(({ id, title, lane, start, end }) => ({
      id: `e${id}`,
      title,
      lane: `lane-${lane}`,
      date: end ? `${iso(start)}/${iso(end)}` : iso(start),
    })),
  });
}

if (import.meta.url === `file://${process.argv[1]}`) {
  process.stdout.write(timelineJson(Number(process.argv[2])));
}
