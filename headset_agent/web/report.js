// @ts-check
/** Says what the page does: ten times a second while the film runs, more often as it begins, seldom while it stands or nothing is on. */

import { gazeOf } from './gaze.js';
import { PageState } from './stage.js';

/** A running film of which no frame was told for so long is not watched: not every browser tells in VR, ms. */
const FRAME_SILENCE_MS = 500;

/**
 * A start is told of so much later, ms. The others start within a buffer of the sound device: where they share a
 * processor with this page, or with whoever hears of it, news would come in their way.
 */
const BEGUN_MS = 40;

/** So long a film begins: from standing to running at its line, ms. */
const BEGINS_MS = 600;

const Pace = Object.freeze({ beginsMs: 25, runsMs: 100, standsMs: 250, idleMs: 1_000 });

/** @type {readonly string[]} */
const RUNS = [PageState.PLAYING, PageState.STALLED];

/** @type {readonly string[]} */
const STANDS = [PageState.LOADING, PageState.READY, PageState.PAUSED];

/**
 * @typedef {object} Source
 * @property {import('./link.js').Link} link
 * @property {import('./director.js').Director} director
 * @property {import('./film.js').FilmPlayer} film
 * @property {() => {immersive: boolean, visible: string | null, head: import('./xr.js').Head | null}} wearer
 * @property {() => {dark: boolean, silent: boolean, picture: string | null}} effect what is really shown and heard
 */

export class Reporter {
  /** @param {Source} source */
  constructor(source) {
    this.source = source;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** The state has changed. */
  changed() {
    const { keeper, state } = this.source.director;
    const begins = state === PageState.PLAYING && performance.now() - keeper.startedAt < BEGUN_MS;
    if (begins) this.in(BEGUN_MS);
    else this.now();
  }

  /** @param {number} delayMs */
  in(delayMs) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), delayMs);
  }

  /** Report now and from now on. */
  now() {
    const report = this.compose();
    if (report) this.source.link.send(report);
    this.in(pauseMs(this.source.director));
  }

  /** @returns {import('./messages.js').Report | null} null while there is no clock to date it by */
  compose() {
    const { link, director, film, wearer, effect } = this.source;
    // Both at one instant: nothing may come between these two lines.
    const now = performance.now();
    const position = film.position;
    const time = link.agentTime(now);
    if (!time) return null;
    const { immersive, visible, head } = wearer();
    const presented = lastPresented(film, now);
    return {
      type: 'report',
      plan_id: director.plan?.plan_id ?? null,
      revision: director.plan?.revision ?? 0,
      state: director.state,
      at_ms: time.at,
      at_uncertainty_ms: time.uncertainty,
      position_s: position,
      playback_rate: film.video.playbackRate,
      immersive,
      visible,
      ...gazeOf(head, visible, now),
      presented_ms: presented && (link.agentTime(presented.at)?.at ?? null),
      presented_s: presented && presented.media,
      ...director.keeper.counts,
      dropped_frames: film.dropped,
      started_ms: director.keeper.startedMs,
      ...effect(),
    };
  }
}

/**
 * The last frame that the browser has told of; null where it has stopped telling.
 * @param {import('./film.js').FilmPlayer} film
 * @param {number} now page time, ms
 */
function lastPresented({ presented, running }, now) {
  return presented && running && now - presented.at > FRAME_SILENCE_MS ? null : presented;
}

/**
 * Until the next report, where no change of state brings it sooner.
 * @param {import('./director.js').Director} director
 */
function pauseMs({ state, keeper }) {
  if (state === PageState.PLAYING && performance.now() - keeper.startedAt < BEGINS_MS) return Pace.beginsMs;
  if (RUNS.includes(state)) return Pace.runsMs;
  return STANDS.includes(state) ? Pace.standsMs : Pace.idleMs;
}
