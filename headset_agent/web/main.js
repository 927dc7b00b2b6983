// @ts-check
/**
 * The player page: puts the parts together. The agent opens it, enters VR through
 * `globalThis.simkoffert.enterVr()`, and tells it by the web socket what to show.
 */

import { Director } from './director.js';
import { FilmPlayer } from './film.js';
import { supportsLayers } from './layers.js';
import { Link, PROTOCOL_VERSION } from './link.js';
import { Reporter } from './report.js';
import { Panel, lookOf } from './screen.js';
import { Renderer } from './sphere.js';
import { Tone } from './tone.js';
import { Immersion, flatView, supportsVr } from './xr.js';

/** A stop is answered after the black frame, or after this where no frame is drawn (headset asleep), ms. */
const STOP_ANSWER_MS = 300;
/** A running film without new frames is uploaded at least so often, for browsers that do not tell, ms. */
const FRAME_DOUBT_MS = 100;
/** Share of a flat page's height that the button takes. */
const FOOT = 0.24;
/** The panel follows when the head has turned so far from it, until it is straight ahead again, radians. */
const PANEL_LOOSE = 0.7;
const PANEL_CLOSE = 0.03;
const PANEL_EASE_MS = 180;

class PlayerPage {
  /** @param {{token: string, vr: boolean}} given */
  constructor({ token, vr }) {
    this.vr = vr;
    this.canvas = /** @type {HTMLCanvasElement} */ (document.getElementById('view'));
    this.button = /** @type {HTMLButtonElement} */ (document.getElementById('enter'));
    /** @type {import('./messages.js').Welcome} */
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
    /** What the facilitator has written to the wearer, and until when it is shown. */
    this.text = '';
    this.textUntil = -Infinity;
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
    this.panelChanged = false;
    this.wasHidden = document.hidden;
    /** Answers owed once a black frame is out. @type {(() => void)[]} */
    this.afterBlack = [];
    /** Plans wait here until the clock can be relied on. @type {import('./messages.js').Plan | null} */
    this.waitingPlan = null;
    this.panel = new Panel();
    this.tone = new Tone();
    this.film = new FilmPlayer(/** @type {HTMLVideoElement} */ (document.getElementById('film')));
    /** What keeps it from drawing, as the browser says it. */
    this.graphicsProblem = '';
    this.renderer = this.makeRenderer();
    this.immersion = this.renderer && new Immersion(this.renderer.gl, {
      frame: (framebuffer, views, now) => this.drawViews(framebuffer, views, now),
      blind: () => this.drawBlind(),
      began: () => this.immersionChanged(),
      ended: () => {
        this.problem('xr_ended', '');
        this.immersionChanged();
      },
      visibilityChanged: () => this.visibilityChanged(),
      noLayer: (detail) => this.problem('no_layer', detail),
    });
    const socket = new URL(`/socket?token=${encodeURIComponent(token)}`, location.href);
    socket.protocol = socket.protocol === 'https:' ? 'wss:' : 'ws:';
    this.link = new Link(socket.href, () => this.hello(), {
      message: (message) => this.receive(message),
      clockStepped: (stepMs) => this.director.clockStepped(stepMs),
      clockReady: () => this.applyWaitingPlan(),
      lost: () => this.agentLost(),
    });
    this.director = new Director(
      this.film,
      (now) => this.link.agentTime(now)?.at ?? now,
      (code, detail) => this.problem(code, detail),
      () => this.stateChanged(),
    );
    this.reporter = new Reporter({
      link: this.link,
      director: this.director,
      film: this.film,
      wearer: () => ({
        immersive: Boolean(this.immersion?.session),
        visible: this.immersion?.visible ?? null,
        head: this.immersion?.head ?? null,
      }),
      effect: () => ({
        dark: this.shown.black,
        picture: this.picture,
        silent: !this.film.audible && !this.tone.sounding,
      }),
    });
  }

  run() {
    this.button.addEventListener('click', () => {
      this.enterVr().catch((problem) => this.problem('internal', String(problem)));
    });
    document.addEventListener('visibilitychange', () => this.visibilityChanged());
    this.canvas.addEventListener('webglcontextlost', (event) => {
      // Without this the browser would not give it back.
      event.preventDefault();
      this.problem('graphics', 'context lost');
    });
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.graphicsRestored().catch((problem) => this.problem('graphics', String(problem)));
    });
    this.link.connect();
    this.reporter.now();
    requestAnimationFrame((now) => this.drawFlat(now));
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

  /** After sleep, or when the headset ran out of memory: all that was on the graphics processor is gone. */
  async graphicsRestored() {
    this.renderer?.rebuild();
    this.framesTaken = -1;
    this.panelChanged = true;
    this.stale = true;
    await this.immersion?.restore();
  }

  // --- the agent ---

  /** @returns {import('./messages.js').Hello} */
  hello() {
    return {
      type: 'hello',
      version: PROTOCOL_VERSION,
      user_agent: navigator.userAgent,
      xr: this.vr,
      layers: supportsLayers(),
      video_frame_callback: this.film.watchesFrames,
      max_texture: this.renderer?.maxTexture ?? 0,
    };
  }

  /** @param {import('./messages.js').Order} message */
  receive(message) {
    switch (message.type) {
      case 'welcome':
        this.greet(message);
        break;
      case 'plan':
        this.waitingPlan = message;
        if (this.link.clockReady) this.applyWaitingPlan();
        break;
      case 'stop':
        this.stop(message.seq);
        break;
      case 'identify':
        this.identify(message.seconds);
        break;
      case 'text':
        this.text = message.text;
        this.textUntil = performance.now() + message.seconds * 1000;
        break;
      case 'recentre':
        this.recentre();
        break;
      case 'volume':
        this.film.setVolume(message.level);
        break;
      default:
        this.problem('internal', `unknown message ${/** @type {{type: string}} */ (message).type}`);
    }
  }

  /** A film that comes through a cable is over with it; the others' films go on by their last plan. */
  agentLost() {
    if (!this.link.tethered) return;
    this.waitingPlan = null;
    this.tone.hush();
    this.identifyUntil = -Infinity;
    this.textUntil = -Infinity;
    this.director.leave();
  }

  /** @param {import('./messages.js').Welcome} welcome */
  greet(welcome) {
    this.welcome = welcome;
    this.link.tethered = welcome.tethered;
    document.documentElement.lang = welcome.lang;
    document.title = 'SimKoffert';
    this.button.textContent = welcome.texts.enter ?? '';
    this.updateButton();
    if (this.graphicsProblem) this.problem('graphics', this.graphicsProblem);
  }

  applyWaitingPlan() {
    const plan = this.waitingPlan;
    this.waitingPlan = null;
    if (!plan) return;
    this.director.apply(plan);
    this.reporter.now();
  }

  /** @param {number} seq */
  stop(seq) {
    // A plan that still waits is older than this stop.
    this.waitingPlan = null;
    this.tone.hush();
    this.identifyUntil = -Infinity;
    this.textUntil = -Infinity;
    let owed = true;
    const answer = () => {
      if (!owed) return;
      owed = false;
      this.link.send({ type: 'stopped', seq, at_ms: this.link.agentTime(performance.now())?.at ?? 0 });
      this.reporter.now();
    };
    this.afterBlack.push(answer);
    setTimeout(() => {
      // Who should be seen and draws nothing does not know what is seen; the laptop then ends the browser.
      if (this.isOutOfSight) answer();
    }, STOP_ANSWER_MS);
    this.director.stopNow();
  }

  /** Taken off or put on, or something else has come in front of the page, or has gone. */
  visibilityChanged() {
    const isHidden = document.hidden || this.immersion?.session?.visibilityState === 'hidden';
    if (this.wasHidden && !isHidden) this.director.seenAgain();
    this.wasHidden = isHidden;
    this.reporter.now();
  }

  /** Nothing of this page is shown, and it is given no frames to draw. */
  get isOutOfSight() {
    return this.immersion?.session ? this.immersion.visible === 'hidden' : document.hidden;
  }

  /** @param {number} seconds */
  identify(seconds) {
    this.identifyUntil = performance.now() + seconds * 1000;
    try {
      this.tone.sound(seconds);
    } catch (problem) {
      this.problem('internal', String(problem));
    }
  }

  /** The film's centre, and the panel, come to where the head points. */
  recentre() {
    this.immersion?.recentre();
    this.panelSeen = false;
    this.reporter.now();
  }

  /**
   * @param {string} code
   * @param {string} detail
   */
  problem(code, detail) {
    this.link.send({ type: 'problem', code, detail });
  }

  stateChanged() {
    this.changedAt = performance.now();
    const film = this.director.plan?.film;
    if (film) this.renderer?.setLayout(film.projection, film.stereo);
    this.reporter.changed();
  }

  // --- VR ---

  /** @returns {Promise<import('./xr.js').Entry>} */
  async enterVr() {
    // Sound first and without waiting: both need the gesture, which lasts for this call only.
    this.tone.unlock().catch((problem) => this.problem('internal', String(problem)));
    this.film.unlock();
    if (!this.immersion) return { immersive: false, code: 'graphics', detail: this.graphicsProblem };
    const entry = await this.immersion.enter();
    if (!entry.immersive) this.problem(entry.code ?? 'xr_refused', entry.detail ?? '');
    if (this.film.running && this.director.keeper.begun) this.film.video.muted = false;
    return entry;
  }

  /** For whoever brings the page into VR from outside. */
  vrState() {
    const { immersion } = this;
    if (!immersion) return { immersive: false, asking: false, tries: 1, code: 'graphics', detail: this.graphicsProblem };
    return {
      immersive: Boolean(immersion.session),
      asking: Boolean(immersion.asking),
      tries: immersion.tries,
      code: immersion.entry.code ?? '',
      detail: immersion.entry.detail ?? '',
    };
  }

  immersionChanged() {
    this.updateButton();
    this.panelSeen = false;
    this.reporter.now();
  }

  updateButton() {
    this.button.hidden = !this.vr || Boolean(this.immersion?.session) || !this.welcome.texts.enter;
    this.stale = true;
  }

  // --- drawing ---

  /** @param {number} now */
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
    if (resized || this.somethingNew()) this.drawViews(null, [flatView(width, height, this.footRoom(height))], now);
  }

  /**
   * The button stands below the picture, not on it.
   * @param {number} height pixels
   */
  footRoom(height) {
    return this.button.hidden ? 0 : Math.round(height * FOOT);
  }

  /** A flat page is drawn only when it looks different from before. */
  somethingNew() {
    const look = this.look();
    const words = this.drawPanel(look.film);
    this.panelChanged ||= words;
    return words || (look.film && this.frameIsNew()) || look.film !== this.shown.film
      || look.black !== this.shown.black || look.panel !== this.shown.panel || this.afterBlack.length > 0;
  }

  get identifying() {
    return performance.now() < this.identifyUntil;
  }

  /** The facilitator's words; empty when there are none, or no longer. */
  get told() {
    return performance.now() < this.textUntil ? this.text : '';
  }

  /**
   * @param {boolean} film it is seen behind the panel
   * @returns {boolean} whether the panel looks different from before
   */
  drawPanel(film) {
    return this.panel.draw(this.welcome, this.director.state, { identify: this.identifying, told: this.told, film });
  }

  look() {
    return lookOf(this.director.state, {
      identify: this.identifying,
      told: this.told,
      showsFilm: this.director.stage.showsFilm,
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
  get picture() {
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

async function main() {
  const token = new URLSearchParams(location.search).get('token') ?? '';
  const page = new PlayerPage({ token, vr: await supportsVr() });
  globalThis.addEventListener('error', (event) => page.problem('internal', String(event.message)));
  globalThis.addEventListener('unhandledrejection', (event) => page.problem('internal', String(event.reason)));
  Object.assign(globalThis, {
    simkoffert: Object.freeze({
      enterVr: () => page.enterVr(),
      vrState: () => page.vrState(),
      /** For those who look after the page; the agent does not use it. */
      page,
    }),
  });
  page.run();
}

main().catch((problem) => {
  document.title = String(problem);
});
