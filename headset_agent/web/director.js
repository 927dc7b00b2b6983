// @ts-check
/**
 * Makes the film do what the plan says: prepare, start at the instant, keep to the line, pause, stop, catch up.
 *
 * A plan that arrives ends what an older one had begun (`generation`). Everything here lives in page time;
 * the agent's clock comes from outside.
 */

import { DriftController } from './drift.js';
import { FilmError, FilmTrouble, Superseded, sleep } from './film.js';
import { Action, Arrival, instantOf, judgeArrival, lineAt, moved, positionAt, turned } from './timeline.js';

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

const Timing = Object.freeze({
  /** Distance of looks at the media clock, ms. */
  tickMs: 20,
  /** A plan that begins this soon is joined under way instead, ms. */
  tightMs: 40,
  /** How far ahead of the line a late joiner seeks, first and at most, s. */
  leadS: 0.8,
  leadMaxS: 6,
  /** The same for a film that was moved before: how often its last seek goes into the lead, besides `spareS`. */
  seekTimes: 2,
  spareS: 0.15,
  /** The last stretch of a wait is watched instead of slept, ms: short, for whoever shares the processor. */
  watchMs: 1.5,
  /** Waits are looked at again at least so often, because the clock estimate gets better, ms. */
  recheckMs: 250,
  /** After a start the latency is read off here, before anything is corrected, ms. */
  learnMs: 250,
  /** The media position past the plan's first one at which a start is judged, s. */
  judgedS: 0.1,
  /** A start so near the plan's first position is the common one: the beat of the sound device is within, s. */
  beatS: 0.05,
  /** A film that has stood long is tried again before its start, where there is so much time, ms. */
  warmMs: 1_400,
  /** A film that the browser has paused by itself (the headset was taken off) is begun again after this, ms. */
  heldMs: 1_000,
  /** A stop-point is made ready for so long before it, so that it is met to the instant, ms. */
  stopAheadMs: 60,
});

/** @typedef {import('./timeline.js').Plan} Plan */

export class Director {
  /**
   * @param {import('./film.js').FilmPlayer} film
   * @param {(now: number) => number} agentNow agent time at page time, ms
   * @param {(code: string, detail: string) => void} problem
   * @param {() => void} changed the state changed
   */
  constructor(film, agentNow, problem, changed) {
    this.film = film;
    this.agentNow = agentNow;
    this.problem = problem;
    this.changed = changed;
    this.drift = new DriftController();
    /** @type {Plan | null} */
    this.plan = null;
    /** @type {string} */
    this.state = PageState.WAITING;
    this.generation = 0;
    /** How far ahead of the line a seek aims, s. @type {number} */
    this.lead = Timing.leadS;
    /** @type {{at: number, from: number} | null} */
    this.begun = null;
    /** The generation that is on its way into the film; its plan may be refined under way. @type {number | null} */
    this.arriving = null;
    /** Since when the browser holds the film up. @type {number | null} */
    this.heldSince = null;
    this.counts = { rate_changes: 0, seeks: 0, stalls: 0 };
    /** Agent time at which a start is judged. @type {number | null} */
    this.startedMs = null;
    /** Page time of the last start. */
    this.startedAt = -Infinity;
    /** Position a start is judged from; null when this page was not there for it. @type {number | null} */
    this.judgedFrom = null;
    film.video.addEventListener('ended', () => this.ended());
    film.video.addEventListener('waiting', () => this.stalled());
    film.video.addEventListener('playing', () => this.resumed());
    film.video.addEventListener('error', () => this.broken());
    this.tick();
  }

  resetCounts() {
    this.counts = { rate_changes: 0, seeks: 0, stalls: 0 };
    this.startedMs = null;
    this.judgedFrom = null;
  }

  /** Whether the picture of the film is to be seen. */
  get showsFilm() {
    return this.state === PageState.PLAYING || this.state === PageState.STALLED || this.state === PageState.PAUSED;
  }

  /**
   * @param {Plan} plan
   */
  apply(plan) {
    const arrival = judgeArrival(this.plan, plan);
    if (arrival === Arrival.STALE) return;
    const before = this.plan;
    this.plan = this.asItStands(plan);
    if (arrival === Arrival.NEW) this.resetCounts();
    if (arrival === Arrival.REVISED && this.onlyRefines(before, this.plan)) return;
    this.carryOut(this.plan);
  }

  /** @param {Plan} plan */
  carryOut(plan) {
    this.generation += 1;
    this.act(plan, this.generation).catch((problem) => this.failed(problem));
  }

  /**
   * What a line has come to by now: the present film, or the stop-point it stands at or is about to.
   * @param {Plan} plan
   */
  asItStands(plan) {
    const now = this.agentNow(performance.now());
    const ahead = turned(plan, now + Timing.stopAheadMs);
    return ahead.action === Action.PAUSE ? ahead : turned(plan, now);
  }

  /** Turn where the line does, also when nobody says anything any more. */
  turn() {
    if (!this.plan || this.state === PageState.FAILED || this.state === PageState.STOPPED) return;
    const plan = this.asItStands(this.plan);
    if (plan === this.plan) return;
    this.plan = plan;
    this.carryOut(plan);
  }

  /**
   * The film runs, or is about to, and is to run on, near enough to be led there.
   * @param {Plan | null} before
   * @param {Plan} plan
   */
  onlyRefines(before, plan) {
    if (this.standsAt(plan)) return before?.action === Action.PAUSE;
    if (before?.action !== Action.PLAY || plan.action !== Action.PLAY) return false;
    if (before.film_url !== plan.film_url) return false;
    const now = this.agentNow(performance.now());
    const target = lineAt(plan, now);
    const near = (/** @type {number} */ position) => Math.abs(position - target) * 1000 <= this.drift.policy.seekMs;
    // To begin anew at every refinement would keep whoever seeks slowly out of the film for good.
    if (this.arriving === this.generation) return near(lineAt(before, now));
    return this.begun !== null && this.film.running && near(this.film.position);
  }

  /**
   * The film is paused where the plan wants it to be.
   * @param {Plan} plan
   */
  standsAt(plan) {
    const { film, state } = this;
    if (plan.action !== Action.PAUSE || state !== PageState.PAUSED) return false;
    return film.url === plan.film_url && film.cued === plan.position_s;
  }

  /**
   * @param {Plan} plan
   * @param {number} generation
   */
  async act(plan, generation) {
    switch (plan.action) {
      case Action.IDLE:
        this.film.unload();
        this.begun = null;
        this.enter(PageState.WAITING);
        break;
      case Action.STOP:
        await this.until(plan.anchor_ms, generation);
        if (this.current(generation)) this.stopNow();
        break;
      case Action.PREPARE:
        await this.prepare(plan, generation);
        break;
      case Action.PLAY:
        await this.play(plan, generation);
        break;
      case Action.PAUSE:
        await this.pause(plan, generation);
        break;
      default:
        throw new Error(`unknown action ${plan.action}`);
    }
  }

  /** @param {number} generation */
  current(generation) {
    return generation === this.generation;
  }

  /** Silent and still, at once; only a newer plan ends it. */
  stopNow() {
    this.generation += 1;
    this.film.halt();
    this.begun = null;
    this.enter(PageState.STOPPED);
  }

  /** Silent and still, at once, whatever was to be shown; the plan that comes next is a new one. */
  leave() {
    if (!this.plan) return;
    this.plan = null;
    this.stopNow();
  }

  /**
   * @param {Plan} plan
   * @param {number} generation
   */
  async prepare(plan, generation) {
    await this.load(plan, plan.position_s, generation);
    if (!this.current(generation)) return;
    await this.film.rehearse(plan.position_s, () => this.current(generation));
    if (this.current(generation)) this.enter(PageState.READY);
  }

  /**
   * @param {Plan} plan
   * @param {number} position
   * @param {number} generation
   */
  async load(plan, position, generation) {
    this.film.halt();
    this.begun = null;
    if (!plan.film_url) throw new FilmError(FilmTrouble.NOT_FOUND, 'the plan names no film');
    this.enter(this.stateWhileLoading(plan));
    await this.film.load(plan.film_url);
    if (this.current(generation)) await this.film.seek(position);
  }

  /**
   * Who has a picture of the film keeps it: catching up must not look like a new beginning.
   * @param {Plan} plan
   */
  stateWhileLoading(plan) {
    const kept = [PageState.READY, PageState.PAUSED, PageState.STALLED];
    if (plan.action === Action.PREPARE || this.film.url !== plan.film_url) return PageState.LOADING;
    if (this.state === PageState.PLAYING) return PageState.STALLED;
    return kept.includes(/** @type {any} */ (this.state)) ? this.state : PageState.LOADING;
  }

  /**
   * Start where and when the plan says, or join it a little ahead of where it is by now.
   * @param {Plan} plan
   * @param {number} generation
   */
  async play(plan, generation) {
    this.lead = this.firstLead();
    this.arriving = generation;
    try {
      await this.arrive(plan, generation);
    } finally {
      // A browser may break a start off without an error of the film; the next refinement then starts it again.
      if (this.arriving === generation) this.arriving = null;
    }
  }

  /**
   * @param {Plan} plan
   * @param {number} generation
   */
  async arrive(plan, generation) {
    let position = plan.position_s;
    await this.warmUp(position, generation);
    while (this.current(generation)) {
      position = this.onBeat(this.joinAt(position));
      if (this.isOver(position)) return this.finish();
      await this.load(plan, position, generation);
      if (!this.current(generation)) return;
      if (this.remaining(position) > 0) return this.startAt(position, generation);
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
    const plan = /** @type {Plan} */ (this.plan);
    if (this.remaining(position) > Timing.tightMs) return position;
    return positionAt(plan, this.agentNow(performance.now())) + this.lead * plan.rate;
  }

  /**
   * Learn once more what a start takes here, where sound device and decoder have rested since; nothing is seen of it.
   * @param {number} position
   * @param {number} generation
   */
  async warmUp(position, generation) {
    const { film, state } = this;
    if (state !== PageState.READY || !film.hasCooled || film.cued !== position) return;
    if (film.url !== this.plan?.film_url || this.remaining(position) < Timing.warmMs) return;
    await film.rehearse(position, () => this.current(generation), 2);
  }

  /**
   * The place in the film whose turn it is when the sound device begins: not a frame further on. As it is, where
   * there is no time to go there.
   * @param {number} position
   */
  onBeat(position) {
    const { film } = this;
    const plan = /** @type {Plan} */ (this.plan);
    const seekMs = film.seekMs ?? Timing.leadS * 1000;
    if (film.cued === position && this.remaining(position) < 3 * seekMs + Timing.tightMs) return position;
    const now = performance.now();
    const wanted = now + instantOf(plan, position) - this.agentNow(now);
    return Math.max(0, position + ((film.beat.next(wanted) - wanted) / 1000) * plan.rate);
  }

  /**
   * Milliseconds until play() has to be called for a start at a position.
   * @param {number} position
   */
  remaining(position) {
    const plan = /** @type {Plan} */ (this.plan);
    return instantOf(plan, position) - this.film.latency - this.agentNow(performance.now());
  }

  /** @param {number} position */
  isOver(position) {
    const { film } = /** @type {Plan} */ (this.plan);
    return film !== null && film.duration_s > 0 && position >= film.duration_s;
  }

  finish() {
    this.film.halt();
    this.begun = null;
    this.arriving = null;
    this.enter(PageState.ENDED);
  }

  /**
   * @param {number} position
   * @param {number} generation
   */
  async startAt(position, generation) {
    if (this.state === PageState.LOADING) this.enter(PageState.READY);
    await this.wait(() => this.remaining(position), generation);
    if (!this.current(generation)) return;
    const first = this.plan?.position_s ?? 0;
    if (Math.abs(position - first) < Timing.beatS && this.startedMs === null) this.judgedFrom = first;
    this.startedAt = performance.now();
    // Nothing comes between the instant and the call: what it takes to tell others would make the start late.
    const starting = this.film.start();
    this.enter(PageState.PLAYING);
    const begun = await starting;
    if (!this.current(generation)) return;
    this.drift.restart(begun.at + this.film.latency);
    this.begun = begun;
    this.arriving = null;
    await sleep(Timing.learnMs);
    if (this.current(generation) && this.film.running && this.film.video.playbackRate === 1) this.film.learn(begun);
  }

  /**
   * @param {number} agentMs 0: at once
   * @param {number} generation
   */
  async until(agentMs, generation) {
    if (agentMs !== 0) await this.wait(() => agentMs - this.agentNow(performance.now()), generation);
  }

  /**
   * Wait until `remaining` is nil, to a fraction of a millisecond.
   * @param {() => number} remaining ms
   * @param {number} generation
   */
  async wait(remaining, generation) {
    let left = remaining();
    while (left > Timing.watchMs && this.current(generation)) {
      await sleep(Math.min(left - Timing.watchMs, Timing.recheckMs));
      left = remaining();
    }
    // Timers come a millisecond or two late; this is shorter than a frame.
    while (remaining() > 0 && this.current(generation));
  }

  /**
   * @param {Plan} plan
   * @param {number} generation
   */
  async pause(plan, generation) {
    await this.until(plan.anchor_ms, generation);
    if (!this.current(generation)) return;
    const wasSeen = this.showsFilm;
    this.film.halt();
    this.begun = null;
    if (wasSeen) this.enter(PageState.PAUSED);
    await this.load(plan, plan.position_s, generation);
    if (this.current(generation)) this.enter(PageState.PAUSED);
  }

  /** Look at the media clock, for ever. */
  tick() {
    try {
      this.turn();
      if (this.begun && this.film.running && this.state === PageState.PLAYING) this.look();
      this.goOn(performance.now());
    } catch (problem) {
      this.failed(problem);
    }
    setTimeout(() => this.tick(), Timing.tickMs);
  }

  /**
   * Nobody has paused a film that is to run but the browser: try again, also where no laptop says so any more.
   * @param {number} now
   */
  goOn(now) {
    const { plan, film, state } = this;
    const isHeld = state === PageState.PLAYING && plan?.action === Action.PLAY && this.arriving === null
      && film.video.paused && !film.video.ended;
    this.heldSince = isHeld ? this.heldSince ?? now : null;
    if (plan === null || this.heldSince === null || now - this.heldSince < Timing.heldMs) return;
    this.heldSince = null;
    this.carryOut(plan);
  }

  look() {
    const now = performance.now();
    const position = this.film.position;
    const plan = /** @type {Plan} */ (this.plan);
    this.judgeStart(now, position);
    if (plan.action !== Action.PLAY) return;
    const error = (position - lineAt(plan, this.agentNow(now))) * 1000;
    const { rate, seek } = this.drift.step(now, error);
    if (seek) this.rejoin();
    else this.setRate(rate);
  }

  /**
   * Note when the film passed the point at which starts are compared.
   * @param {number} now
   * @param {number} position
   */
  judgeStart(now, position) {
    if (this.judgedFrom === null) return;
    const past = position - this.judgedFrom - Timing.judgedS;
    if (past < 0) return;
    this.startedMs = this.agentNow(now) - (past * 1000) / this.film.video.playbackRate;
    this.judgedFrom = null;
  }

  /** @param {number} rate */
  setRate(rate) {
    if (rate !== 1 && this.film.video.playbackRate !== rate) this.counts.rate_changes += 1;
    this.film.setRate(rate);
  }

  /** Too far off to be led back: stand still a little ahead and go on when the others come by. */
  rejoin() {
    const plan = /** @type {Plan} */ (this.plan);
    this.counts.seeks += 1;
    this.generation += 1;
    this.play(plan, this.generation).catch((problem) => this.failed(problem));
  }

  /**
   * The agent's clock was set anew: the film stays where it is.
   * @param {number} stepMs
   */
  clockStepped(stepMs) {
    if (this.plan) this.plan = moved(this.plan, stepMs);
  }

  ended() {
    if (this.begun) this.finish();
  }

  stalled() {
    if (!this.begun || this.state !== PageState.PLAYING) return;
    this.counts.stalls += 1;
    this.enter(PageState.STALLED);
  }

  resumed() {
    if (this.state !== PageState.STALLED || !this.begun) return;
    this.drift.resume(performance.now());
    this.enter(PageState.PLAYING);
  }

  /** The film broke while it played; while it loads, the loader hears of it. */
  broken() {
    if (!this.begun) return;
    const { error } = this.film.video;
    this.failed(new FilmError(FilmTrouble.NOT_PLAYABLE, `${error?.code}: ${error?.message}`));
  }

  /** @param {unknown} problem */
  failed(problem) {
    if (problem instanceof Superseded) return;
    this.generation += 1;
    this.begun = null;
    this.film.halt();
    this.enter(PageState.FAILED);
    if (problem instanceof FilmError) this.problem(problem.code, problem.message);
    else this.problem('internal', String(problem));
  }

  /** @param {string} state */
  enter(state) {
    this.state = state;
    this.changed();
  }
}
