// @ts-check
/** Gets the film to run at a place of its line at that place's instant: at its start, or a little ahead of the others. */

import { FilmError, FilmTrouble } from './film.js';
import { PageState } from './stage.js';
import { Action } from './timeline.js';
import { sleep, waitOut } from './waiting.js';

const Timing = Object.freeze({
  /** A plan that begins this soon is joined under way instead, ms. */
  tightMs: 40,
  /** How far ahead of the line a late joiner seeks, first and at most, s. */
  leadS: 0.8,
  leadMaxS: 6,
  /** The same for a film that was moved before: how often its last seek goes into the lead, besides `spareS`. */
  seekTimes: 2,
  spareS: 0.15,
  /** After a start the latency is read off here, before anything is corrected, ms. */
  learnMs: 250,
  /** A film that has stood long is tried again before its start, where there is so much time, ms. */
  warmMs: 1_400,
});

/** Who has a picture of the film keeps it while the film is sought in. @type {readonly string[]} */
const KEPT = [PageState.READY, PageState.PAUSED, PageState.STALLED];

/**
 * @typedef {import('./timeline.js').Plan} Plan
 * @typedef {import('./waiting.js').Wanted} Wanted
 */

export class Starter {
  /**
   * @param {import('./film.js').FilmPlayer} film
   * @param {import('./line.js').Line} line
   * @param {import('./stage.js').Stage} stage
   * @param {import('./keeper.js').Keeper} keeper has the film once it runs
   */
  constructor(film, line, stage, keeper) {
    this.film = film;
    this.line = line;
    this.stage = stage;
    this.keeper = keeper;
    /** How far ahead of the line a seek aims, s. @type {number} */
    this.lead = Timing.leadS;
    /** The errand on its way into the film; its plan may be refined under way. @type {Wanted | null} */
    this.arriving = null;
  }

  /** Whether a film is on its way to a start that is still wanted. */
  get isArriving() {
    return this.arriving !== null && this.arriving();
  }

  /**
   * Stand at a position with enough of the film to play through.
   * @param {Plan} plan
   * @param {number} position
   * @param {Wanted} wanted
   */
  async load(plan, position, wanted) {
    this.keeper.halt();
    if (!plan.film_url) throw new FilmError(FilmTrouble.NOT_FOUND, 'the plan names no film');
    this.stage.enter(this.stateWhileLoading(plan));
    await this.film.load(plan.film_url);
    if (wanted()) await this.film.seek(position);
  }

  /**
   * Who has a picture of the film keeps it: catching up must not look like a new beginning.
   * @param {Plan} plan
   */
  stateWhileLoading(plan) {
    const { state } = this.stage;
    if (plan.action === Action.PREPARE || this.film.url !== plan.film_url) return PageState.LOADING;
    if (state === PageState.PLAYING) return PageState.STALLED;
    return KEPT.includes(state) ? state : PageState.LOADING;
  }

  /**
   * Start where and when the plan says, or join it a little ahead of where it is by now.
   * @param {Plan} plan
   * @param {Wanted} wanted
   */
  async play(plan, wanted) {
    this.lead = this.firstLead();
    this.arriving = wanted;
    try {
      await this.arrive(plan, wanted);
    } finally {
      // A browser may break a start off without an error of the film; the next refinement then starts it again.
      if (this.arriving === wanted) this.arriving = null;
    }
  }

  /**
   * @param {Plan} plan
   * @param {Wanted} wanted
   */
  async arrive(plan, wanted) {
    let position = plan.position_s;
    await this.warmUp(position, wanted);
    while (wanted()) {
      position = this.onBeat(this.joinAt(position));
      if (this.line.isOver(position)) return this.keeper.finish();
      await this.load(plan, position, wanted);
      if (!wanted()) return;
      if (this.remaining(position) > 0) return this.startAt(position, wanted);
      // Too late: the seek took longer than the lead.
      this.lead = Math.min(this.lead * 1.7, Timing.leadMaxS);
    }
  }

  /** As much as a seek and a start in this film take, with room; the shorter, the less is missed. */
  firstLead() {
    const { seekMs, latency } = this.film;
    if (seekMs === null) return Timing.leadS;
    return Math.min(Timing.leadS, (Timing.seekTimes * seekMs + latency) / 1000 + Timing.spareS);
  }

  /**
   * The position itself while there is time to start there, else one ahead of the line.
   * @param {number} position
   */
  joinAt(position) {
    return this.remaining(position) > Timing.tightMs ? position : this.line.positionIn(this.lead);
  }

  /**
   * Learn once more what a start takes here, where sound device and decoder have rested since; nothing is seen of it.
   * @param {number} position
   * @param {Wanted} wanted
   */
  async warmUp(position, wanted) {
    const { film, line, stage } = this;
    if (stage.state !== PageState.READY || !film.hasCooled || film.cued !== position) return;
    if (film.url !== line.plan?.film_url || this.remaining(position) < Timing.warmMs) return;
    await film.rehearse(position, wanted, 2);
  }

  /**
   * The place in the film whose turn it is when the sound device begins: not a frame further on. As it is, where
   * there is no time to go there.
   * @param {number} position
   */
  onBeat(position) {
    const { film, line } = this;
    const seekMs = film.seekMs ?? Timing.leadS * 1000;
    if (film.cued === position && this.remaining(position) < 3 * seekMs + Timing.tightMs) return position;
    const at = line.pageInstantOf(position);
    return Math.max(0, position + ((film.beat.next(at) - at) / 1000) * line.followed.rate);
  }

  /**
   * Milliseconds until play() has to be called for a start at a position.
   * @param {number} position
   */
  remaining(position) {
    return this.line.instantOf(position) - this.film.latency - this.line.now;
  }

  /**
   * @param {number} position
   * @param {Wanted} wanted
   */
  async startAt(position, wanted) {
    const { film, keeper, stage } = this;
    if (stage.state === PageState.LOADING) stage.enter(PageState.READY);
    await waitOut(() => this.remaining(position), wanted);
    if (!wanted()) return;
    // Nothing comes between the instant and the call: what it takes to tell others would make the start late.
    const starting = film.start();
    keeper.called(position);
    stage.enter(PageState.PLAYING);
    const begun = await starting;
    if (!wanted()) return;
    keeper.take(begun);
    this.arriving = null;
    await sleep(Timing.learnMs);
    if (wanted() && film.running && film.video.playbackRate === 1) film.learn(begun);
  }
}
