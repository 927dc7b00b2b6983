// @ts-check
/**
 * Keeps a playing film on its line: judges the error while nothing is being corrected, then corrects it in one
 * stretch whose length is computed beforehand, and looks again. It never reacts to what it is doing itself,
 * so it cannot oscillate.
 *
 * Pure: error in milliseconds (positive: ahead of the plan), times in page milliseconds.
 */

export const DriftPolicy = Object.freeze({
  /** Errors this small are left alone, ms. */
  deadBandMs: 3,
  /** The same during the first seconds, when a correction is not yet noticed, ms. */
  earlyDeadBandMs: 2,
  /** How long after a start corrections may be strong, ms. */
  earlyMs: 3_000,
  /** Largest change of rate early and later. */
  earlyRate: 0.03,
  rate: 0.005,
  /** Beyond this a film (after a stall) is begun anew, as it were: early limits again, ms. */
  rearmMs: 40,
  /** Beyond this being heard apart is worse than being heard out of tune, ms. */
  farMs: 120,
  farRate: 0.05,
  /** Observation before each judgement early and later, ms. */
  earlyWindowMs: 160,
  windowMs: 1_000,
  /** After a start or a change of rate the media clock needs this long to show it, ms. */
  settleMs: 120,
  /** Fewest samples that make a judgement. */
  samples: 5,
  /** A stretch of changed rate is at least this long: shorter ones are lost in the pipeline, ms. */
  stretchMs: 200,
  /** Beyond this the film is moved instead, ms. */
  seekMs: 1_000,
});

/** @typedef {{rate: number, seek: boolean}} Decision */

export class DriftController {
  /** @param {typeof DriftPolicy} [policy] */
  constructor(policy = DriftPolicy) {
    this.policy = policy;
    this.began = -Infinity;
    this.rate = 1;
    /** End of the stretch under way, or null. @type {number | null} */
    this.until = null;
    /** Errors are observed from here on. */
    this.from = -Infinity;
    /** @type {number[]} */
    this.errors = [];
  }

  /**
   * The film began to run, at its beginning or after a seek.
   * @param {number} now
   */
  restart(now) {
    this.began = now;
    this.rate = 1;
    this.until = null;
    this.observeFrom(now + this.policy.settleMs);
  }

  /**
   * @param {number} now
   * @param {number} errorMs
   * @returns {Decision}
   */
  step(now, errorMs) {
    if (this.until !== null) return this.correct(now);
    if (now < this.from) return this.hold();
    this.errors.push(errorMs);
    if (now - this.from < this.window(now) || this.errors.length < this.policy.samples) return this.hold();
    return this.judge(now);
  }

  /** @param {number} now */
  correct(now) {
    if (this.until !== null && now >= this.until) {
      this.until = null;
      this.rate = 1;
      this.observeFrom(now + this.policy.settleMs);
    }
    return this.hold();
  }

  /** @param {number} now */
  judge(now) {
    const error = median(this.errors);
    this.observeFrom(now);
    if (Math.abs(error) > this.policy.seekMs) return { rate: 1, seek: true };
    if (Math.abs(error) > this.policy.rearmMs) this.began = now;
    const deadBand = this.isEarly(now) ? this.policy.earlyDeadBandMs : this.policy.deadBandMs;
    if (Math.abs(error) <= deadBand) return this.hold();
    // The largest rate allowed, or a smaller one when the stretch would be too short to hit exactly.
    const change = Math.min(this.limit(now, Math.abs(error)), Math.abs(error) / this.policy.stretchMs);
    this.rate = 1 - Math.sign(error) * change;
    this.until = now + Math.abs(error) / change;
    return this.hold();
  }

  /**
   * @param {number} now
   * @param {number} size of the error, ms
   */
  limit(now, size) {
    if (size > this.policy.farMs) return this.policy.farRate;
    return this.isEarly(now) ? this.policy.earlyRate : this.policy.rate;
  }

  /** @returns {Decision} */
  hold() {
    return { rate: this.rate, seek: false };
  }

  /** @param {number} now */
  isEarly(now) {
    return now - this.began < this.policy.earlyMs;
  }

  /** @param {number} now */
  window(now) {
    return this.isEarly(now) ? this.policy.earlyWindowMs : this.policy.windowMs;
  }

  /** @param {number} time */
  observeFrom(time) {
    this.from = time;
    this.errors = [];
  }
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
