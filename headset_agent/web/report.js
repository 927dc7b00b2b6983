// @ts-check
/**
 * Says what the page does: ten times a second while the film runs, more often as it begins, seldom while it stands or
 * nothing is on. Where a film leaves the line on which it was told, that is told as well: who lays a straight line
 * between two reports finds it where it was.
 */

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

/** A film that has left its line by so much since it was told of, ms. */
const LEAP_MS = 3;

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
    /** What was told of the film last: when, page time, and how far ahead of its line it was, ms. */
    this.told = { at: -Infinity, error: 0 };
    /** The last look at the film. @type {import('./keeper.js').Look | null} */
    this.before = null;
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
    const { director, film } = this.source;
    // Both at one instant: nothing may come between these two lines.
    const now = performance.now();
    const { position } = film;
    const { before } = this;
    if (before && before.now > this.told.at && RUNS.includes(director.state)) {
      if (this.hasLeapt(now, position, before.error)) this.tell(before.now, before.position);
    }
    this.tell(now, position);
    this.in(pauseMs(director));
  }

  /**
   * The film was looked at.
   * @param {import('./keeper.js').Look} look
   */
  saw(look) {
    const isBeginning = look.now - this.source.director.keeper.startedAt < 2 * BEGUN_MS;
    if (!isBeginning && this.hasLeapt(look.now, look.position, this.told.error)) this.now();
    this.before = look;
  }

  /**
   * Whether the film is elsewhere on its line than it was.
   * @param {number} now page time, ms
   * @param {number} position s
   * @param {number} error how far ahead it was, ms
   */
  hasLeapt(now, position, error) {
    return Math.abs(this.source.director.line.errorMs(now, position) - error) >= LEAP_MS;
  }

  /**
   * @param {number} now page time, ms
   * @param {number} position s
   */
  tell(now, position) {
    const { director, link } = this.source;
    this.told = { at: now, error: director.plan ? director.line.errorMs(now, position) : 0 };
    const report = this.compose(now, position);
    if (report) link.send(report);
  }

  /**
   * @param {number} now page time, ms
   * @param {number} position s
   * @returns {import('./messages.js').Report | null} null while there is no clock to date it by
   */
  compose(now, position) {
    const { link, director, film, wearer, effect } = this.source;
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
