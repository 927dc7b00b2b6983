// @ts-check
/** What the page is doing, for all who show or report it. */

export const PageState = Object.freeze({
  WAITING: 'waiting',
  LOADING: 'loading',
  READY: 'ready',
  PLAYING: 'playing',
  PAUSED: 'paused',
  STALLED: 'stalled',
  ENDED: 'ended',
  STOPPED: 'stopped',
  FAILED: 'failed',
});

/** @type {readonly string[]} */
const SEEN = [PageState.PLAYING, PageState.STALLED, PageState.PAUSED];

export class Stage {
  /** @param {() => void} changed the state changed */
  constructor(changed) {
    this.changed = changed;
    /** @type {string} */
    this.state = PageState.WAITING;
  }

  /** Whether the picture of the film is to be seen. */
  get showsFilm() {
    return SEEN.includes(this.state);
  }

  /** @param {string} state */
  enter(state) {
    this.state = state;
    this.changed();
  }
}
