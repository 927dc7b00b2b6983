// @ts-check
/**
 * The beat of a sound device. It asks for sound one buffer after another (in desktop Chromium every 21.3 ms), and a
 * film's clock begins to run with one of these buffers, whenever play() was called. So a start can be a whole
 * buffer late by chance. Who knows the beat chooses a place in the film for which the beat is in time.
 *
 * Pure: all times in page milliseconds.
 */

import { median } from './drift.js';

/** Before anything was learnt: from play() to a running media clock, ms. */
const TYPICAL_LATENCY_MS = 60;
/** Starts remembered. */
const REMEMBERED = 8;
/** Buffers that devices have: 1024, 960, 512 and 480 samples at 44.1 or 48 kHz, ms; the longest that fits is believed. */
const PERIODS_MS = [1024 / 44.1, 1024 / 48, 20, 512 / 44.1, 512 / 48, 10];
/** So many starts must agree before a beat is believed. */
const AGREEING = 3;
/** And so well: share of the period. */
const TOLERANCE = 1 / 12;
/** What a place on the beat may be missed by without a whole period more being waited, ms. */
const SLACK_MS = 1;

/**
 * What goes wrong in a start makes it late, by up to three quarters of a buffer on a busy machine: it is made as soon
 * as it can be without the buffer before being met, less this, ms.
 */
const SAFE_MS = 2.5;
/** And no sooner than so much of a period before the last moment: what a start takes at least is known so well. */
const SOONEST = 0.87;

export class Beat {
  constructor() {
    /** What starts took. @type {number[]} */
    this.taken = [];
    /** Where the media clock's lines began since the device was opened. @type {number[]} */
    this.zeros = [];
    /** @type {number | null} */
    this.period = null;
  }

  /** Another film: nothing is known. */
  forget() {
    this.taken = [];
    this.zeros = [];
    this.period = null;
  }

  /** The device was closed meanwhile: its next beat begins anywhere. */
  lose() {
    this.zeros = [];
  }

  /**
   * Remember a start.
   * @param {number} called when play() was called
   * @param {number} zero where the line of the media clock begins
   */
  note(called, zero) {
    if (zero <= called || zero - called > 1000) return;
    this.taken = [...this.taken, zero - called].slice(-REMEMBERED);
    this.zeros = [...this.zeros, zero].slice(-REMEMBERED);
    if (this.zeros.length >= AGREEING) {
      this.period = PERIODS_MS.find((period) => phaseOf(this.zeros, period) !== null) ?? null;
    }
  }

  /** A time at which the beat is; null when none is known. */
  get phase() {
    return this.period === null || !this.zeros.length ? null : phaseOf(this.zeros, this.period);
  }

  /** What play() has to be ahead of its instant, ms; of one on the beat by so much that no other beat is met. */
  get latency() {
    const { least, period } = this;
    if (least !== null && period !== null) {
      const soonest = Math.min(this.longest - SAFE_MS, least + period * SOONEST);
      return Math.max(soonest, least + period / 2);
    }
    return this.taken.length ? median(this.taken) : TYPICAL_LATENCY_MS;
  }

  /**
   * What a start takes at least, as it would with a buffer that comes in time, ms; null while no beat is known. It
   * lies between the longest less a period and the shortest. Something else may have held the longest up, so the one
   * before it is believed.
   */
  get least() {
    if (this.period === null || this.phase === null) return null;
    return (Math.min(...this.taken) + this.longest - this.period) / 2;
  }

  /** The longest that a start has taken and that is believed, ms. */
  get longest() {
    const [shortest, ...longer] = [...this.taken].sort((a, b) => a - b);
    return longer.filter((each) => each < shortest + (this.period ?? 0)).at(-2) ?? shortest;
  }

  /**
   * When to try a start next, so that most is learnt of what a start takes: it halves what is not known of it.
   * @param {number} now
   */
  trialAt(now) {
    const { least } = this;
    return least === null ? now : this.next(now + least + SLACK_MS) - least;
  }

  /**
   * The first beat at an instant or after it; the instant itself while no beat is known.
   * @param {number} at
   */
  next(at) {
    const { period, phase } = this;
    if (period === null || phase === null) return at;
    return phase + Math.ceil((at - phase - SLACK_MS) / period) * period;
  }
}

/**
 * Where a beat of that period is, when all starts agree on it.
 * @param {number[]} zeros
 * @param {number} period
 * @returns {number | null}
 */
function phaseOf(zeros, period) {
  const last = zeros[zeros.length - 1];
  const apart = zeros.map((zero) => zero - last - Math.round((zero - last) / period) * period);
  // One of them may lie at the seam only when it is half a period off, which no agreement is.
  const middle = median(apart);
  return apart.every((each) => Math.abs(each - middle) <= period * TOLERANCE) ? last + middle : null;
}
