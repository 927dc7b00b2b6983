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
 * @typedef {{sha256: string, duration_s: number, projection: string, stereo: string}} Film
 * @typedef {{plan_id: string, revision: number, action: string, anchor_ms: number, position_s: number,
 *   rate: number, film: Film | null, film_url: string | null}} Plan
 */

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
 * @param {number} agentMs
 */
export function positionAt(plan, agentMs) {
  if (plan.action !== Action.PLAY) return plan.position_s;
  return plan.position_s + (Math.max(0, agentMs - plan.anchor_ms) / 1000) * plan.rate;
}

/**
 * The plan's line without the wait before its anchor: a film that already runs keeps to it on both sides.
 * @param {Plan} plan
 * @param {number} agentMs
 */
export function lineAt(plan, agentMs) {
  return plan.position_s + ((agentMs - plan.anchor_ms) / 1000) * plan.rate;
}

/**
 * The instant at which the plan's line passes a position.
 * @param {Plan} plan
 * @param {number} position
 */
export function instantOf(plan, position) {
  return plan.anchor_ms + ((position - plan.position_s) / plan.rate) * 1000;
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
