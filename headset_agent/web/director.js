// @ts-check
/**
 * Makes the film do what the plan says: prepare, start at the instant, keep to the line, pause, stop, catch up.
 *
 * A plan that arrives ends what an older one had begun (`generation`). Everything here lives in page time;
 * the agent's clock comes from outside.
 */

import { FilmError, FilmTrouble, Superseded } from './film.js';
import { Keeper } from './keeper.js';
import { Line } from './line.js';
import { onlyRefines } from './refining.js';
import { PageState, Stage } from './stage.js';
import { Starter } from './starter.js';
import { Action, Arrival, judgeArrival } from './timeline.js';
import { waitOut } from './waiting.js';

/** Distance of looks at the media clock, ms. */
const TICK_MS = 20;

/**
 * @typedef {import('./timeline.js').Plan} Plan
 * @typedef {import('./waiting.js').Wanted} Wanted
 */

export class Director {
  /**
   * @param {import('./film.js').FilmPlayer} film
   * @param {(now: number) => number} agentNow agent time at page time, ms
   * @param {(code: string, detail: string) => void} problem
   * @param {() => void} changed the state changed
   */
  constructor(film, agentNow, problem, changed) {
    this.film = film;
    this.problem = problem;
    this.line = new Line(agentNow);
    this.stage = new Stage(changed);
    this.keeper = new Keeper(film, this.line, this.stage);
    this.starter = new Starter(film, this.line, this.stage, this.keeper);
    this.generation = 0;
    film.video.addEventListener('ended', () => this.keeper.ended());
    film.video.addEventListener('waiting', () => this.keeper.stalled());
    film.video.addEventListener('playing', () => this.keeper.resumed());
    film.video.addEventListener('error', () => this.broken());
    this.tick();
  }

  get plan() {
    return this.line.plan;
  }

  get state() {
    return this.stage.state;
  }

  /**
   * @param {Plan} plan
   */
  apply(plan) {
    const before = this.line.plan;
    const arrival = judgeArrival(before, plan);
    if (arrival === Arrival.STALE) return;
    const now = this.line.take(plan);
    if (arrival === Arrival.NEW) this.keeper.noteAnew();
    if (arrival === Arrival.REVISED && this.onlyRefines(before, now)) return;
    this.carryOut(now);
  }

  /**
   * @param {Plan | null} before
   * @param {Plan} plan
   */
  onlyRefines(before, plan) {
    const { film, keeper, line, stage, starter } = this;
    const position = keeper.begun !== null && film.running ? film.position : null;
    const scene = { state: stage.state, url: film.url, cued: film.cued, position, arriving: starter.isArriving };
    return onlyRefines(before, plan, scene, line.now, keeper.drift.policy.seekMs);
  }

  /** @param {Plan} plan */
  carryOut(plan) {
    this.act(plan, this.begin()).catch((problem) => this.failed(problem));
  }

  /**
   * Whatever was under way is over.
   * @returns {Wanted} whether what begins now is the newest still
   */
  begin() {
    this.generation += 1;
    const { generation } = this;
    return () => generation === this.generation;
  }

  /**
   * @param {Plan} plan
   * @param {Wanted} wanted
   */
  async act(plan, wanted) {
    switch (plan.action) {
      case Action.IDLE:
        this.keeper.halt();
        this.film.unload();
        this.stage.enter(PageState.WAITING);
        break;
      case Action.STOP:
        await this.until(plan.anchor_ms, wanted);
        if (wanted()) this.stopNow();
        break;
      case Action.PREPARE:
        await this.prepare(plan, wanted);
        break;
      case Action.PLAY:
        await this.starter.play(plan, wanted);
        break;
      case Action.PAUSE:
        await this.pause(plan, wanted);
        break;
      default:
        throw new Error(`unknown action ${plan.action}`);
    }
  }

  /** Silent and still, at once; only a newer plan ends it. */
  stopNow() {
    this.begin();
    this.keeper.halt();
    this.stage.enter(PageState.STOPPED);
  }

  /** Silent and still, at once, whatever was to be shown; the plan that comes next is a new one. */
  leave() {
    if (!this.line.plan) return;
    this.line.leave();
    this.stopNow();
  }

  /**
   * @param {Plan} plan
   * @param {Wanted} wanted
   */
  async prepare(plan, wanted) {
    await this.starter.load(plan, plan.position_s, wanted);
    if (!wanted()) return;
    await this.film.rehearse(plan.position_s, wanted);
    if (wanted()) this.stage.enter(PageState.READY);
  }

  /**
   * @param {Plan} plan
   * @param {Wanted} wanted
   */
  async pause(plan, wanted) {
    await this.until(plan.anchor_ms, wanted);
    if (!wanted()) return;
    const wasSeen = this.stage.showsFilm;
    this.keeper.halt();
    if (wasSeen) this.stage.enter(PageState.PAUSED);
    await this.starter.load(plan, plan.position_s, wanted);
    if (wanted()) this.stage.enter(PageState.PAUSED);
  }

  /**
   * @param {number} agentMs 0: at once
   * @param {Wanted} wanted
   */
  async until(agentMs, wanted) {
    if (agentMs !== 0) await waitOut(() => agentMs - this.line.now, wanted);
  }

  /** Look at line and film, for ever. */
  tick() {
    try {
      this.turn();
      if (this.keeper.look()) this.rejoin();
      this.goOn(performance.now());
    } catch (problem) {
      this.failed(problem);
    }
    setTimeout(() => this.tick(), TICK_MS);
  }

  /** Turn where the line does, also when nobody says anything any more. */
  turn() {
    if (this.state === PageState.FAILED || this.state === PageState.STOPPED) return;
    const plan = this.line.turn();
    if (plan) this.carryOut(plan);
  }

  /** Too far off to be led back: stand still a little ahead and go on when the others come by. */
  rejoin() {
    this.starter.play(this.line.followed, this.begin()).catch((problem) => this.failed(problem));
  }

  /**
   * Nobody has paused a film that is to run but the browser: try again, also where no laptop says so any more.
   * @param {number} now
   */
  goOn(now) {
    const { plan } = this.line;
    const isToRun = this.state === PageState.PLAYING && plan?.action === Action.PLAY && this.starter.arriving === null;
    if (this.keeper.isHeldUp(isToRun, now) && plan) this.carryOut(plan);
  }

  /**
   * The page is seen again. While it was hidden its timers may have come a second late and its film been paused; who
   * looks now is not in the film yet, so it goes at once where the others are.
   */
  seenAgain() {
    const { keeper, plan, starter, state } = this;
    if (plan?.action !== Action.PLAY || state === PageState.FAILED || state === PageState.STOPPED) return;
    if (this.film.running && !starter.isArriving) keeper.drift.restart(performance.now());
    else this.carryOut(plan);
  }

  /**
   * The agent's clock was set anew.
   * @param {number} stepMs
   */
  clockStepped(stepMs) {
    this.line.clockStepped(stepMs);
  }

  /** The film broke while it played; while it loads, the loader hears of it. */
  broken() {
    if (!this.keeper.begun) return;
    const { error } = this.film.video;
    this.failed(new FilmError(FilmTrouble.NOT_PLAYABLE, `${error?.code}: ${error?.message}`));
  }

  /** @param {unknown} problem */
  failed(problem) {
    if (problem instanceof Superseded) return;
    this.begin();
    this.keeper.halt();
    this.stage.enter(PageState.FAILED);
    if (problem instanceof FilmError) this.problem(problem.code, problem.message);
    else this.problem('internal', String(problem));
  }
}
