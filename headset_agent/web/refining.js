// @ts-check
/** Whether a newer word of a plan only refines what goes on already. Pure: times in ms of the agent's clock. */

import { PageState } from './stage.js';
import { Action, lineAt } from './timeline.js';

/**
 * What the page is at when the word comes.
 * @typedef {object} Scene
 * @property {string} state
 * @property {string | null} url of the film that is loaded
 * @property {number | null} cued where it stands ready, s
 * @property {number | null} position where it runs, s; null: it does not
 * @property {boolean} arriving it is on its way to a start
 */

/** @typedef {import('./timeline.js').Plan} Plan */

/**
 * The film runs, or is about to, and is to run on, near enough to be led there; or it is to stand on.
 * @param {Plan | null} before
 * @param {Plan} plan
 * @param {Scene} scene
 * @param {number} agentMs agent time, ms
 * @param {number} nearMs how far the film is led, not moved
 */
export function onlyRefines(before, plan, scene, agentMs, nearMs) {
  if (standsAt(plan, scene)) return before?.action === Action.PAUSE;
  if (before?.action !== Action.PLAY || plan.action !== Action.PLAY) return false;
  if (before.film_url !== plan.film_url) return false;
  // To begin anew at every refinement would keep whoever seeks slowly out of the film for good.
  const position = scene.arriving ? lineAt(before, agentMs) : scene.position;
  return position !== null && Math.abs(position - lineAt(plan, agentMs)) * 1000 <= nearMs;
}

/**
 * The film is paused where the plan wants it to be.
 * @param {Plan} plan
 * @param {Scene} scene
 */
function standsAt(plan, { state, url, cued }) {
  if (plan.action !== Action.PAUSE || state !== PageState.PAUSED) return false;
  return url === plan.film_url && cued === plan.position_s;
}
