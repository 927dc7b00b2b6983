// @ts-check
/** Where the wearer looks, by the convention that `protocol/gaze.py` defines. */

/**
 * @typedef {object} Head
 * @property {number} yaw radians, positive to the right
 * @property {number} pitch radians, positive upwards
 * @property {number} at when it was there, by the page's clock
 */

/** A head that has not been seen for so long is lost: its tracking fails, or no frames come. */
const LOST_MS = 500;

/** Where the head of a headset was that nobody wears is not where anybody looks. */
const WORN = new Set(['visible', 'visible-blurred']);

const UNITS_A_DEGREE = 10;

/**
 * The direction of a vector: x to the right, y upwards, -z ahead.
 * @param {[number, number, number]} vector of length 1
 * @param {number} at by the page's clock
 * @returns {Head}
 */
export function headAlong([x, y, z], at) {
  return { yaw: Math.atan2(x, -z), pitch: Math.asin(Math.min(Math.max(y, -1), 1)), at };
}

/**
 * What a report says of it.
 * @param {Head | null} head
 * @param {string | null} visible XRSession.visibilityState
 * @param {number} now by the page's clock
 * @returns {{yaw_deg: number | null, pitch_deg: number | null}}
 */
export function gazeOf(head, visible, now) {
  if (!head || now - head.at > LOST_MS || !WORN.has(visible ?? '')) return { yaw_deg: null, pitch_deg: null };
  // Half a turn to the right is told as half a turn to the left.
  const yaw = degrees(head.yaw);
  return { yaw_deg: yaw === 180 ? -180 : yaw, pitch_deg: degrees(head.pitch) };
}

/** @param {number} radians */
function degrees(radians) {
  return Math.round((radians * 180 * UNITS_A_DEGREE) / Math.PI) / UNITS_A_DEGREE;
}
