// @ts-check
/** Keeps the film that runs to its line, and notes how it fares. */

import { DriftController } from './drift.js';
import { PageState } from './stage.js';
import { Action } from './timeline.js';

/** The media position past the plan's first one at which a start is judged, s. */
const JUDGED_S = 0.1;
/** A start so near the plan's first position is the common one: the beat of the sound device is within, s. */
const COMMON_S = 0.05;
/** A film that the browser has paused by itself (the headset was taken off) is begun again after this, ms. */
const HELD_MS = 1_000;

/** A look at the film that runs: page time, ms; position, s; how far ahead of its line it is, ms.
 * @typedef {{now: number, position: number, error: number}} Look
 */

export class Keeper {
  /**
   * @param {import('./film.js').FilmPlayer} film
   * @param {import('./line.js').Line} line
   * @param {import('./stage.js').Stage} stage
   */
  constructor(film, line, stage) {
    this.film = film;
    this.line = line;
    this.stage = stage;
    this.drift = new DriftController();
    /** The start of the film that runs; null while it is to stand. @type {{at: number, from: number} | null} */
    this.begun = null;
    /** Since when the browser holds the film up. @type {number | null} */
    this.heldSince = null;
    this.counts = { rate_changes: 0, seeks: 0, stalls: 0 };
    /** Agent time at which a start is judged. @type {number | null} */
    this.startedMs = null;
    /** Page time of the last start. */
    this.startedAt = -Infinity;
    /** Position a start is judged from; null when this page was not there for it. @type {number | null} */
    this.judgedFrom = null;
    /** Who is told of each look. @type {(look: Look) => void} */
    this.looked = () => undefined;
  }

  /** Another plan: what is noted is noted of that one. */
  noteAnew() {
    this.counts = { rate_changes: 0, seeks: 0, stalls: 0 };
    this.startedMs = null;
    this.judgedFrom = null;
  }

  /** Silent and still, at once. */
  halt() {
    this.film.halt();
    this.begun = null;
  }

  finish() {
    this.halt();
    this.stage.enter(PageState.ENDED);
  }

  /**
   * The film has just been called to run.
   * @param {number} position
   */
  called(position) {
    const first = this.line.followed.position_s;
    if (Math.abs(position - first) < COMMON_S && this.startedMs === null) this.judgedFrom = first;
    this.startedAt = performance.now();
  }

  /**
   * It runs.
   * @param {{at: number, from: number}} begun
   */
  take(begun) {
    this.drift.restart(begun.at + this.film.latency);
    this.begun = begun;
  }

  /**
   * Look at the media clock and lead the film.
   * @returns {boolean} whether it is too far off to be led
   */
  look() {
    const { film, line, stage } = this;
    if (!this.begun || !film.running || stage.state !== PageState.PLAYING) return false;
    const now = performance.now();
    const position = film.position;
    this.judgeStart(now, position);
    if (line.followed.action !== Action.PLAY) return false;
    const error = line.errorMs(now, position);
    this.looked({ now, position, error });
    const { rate, keepsPitch, seek } = this.drift.step(now, error);
    if (seek) this.counts.seeks += 1;
    else this.setRate(rate, keepsPitch);
    return seek;
  }

  /**
   * Note when the film passed the point at which starts are compared.
   * @param {number} now
   * @param {number} position
   */
  judgeStart(now, position) {
    if (this.judgedFrom === null) return;
    const past = position - this.judgedFrom - JUDGED_S;
    if (past < 0) return;
    this.startedMs = this.line.agentNow(now) - (past * 1000) / this.film.video.playbackRate;
    this.judgedFrom = null;
  }

  /**
   * @param {number} rate
   * @param {boolean} keepsPitch
   */
  setRate(rate, keepsPitch) {
    if (rate !== 1 && this.film.video.playbackRate !== rate) this.counts.rate_changes += 1;
    this.film.setRate(rate, keepsPitch);
  }

  /**
   * Whether the browser has paused a film that nobody else has, for so long that it has to be begun again.
   * @param {boolean} isToRun
   * @param {number} now
   */
  isHeldUp(isToRun, now) {
    const { video } = this.film;
    this.heldSince = isToRun && video.paused && !video.ended ? this.heldSince ?? now : null;
    if (this.heldSince === null || now - this.heldSince < HELD_MS) return false;
    this.heldSince = null;
    return true;
  }

  ended() {
    if (this.begun) this.finish();
  }

  stalled() {
    if (!this.begun || this.stage.state !== PageState.PLAYING) return;
    this.counts.stalls += 1;
    this.stage.enter(PageState.STALLED);
  }

  resumed() {
    if (this.stage.state !== PageState.STALLED || !this.begun) return;
    this.drift.resume(performance.now());
    this.stage.enter(PageState.PLAYING);
  }
}
