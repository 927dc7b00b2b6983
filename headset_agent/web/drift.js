// @ts-check
/**
 * Keeps a playing film on its line: judges the error while nothing is being corrected, then corrects it in one
 * stretch whose length is computed beforehand, and looks again. It never reacts to what it is doing itself,
 * so it cannot oscillate.
 *
 * A browser that is short of time loses sound that it should have played (about 20 ms each time), and with it
 * media time. A stretch which that has overtaken is computed anew under way; and where it eats what the rate gains,
 * the film is moved.
 *
 * What half a per cent makes good in time is made good so: its sound is resampled, and nobody hears a twelfth of a
 * semitone. Beyond it the pitch is kept. A browser's time stretcher sets the film back once each time it is used
 * (Chromium by 15 to 25 ms, which it plays twice), so that is reckoned with beforehand, and learnt.
 *
 * Pure: error in milliseconds (positive: ahead of the plan), times in page milliseconds.
 */

export const DriftPolicy = Object.freeze({
  /** Errors this small are left alone, ms. */
  deadBandMs: 1,
  /** And those that may be chance: so often what the middle of the readings is uncertain by. */
  chances: 3,
  /** How long after a start corrections may be strong, ms. */
  earlyMs: 3_000,
  /** Largest change of rate early and later. */
  earlyRate: 0.05,
  rate: 0.005,
  /** Up to here the small rate does also early, ms: it makes so much good in `earlyMs`. */
  gentleMs: 15,
  /** What using the stretcher once sets a film back by: before anything is learnt, and at most, ms. */
  setbackMs: 20,
  setbackMaxMs: 40,
  /**
   * Chromium's stretcher sets back by 15 to 25 ms, as its blocks of 10 ms and the buffers of 1024 samples come to lie
   * at its end. In the middle of this period it is 20 ms, and one buffer more or less does not matter.
   */
  periodMs: 160,
  /**
   * Beyond this the group is not one picture any more (W3C: 25 ms), which is worse than what the stretcher repeats, and
   * the small rate would take longer than the four seconds in which a film is to be back: early limits again, ms.
   */
  rearmMs: 25,
  /** Observation before each judgement early and later, ms. */
  earlyWindowMs: 160,
  windowMs: 1_000,
  /** After a start or a change of rate the media clock needs this long to show it, ms. */
  settleMs: 120,
  /** Fewest samples that make a judgement. */
  samples: 5,
  /** A stretch of changed rate is at least this long: shorter ones are lost in the pipeline, ms. */
  stretchMs: 200,
  /** A stretch is broken off when the film is found so far from where it should have led it by then, ms. */
  astrayMs: 25,
  /** The same of an early stretch at the small rate, which is long: better knowledge of the line comes meanwhile. */
  gentlyAstrayMs: 4,
  /** Beyond this the film is moved instead, ms. */
  seekMs: 1_000,
  /** The same within `startMs` of a start, when nobody is in the film yet: more than the early rate makes good. */
  startSeekMs: 120,
  startMs: 1_000,
  /** A film this far off is led for so long before it is asked whether that helps, ms. */
  farMs: 120,
  patienceMs: 3_000,
  /** Less than this share of what the rate gives is no help: something eats it, and the film is moved. */
  helps: 0.5,
  /** Between two moves of a film that is within reach, ms: a browser that loses time will lose it again. */
  restMs: 10_000,
});

/** @typedef {{rate: number, keepsPitch: boolean, seek: boolean}} Decision */
/**
 * A time of changed rate: `error` is what it makes good, ms; with `keepsPitch` through the stretcher.
 * @typedef {{from: number, until: number, error: number, keepsPitch: boolean}} Stretch
 */

export class DriftController {
  /** @param {typeof DriftPolicy} [policy] */
  constructor(policy = DriftPolicy) {
    this.policy = policy;
    this.started = -Infinity;
    /** From here on early limits hold for a while: the start, the end of a wait, or when it was last far off. */
    this.began = -Infinity;
    this.rate = 1;
    /** The stretch under way, or null. @type {Stretch | null} */
    this.stretch = null;
    /** Since when the film is far off, and by how much it was then. @type {{since: number, size: number} | null} */
    this.far = null;
    /** When the film was last moved. */
    this.movedAt = -Infinity;
    /** Errors are observed from here on. */
    this.from = -Infinity;
    /** What using the stretcher sets this film back by, ms. @type {number} */
    this.setback = policy.setbackMs;
    /** The last stretch was one through the stretcher, and nothing has been judged since. */
    this.hasStretched = false;
    /** What was observed: errors, or during a stretch how far they are from what it promises. @type {number[]} */
    this.observed = [];
  }

  /**
   * The film began to run, at its beginning or after a seek.
   * @param {number} now
   */
  restart(now) {
    this.started = now;
    this.far = null;
    this.resume(now);
  }

  /**
   * The film runs on after a wait for data: whoever wears it is in it, so what it is behind now is made good by
   * the rate, at first strongly.
   * @param {number} now
   */
  resume(now) {
    this.began = now;
    this.hasStretched = false;
    this.endStretch(now);
  }

  /**
   * @param {number} now
   * @param {number} errorMs
   * @returns {Decision}
   */
  step(now, errorMs) {
    if (this.stretch && now >= this.stretch.until) this.completeStretch(now);
    if (now < this.from) return this.hold();
    const promised = this.stretch ? promisedAt(this.stretch, now) : 0;
    this.observed.push(errorMs - promised);
    if (now - this.from < this.window(now) || this.observed.length < this.policy.samples) return this.hold();
    const readings = this.observed;
    const found = median(readings);
    this.observeFrom(now);
    const doubt = doubtOf(readings, found);
    // A stretch that something has disturbed is not followed to an end that no longer is one.
    if (this.stretch && Math.abs(found) <= this.astray(now, this.stretch, doubt)) return this.hold();
    if (this.hasStretched) this.learn(found);
    return this.judge(now, promised + found, doubt);
  }

  /**
   * @param {number} now
   * @param {Stretch} stretch
   * @param {number} doubt ms
   */
  astray(now, stretch, doubt) {
    const { astrayMs, chances, gentlyAstrayMs } = this.policy;
    if (stretch.keepsPitch || !this.isEarly(now)) return astrayMs;
    return Math.min(astrayMs, Math.max(gentlyAstrayMs, chances * doubt));
  }

  /**
   * The stretcher was used: what is found now, it has set the film back by less than was reckoned with.
   * @param {number} found ms
   */
  learn(found) {
    const { setbackMs, setbackMaxMs } = this.policy;
    this.hasStretched = false;
    // What else goes wrong meanwhile says nothing of it; a machine that is busy loses sound as well.
    if (Math.abs(found) > setbackMs + 5) return;
    this.setback = Math.min(Math.max(this.setback - found / 2, 0), setbackMaxMs);
  }

  /**
   * @param {number} now
   * @param {number} error ms
   * @param {number} doubt what it is uncertain by, ms
   * @returns {Decision}
   */
  judge(now, error, doubt) {
    const size = Math.abs(error);
    if (this.isLost(now, size)) return this.move(now);
    if (size > this.policy.rearmMs) this.began = now;
    if (size > Math.max(this.policy.deadBandMs, this.policy.chances * doubt)) this.lead(now, error);
    else if (this.stretch) this.endStretch(now);
    return this.hold();
  }

  /**
   * @param {number} now
   * @param {number} error ms
   */
  lead(now, error) {
    const { earlyRate, gentleMs, rate, stretchMs } = this.policy;
    const size = Math.abs(error);
    const keepsPitch = this.isEarly(now) && size > gentleMs;
    if (keepsPitch && this.stretch?.keepsPitch) this.changeRate(now, error, size / earlyRate, true);
    else if (keepsPitch) this.stretchBy(now, error - this.setback);
    // The rate allowed, or a smaller one when the stretch would be too short to hit exactly.
    else this.changeRate(now, error, Math.max(size / rate, stretchMs), false);
  }

  /**
   * @param {number} now
   * @param {number} error what is to be made good beside what the stretcher does by itself, ms
   */
  stretchBy(now, error) {
    const { earlyRate, periodMs, rate } = this.policy;
    // A rate nearer to 1 would not engage the stretcher.
    const least = (error < 0 ? -1 : 1) * Math.max(Math.abs(error), 1.5 * periodMs * rate);
    const periods = Math.max(1, Math.ceil(Math.abs(least) / earlyRate / periodMs - 0.5));
    this.changeRate(now, least, (periods + 0.5) * periodMs, true);
  }

  /**
   * @param {number} now
   * @param {number} error ms
   * @param {number} lasting ms
   * @param {boolean} keepsPitch
   */
  changeRate(now, error, lasting, keepsPitch) {
    this.rate = 1 - error / lasting;
    this.stretch = { from: now, until: now + lasting, error, keepsPitch };
    this.observeFrom(now + this.policy.settleMs);
  }

  /** @param {number} now */
  completeStretch(now) {
    this.hasStretched = this.stretch?.keepsPitch ?? false;
    this.endStretch(now);
  }

  /** @param {number} now */
  endStretch(now) {
    this.stretch = null;
    this.rate = 1;
    this.observeFrom(now + this.policy.settleMs);
  }

  /**
   * Whether the film has to be moved.
   * @param {number} now
   * @param {number} size of the error, ms
   */
  isLost(now, size) {
    const { seekMs, startMs, startSeekMs, restMs } = this.policy;
    const helpless = this.isHelpless(now, size);
    if (size > seekMs) return true;
    if (now - this.movedAt < restMs) return false;
    return helpless || (now - this.started < startMs && size > startSeekMs);
  }

  /**
   * Whether a film that is far off does not come nearer, though it is led at the early rate all the time.
   * @param {number} now
   * @param {number} size of the error, ms
   */
  isHelpless(now, size) {
    const { earlyRate, farMs, helps, patienceMs } = this.policy;
    if (size <= farMs) {
      this.far = null;
      return false;
    }
    this.far ??= { since: now, size };
    const led = now - this.far.since;
    if (led < patienceMs) return false;
    const helped = this.far.size - size >= led * earlyRate * helps;
    if (helped) this.far = { since: now, size };
    return !helped;
  }

  /**
   * @param {number} now
   * @returns {Decision}
   */
  move(now) {
    this.movedAt = now;
    return { rate: 1, keepsPitch: false, seek: true };
  }

  /** @returns {Decision} */
  hold() {
    return { rate: this.rate, keepsPitch: this.stretch?.keepsPitch ?? false, seek: false };
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
    this.observed = [];
  }
}

/**
 * The error that a stretch has left by now, when nothing disturbs it.
 * @param {Stretch} stretch
 * @param {number} now
 */
function promisedAt({ from, until, error }, now) {
  return (error * (until - now)) / (until - from);
}

/**
 * What the middle of some readings is uncertain by, one standard deviation, when chance spreads them evenly to
 * both sides.
 * @param {number[]} readings
 * @param {number} middle
 */
function doubtOf(readings, middle) {
  const apart = median(readings.map((reading) => Math.abs(reading - middle)));
  return (1.48 * 1.25 * apart) / Math.sqrt(readings.length);
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
