// @ts-check
/** The line that this page keeps to: the plan as it stands by now, in the agent's clock. */

import { Action, instantOf, lineAt, moved, positionAt, turned } from './timeline.js';

/** A stop-point is made ready for so long before it, so that it is met to the instant, ms. */
const STOP_AHEAD_MS = 60;

/** @typedef {import('./timeline.js').Plan} Plan */

export class Line {
  /** @param {(now: number) => number} agentNow agent time at page time, ms */
  constructor(agentNow) {
    this.agentNow = agentNow;
    /** @type {Plan | null} */
    this.plan = null;
  }

  /** Agent time, ms. */
  get now() {
    return this.agentNow(performance.now());
  }

  /** The plan, for whoever follows one. */
  get followed() {
    return /** @type {Plan} */ (this.plan);
  }

  /**
   * Keep to another plan, or to a newer word of it.
   * @param {Plan} plan
   */
  take(plan) {
    this.plan = asItStands(plan, this.now);
    return this.plan;
  }

  leave() {
    this.plan = null;
  }

  /** What has become of it at its last turn, where it has turned since it was looked at. */
  turn() {
    const before = this.plan;
    if (before === null) return null;
    const after = this.take(before);
    return after === before ? null : after;
  }

  /**
   * The agent time at which it passes a position, ms.
   * @param {number} position s
   */
  instantOf(position) {
    return instantOf(this.followed, position);
  }

  /**
   * The same in page time.
   * @param {number} position s
   */
  pageInstantOf(position) {
    const now = performance.now();
    return now + this.instantOf(position) - this.agentNow(now);
  }

  /**
   * Where it will be, s.
   * @param {number} seconds from now
   */
  positionIn(seconds) {
    return positionAt(this.followed, this.now) + seconds * this.followed.rate;
  }

  /**
   * How far ahead of it a film is, ms.
   * @param {number} now page time
   * @param {number} position s
   */
  errorMs(now, position) {
    return (position - lineAt(this.followed, this.agentNow(now))) * 1000;
  }

  /** @param {number} position */
  isOver(position) {
    const { film } = this.followed;
    return film !== null && film.duration_s > 0 && position >= film.duration_s;
  }

  /**
   * The agent's clock was set anew: the film stays where it is.
   * @param {number} stepMs by how much it now shows more than before
   */
  clockStepped(stepMs) {
    if (this.plan) this.plan = moved(this.plan, stepMs);
  }
}

/**
 * What a plan has come to by now: the present film, or the stop-point it stands at or is about to.
 * @param {Plan} plan
 * @param {number} agentMs agent time, ms
 */
export function asItStands(plan, agentMs) {
  const ahead = turned(plan, agentMs + STOP_AHEAD_MS);
  return ahead.action === Action.PAUSE ? ahead : turned(plan, agentMs);
}
