// @ts-check
/** What is seen: draws the film and the panel, on a flat page or in VR, and knows what the last frame showed. */

import { Panel, lookOf } from './screen.js';
import { Renderer } from './sphere.js';
import { flatView } from './xr.js';

/** A running film without new frames is uploaded at least so often, for browsers that do not tell, ms. */
const FRAME_DOUBT_MS = 100;
/** The panel follows when the head has turned so far from it, until it is straight ahead again, radians. */
const PANEL_LOOSE = 0.7;
const PANEL_CLOSE = 0.03;
const PANEL_EASE_MS = 180;

export class Picture {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {object} source
   * @param {import('./film.js').FilmPlayer} source.film
   * @param {import('./notice.js').Notice} source.notice
   * @param {() => import('./stage.js').Stage} source.stage
   * @param {(code: string, detail: string) => void} source.problem
   */
  constructor(canvas, { film, notice, stage, problem }) {
    this.canvas = canvas;
    this.film = film;
    this.notice = notice;
    this.stageNow = stage;
    this.problem = problem;
    this.changedAt = performance.now();
    this.panelYaw = 0;
    this.panelFollows = false;
    this.panelSeen = false;
    /** What the last frame showed. */
    this.shown = { film: false, black: false, panel: false, below: false };
    this.framesTaken = -1;
    this.takenAt = -Infinity;
    this.drawnAt = -Infinity;
    /** A flat page has to be drawn again whatever it shows. */
    this.stale = true;
    /** Share of a flat page's height that is left free, at its foot. */
    this.foot = 0;
    this.panelChanged = false;
    /** Answers owed once a black frame is out. @type {(() => void)[]} */
    this.afterBlack = [];
    this.panel = new Panel();
    /** What keeps it from drawing, as the browser says it. */
    this.graphicsProblem = '';
    this.renderer = this.makeRenderer();
    /** What it is shown in; null: on a flat page only. @type {import('./xr.js').Immersion | null} */
    this.immersion = null;
    this.watchGraphics();
  }

  /** What the page is doing. */
  get stage() {
    return this.stageNow();
  }

  makeRenderer() {
    try {
      return new Renderer(this.canvas);
    } catch (problem) {
      // The film can still be shown as a plain picture, and be heard.
      this.graphicsProblem = String(problem);
      return null;
    }
  }

  watchGraphics() {
    this.canvas.addEventListener('webglcontextlost', (event) => {
      // Without this the browser would not give it back.
      event.preventDefault();
      this.problem('graphics', 'context lost');
    });
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.graphicsRestored().catch((problem) => this.problem('graphics', String(problem)));
    });
  }

  /** After sleep, or when the headset ran out of memory: all that was on the graphics processor is gone. */
  async graphicsRestored() {
    this.renderer?.rebuild();
    this.framesTaken = -1;
    this.panelChanged = true;
    this.stale = true;
    await this.immersion?.restore();
  }

  /**
   * The state has changed.
   * @param {import('./messages.js').Film | null} film that is to be shown
   */
  changed(film) {
    this.changedAt = performance.now();
    if (film) this.renderer?.setLayout(film.projection, film.stereo);
  }

  /**
   * Call when a black frame is out.
   * @param {() => void} answer
   */
  onceBlack(answer) {
    this.afterBlack.push(answer);
  }

  /** The panel comes to where the head points. */
  straighten() {
    this.panelSeen = false;
  }

  /**
   * Draw the flat page, from now on.
   * @param {number} now page time, ms
   */
  drawFlat(now) {
    requestAnimationFrame((next) => this.drawFlat(next));
    if (this.immersion?.session) return;
    if (!this.renderer) {
      this.showPlain();
      return;
    }
    const ratio = Math.min(devicePixelRatio, 2);
    const width = Math.round(innerWidth * ratio);
    const height = Math.round(innerHeight * ratio);
    const resized = this.stale || this.canvas.width !== width || this.canvas.height !== height;
    this.stale = false;
    if (resized) Object.assign(this.canvas, { width, height });
    if (!resized && !this.somethingNew()) return;
    this.drawViews(null, [flatView(width, height, Math.round(height * this.foot))], now);
  }

  /** A flat page is drawn only when it looks different from before. */
  somethingNew() {
    const look = this.look();
    const words = this.drawPanel(look.film);
    this.panelChanged ||= words;
    return words || (look.film && this.frameIsNew()) || look.film !== this.shown.film
      || look.black !== this.shown.black || look.panel !== this.shown.panel || this.afterBlack.length > 0;
  }

  /**
   * @param {boolean} film it is seen behind the panel
   * @returns {boolean} whether the panel looks different from before
   */
  drawPanel(film) {
    const { identifying, told, welcome } = this.notice;
    return this.panel.draw(welcome, this.stage.state, { identify: identifying, told, film });
  }

  look() {
    return lookOf(this.stage.state, {
      identify: this.notice.identifying,
      told: this.notice.told,
      showsFilm: this.stage.showsFilm,
      sinceChange: performance.now() - this.changedAt,
    });
  }

  /**
   * @param {WebGLFramebuffer | null} framebuffer
   * @param {import('./sphere.js').View[]} views
   * @param {number} now page time, ms
   */
  drawViews(framebuffer, views, now) {
    const { renderer } = this;
    if (!renderer || renderer.lost) return;
    const look = this.look();
    const changed = this.drawPanel(look.film);
    if (changed || this.panelChanged) renderer.takePanel(this.panel.canvas);
    this.panelChanged = false;
    const below = this.immersion?.carry(this.loadedFilm) ?? false;
    if (look.film && !below && this.frameIsNew()) this.takeFrame(renderer);
    this.movePanel(look.panel, now);
    renderer.draw(framebuffer, views, { ...look, below, panelYaw: this.panelYaw });
    this.show({ ...look, below });
  }

  /** What was drawn last stays until the head is found again, unless it must not be seen any more. */
  drawBlind() {
    const look = this.look();
    if (look.black && this.immersion?.blacken()) this.show({ ...look, panel: false, below: false });
  }

  /** What a layer can show: it is made before its film is to be seen, so that it is there in time. */
  get loadedFilm() {
    const { film: { url, video }, renderer } = this;
    if (!renderer || url === null || !video.videoWidth) return null;
    return { url, video, projection: renderer.projection, stereo: renderer.stereo };
  }

  /** How the wearer sees the film; null while there is none to be seen in VR. */
  get way() {
    if (!this.shown.film || !this.immersion?.session) return null;
    return this.shown.below ? 'layer' : 'sphere';
  }

  /** @param {import('./screen.js').Look & {below: boolean}} look */
  show({ film, black, panel, below }) {
    this.shown = { film, black, panel, below };
    // The texture may be of another film by the time one is shown again.
    if (!film || below) this.framesTaken = -1;
    if (!film && black) this.afterBlack.splice(0).forEach((answer) => answer());
  }

  frameIsNew() {
    if (this.film.video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false;
    if (this.framesTaken !== this.film.frames) return true;
    return this.film.running && performance.now() - this.takenAt > FRAME_DOUBT_MS;
  }

  /** @param {Renderer} renderer */
  takeFrame(renderer) {
    this.framesTaken = this.film.frames;
    this.takenAt = performance.now();
    try {
      renderer.takeFrame(this.film.video);
    } catch (problem) {
      this.problem('graphics', String(problem));
    }
  }

  /**
   * The panel appears straight ahead, stays there, and comes along only when the head has turned far away.
   * @param {boolean} seen
   * @param {number} now page time, ms
   */
  movePanel(seen, now) {
    const yaw = this.immersion?.head?.yaw ?? 0;
    const passed = Math.min(Math.max(now - this.drawnAt, 0), 100);
    this.drawnAt = now;
    if (!seen || !this.panelSeen) {
      this.panelYaw = yaw;
      this.panelFollows = false;
    }
    this.panelSeen = seen;
    const away = Math.atan2(Math.sin(yaw - this.panelYaw), Math.cos(yaw - this.panelYaw));
    if (Math.abs(away) > PANEL_LOOSE) this.panelFollows = true;
    if (Math.abs(away) < PANEL_CLOSE) this.panelFollows = false;
    if (this.panelFollows) this.panelYaw += away * (1 - Math.exp(-passed / PANEL_EASE_MS));
  }

  /** Without WebGL 2 the picture is the film's own frame. */
  showPlain() {
    const look = this.look();
    this.film.video.hidden = !look.film;
    this.show({ ...look, below: false });
  }
}
