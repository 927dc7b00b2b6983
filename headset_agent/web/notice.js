// @ts-check
/** What is to be said to the wearer, besides what follows from the film's state. */

import { PROTOCOL_VERSION } from './link.js';

export class Notice {
  constructor() {
    /** The number, its colours and the sentences. @type {import('./messages.js').Welcome} */
    this.welcome = {
      type: 'welcome',
      version: PROTOCOL_VERSION,
      lang: 'nb',
      number: 0,
      colour: '#28748A',
      ink: '#FFFFFF',
      texts: {},
      tethered: false,
    };
    // A page's clock may begin anywhere, also below zero.
    this.identifyUntil = -Infinity;
    this.text = '';
    this.textUntil = -Infinity;
  }

  /**
   * Show the number large.
   * @param {number} seconds
   */
  identify(seconds) {
    this.identifyUntil = performance.now() + seconds * 1000;
  }

  /**
   * Show what the facilitator has written.
   * @param {string} text
   * @param {number} seconds
   */
  tell(text, seconds) {
    this.text = text;
    this.textUntil = performance.now() + seconds * 1000;
  }

  /** Nothing of this is shown any more. */
  hush() {
    this.identifyUntil = -Infinity;
    this.textUntil = -Infinity;
  }

  get identifying() {
    return performance.now() < this.identifyUntil;
  }

  /** The facilitator's words; empty when there are none, or no longer. */
  get told() {
    return performance.now() < this.textUntil ? this.text : '';
  }
}
