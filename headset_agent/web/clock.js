// @ts-check
/**
 * The agent's clock as the page sees it: an estimate of agent time minus page time, with its uncertainty.
 *
 * Each exchange (t1 sent by page, t2 received by agent, t3 sent by agent, t4 received by page) proves that the
 * offset lies in [t3 - t4, t2 - t1]: nothing arrives before it was sent. The clocks drift, so an old proof
 * widens by MAX_DRIFT a second. The intersection of all proofs bounds the error of whatever is estimated
 * inside it; when it is empty, one of the clocks was set anew and everything older is worthless. A clock that was
 * set by less than a round trip need not show that way: the uncertainty is what the newest proof allows, that of
 * the request which went out last. An answer that was overtaken by that one's may speak of the clock before.
 *
 * Pure: times come in, numbers go out. All times in milliseconds.
 */

export const ClockPolicy = Object.freeze({
  /** Exchanges kept. */
  capacity: 240,
  /** Oldest exchange kept, ms. */
  windowMs: 60_000,
  /** Two oscillators can hardly drift apart faster than this (ms per ms). */
  maxDrift: 250e-6,
  /** A drift is fitted only when the exchanges span this long; before that noise would pass for drift, ms. */
  fitSpanMs: 8_000,
  /** Added to a round trip before it becomes a weight, so that no single exchange rules alone, ms. */
  weightFloorMs: 0.05,
});

/** @typedef {{t1: number, t2: number, t3: number, t4: number}} Exchange t1, t4: page clock; t2, t3: agent clock */
/** @typedef {{offset: number, uncertainty: number, drift: number}} Estimate offset: agent - page; drift: ms per ms */

export class ClockFilter {
  /** @param {typeof ClockPolicy} [policy] */
  constructor(policy = ClockPolicy) {
    this.policy = policy;
    /** @type {Exchange[]} */
    this.exchanges = [];
    /** The line through them, until there is another. @type {{middle: number, offset: number, drift: number} | null} */
    this.fitted = null;
    /** The one whose request went out last. @type {Exchange | null} */
    this.newest = null;
    /** How often a clock was found to have been set anew. */
    this.steps = 0;
  }

  /**
   * Take an exchange in.
   * @param {Exchange} exchange
   * @returns {boolean} false when it contradicts all before it: a clock was set anew
   */
  add(exchange) {
    if (exchange.t4 < exchange.t1 || exchange.t3 < exchange.t2) return true;
    const isNewest = this.newest === null || exchange.t1 >= this.newest.t1;
    const [low, high] = this.bounds(exchange.t4, [...this.exchanges, exchange]);
    const agrees = low <= high;
    if (!agrees && !isNewest) return true;
    const oldest = exchange.t4 - this.policy.windowMs;
    const kept = agrees ? this.exchanges.filter((other) => other.t4 >= oldest) : [];
    this.exchanges = [...kept, exchange].slice(-this.policy.capacity);
    this.fitted = null;
    if (isNewest) this.newest = exchange;
    if (!agrees) this.steps += 1;
    return agrees;
  }

  /**
   * What exchanges, usually all, together prove about the offset at page time `now`.
   * @param {number} now page time, ms
   * @param {Exchange[]} exchanges
   * @returns {[number, number]}
   */
  bounds(now, exchanges = this.exchanges) {
    let low = -Infinity;
    let high = Infinity;
    for (const { t1, t2, t3, t4 } of exchanges) {
      low = Math.max(low, t3 - t4 - this.policy.maxDrift * Math.abs(now - t4));
      high = Math.min(high, t2 - t1 + this.policy.maxDrift * Math.abs(now - t1));
    }
    return [low, high];
  }

  /**
   * The offset at page time `now`, or null before the first exchange.
   * @param {number} now page time, ms
   * @returns {Estimate | null}
   */
  estimate(now) {
    if (this.newest === null) return null;
    this.fitted ??= this.line();
    const { middle, offset, drift } = this.fitted;
    const [low, high] = this.bounds(now);
    const raw = offset + drift * (now - middle);
    const held = Math.min(Math.max(raw, low), high);
    const [least, most] = this.bounds(now, [this.newest]);
    const uncertainty = Math.max(this.lowestRoundTrip() / 2, most - held, held - least);
    return { offset: held, uncertainty, drift };
  }

  lowestRoundTrip() {
    return Math.min(...this.exchanges.map(roundTrip));
  }

  /** Weighted straight line through the exchanges; short round trips weigh most. */
  line() {
    const points = this.exchanges.map((exchange) => ({
      time: (exchange.t1 + exchange.t4) / 2,
      offset: (exchange.t2 - exchange.t1 + exchange.t3 - exchange.t4) / 2,
      weight: (roundTrip(exchange) + this.policy.weightFloorMs) ** -4,
    }));
    // Clocks differ by hours: sums of differences from the first point keep every digit.
    const origin = points[0];
    const total = sum(points, (p) => p.weight);
    const time = sum(points, (p) => p.weight * (p.time - origin.time)) / total;
    const offset = sum(points, (p) => p.weight * (p.offset - origin.offset)) / total;
    const drift = this.spans(points) ? slope(points, origin, time, offset, this.policy.maxDrift) : 0;
    return { middle: origin.time + time, offset: origin.offset + offset, drift };
  }

  /** @param {{time: number}[]} points */
  spans(points) {
    return points[points.length - 1].time - points[0].time >= this.policy.fitSpanMs;
  }
}

/**
 * @param {{time: number, offset: number, weight: number}[]} points
 * @param {{time: number, offset: number}} origin
 * @param {number} time
 * @param {number} offset
 * @param {number} limit
 */
function slope(points, origin, time, offset, limit) {
  const dx = (/** @type {{time: number}} */ p) => p.time - origin.time - time;
  const dy = (/** @type {{offset: number}} */ p) => p.offset - origin.offset - offset;
  const spread = sum(points, (p) => p.weight * dx(p) ** 2);
  if (spread === 0) return 0;
  const raw = sum(points, (p) => p.weight * dx(p) * dy(p)) / spread;
  return Math.min(Math.max(raw, -limit), limit);
}

/** @param {Exchange} exchange */
function roundTrip({ t1, t2, t3, t4 }) {
  return t4 - t1 - (t3 - t2);
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => number} value
 */
function sum(items, value) {
  return items.reduce((total, item) => total + value(item), 0);
}
