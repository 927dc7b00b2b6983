// @ts-check
/** Waiting for an instant, to a fraction of a millisecond. */

/** The last stretch of a wait is watched instead of slept, ms: short, for whoever shares the processor. */
const WATCH_MS = 1.5;
/**
 * A browser lets longer timers come up to 8 ms late, so that it wakes up less often (Chromium: those of more than
 * 64 ms). So the last of a wait is a short one of its own, ms.
 */
const PRECISE_MS = 40;
/** Waits are looked at again at least so often, because the clock estimate gets better, ms. */
const RECHECK_MS = 250;

/** @typedef {() => boolean} Wanted whether what was begun is still to be done */

/** @param {number} ms */
export function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Wait until `remaining` is nil, or nobody wants it any more.
 * @param {() => number} remaining ms
 * @param {Wanted} wanted
 */
export async function waitOut(remaining, wanted) {
  let left = remaining();
  while (left > WATCH_MS && wanted()) {
    await sleep(Math.min(left > PRECISE_MS ? left - PRECISE_MS / 2 : left - WATCH_MS, RECHECK_MS));
    left = remaining();
  }
  // Timers come a millisecond or two late; this is shorter than a frame.
  while (remaining() > 0 && wanted());
}
