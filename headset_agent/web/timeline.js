// @ts-check
/**
 * The plan: which film is to be where, when. Pure: all times in milliseconds of the agent's clock,
 * media positions in seconds.
 */

export const Action = Object.freeze({
  IDLE: 'idle',
  PREPARE: 'prepare',
  PLAY: 'play',
  PAUSE: 'pause',
  STOP: 'stop',
});

/**
 * @typedef {import('./messages.js').Film} Film
 * @typedef {import('./messages.js').Plan} Plan
 */

/** From the end of a film to the start of the next, s. */
export const CHANGE_S = 3;

/** What a plan that arrives means beside the one that holds. */
export const Arrival = Object.freeze({ NEW: 'new', REVISED: 'revised', STALE: 'stale' });

/**
 * @param {Plan | null} current
 * @param {Plan} incoming
 * @returns {string} one of Arrival
 */
export function judgeArrival(current, incoming) {
  if (current === null || current.plan_id !== incoming.plan_id) return Arrival.NEW;
  return incoming.revision > current.revision ? Arrival.REVISED : Arrival.STALE;
}

/**
 * Where the film is to be at an instant, seconds.
 * @param {Plan} plan
 * @param {number} agentMs agent time, ms
 */
export function positionAt(plan, agentMs) {
  if (plan.action !== Action.PLAY) return plan.position_s;
  return plan.position_s + (Math.max(0, agentMs - plan.anchor_ms) / 1000) * plan.rate;
}

/**
 * The plan's line without the wait before its anchor: a film that already runs keeps to it on both sides.
 * @param {Plan} plan
 * @param {number} agentMs agent time, ms
 */
export function lineAt(plan, agentMs) {
  return plan.position_s + ((agentMs - plan.anchor_ms) / 1000) * plan.rate;
}

/**
 * The instant at which the plan's line passes a position.
 * @param {Plan} plan
 * @param {number} position s
 */
export function instantOf(plan, position) {
  return plan.anchor_ms + ((position - plan.position_s) / plan.rate) * 1000;
}

/**
 * The plan as it stands at an instant: past its turns, one after the other; itself before the first. All who
 * follow a line turn at the same instants, without a word from anybody.
 * @param {Plan} plan
 * @param {number} agentMs agent time, ms
 * @returns {Plan}
 */
export function turned(plan, agentMs) {
  let now = plan;
  for (let turn = nextTurn(now); turn && agentMs >= turn.atMs; turn = nextTurn(now)) now = turn.plan;
  return now;
}

/**
 * When the line turns next, and what it is then; null: it ends with its film, or does not move.
 * @param {Plan} plan
 * @returns {{atMs: number, plan: Plan} | null} atMs: agent time
 */
function nextTurn(plan) {
  const { film, film_url: url } = plan;
  if (film === null || url === null || plan.action !== Action.PLAY) return null;
  const position = turnsAt(film, plan.position_s);
  const atMs = instantOf(plan, position);
  if (position < film.duration_s) {
    return { atMs, plan: { ...plan, action: Action.PAUSE, anchor_ms: atMs, position_s: position } };
  }
  const [next, ...then] = plan.loops ? [...plan.then, film] : plan.then;
  const [nextUrl, ...thenUrls] = plan.loops ? [...plan.then_urls, url] : plan.then_urls;
  if (next === undefined) return null;
  const begins = { anchor_ms: atMs + (CHANGE_S / plan.rate) * 1000, position_s: 0 };
  return { atMs, plan: { ...plan, ...begins, film: next, film_url: nextUrl, then, then_urls: thenUrls } };
}

/**
 * The first stop-point behind a position, else the film's end.
 * @param {Film} film
 * @param {number} position s
 */
function turnsAt(film, position) {
  return film.stops_s.find((stop) => position < stop && stop < film.duration_s) ?? film.duration_s;
}

/**
 * The same line on a clock that was set anew.
 * @param {Plan} plan
 * @param {number} stepMs by how much the agent's clock now shows more than before
 * @returns {Plan}
 */
export function moved(plan, stepMs) {
  return { ...plan, anchor_ms: plan.anchor_ms === 0 ? 0 : plan.anchor_ms + stepMs };
}
