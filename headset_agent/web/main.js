// @ts-check
/**
 * The player page: puts the parts together. The agent opens it, enters VR through
 * `globalThis.simkoffert.enterVr()`, and tells it by the web socket what to show.
 */

import { Director } from './director.js';
import { FilmPlayer } from './film.js';
import { supportsLayers } from './layers.js';
import { Link, PROTOCOL_VERSION } from './link.js';
import { Notice } from './notice.js';
import { Picture } from './picture.js';
import { Reporter } from './report.js';
import { Tone } from './tone.js';
import { Immersion, supportsVr } from './xr.js';

/** A stop is answered after the black frame, or after this where no frame is drawn (headset asleep), ms. */
const STOP_ANSWER_MS = 300;
/** Share of a flat page's height that the button takes, below the picture. */
const FOOT = 0.24;

class PlayerPage {
  /** @param {{token: string, vr: boolean}} given */
  constructor({ token, vr }) {
    this.vr = vr;
    this.button = /** @type {HTMLButtonElement} */ (document.getElementById('enter'));
    this.wasHidden = document.hidden;
    /** Plans wait here until the clock can be relied on. @type {import('./messages.js').Plan | null} */
    this.waitingPlan = null;
    this.notice = new Notice();
    this.tone = new Tone();
    this.film = new FilmPlayer(/** @type {HTMLVideoElement} */ (document.getElementById('film')));
    this.picture = new Picture(/** @type {HTMLCanvasElement} */ (document.getElementById('view')), {
      film: this.film,
      notice: this.notice,
      stage: () => this.director.stage,
      problem: (code, detail) => this.problem(code, detail),
    });
    const { renderer } = this.picture;
    this.immersion = renderer && new Immersion(renderer.gl, {
      frame: (framebuffer, views, now) => this.picture.drawViews(framebuffer, views, now),
      blind: () => this.picture.drawBlind(),
      began: () => this.immersionChanged(),
      ended: () => {
        this.problem('xr_ended', '');
        this.immersionChanged();
      },
      visibilityChanged: () => this.visibilityChanged(),
      noLayer: (detail) => this.problem('no_layer', detail),
    });
    this.picture.immersion = this.immersion;
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
        dark: this.picture.shown.black,
        picture: this.picture.way,
        silent: !this.film.audible && !this.tone.sounding,
      }),
    });
  }

  run() {
    this.director.keeper.looked = (look) => this.reporter.saw(look);
    this.button.addEventListener('click', () => {
      this.enterVr().catch((problem) => this.problem('internal', String(problem)));
    });
    document.addEventListener('visibilitychange', () => this.visibilityChanged());
    this.link.connect();
    this.reporter.now();
    requestAnimationFrame((now) => this.picture.drawFlat(now));
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
      max_texture: this.picture.renderer?.maxTexture ?? 0,
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
        this.notice.tell(message.text, message.seconds);
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
    this.notice.hush();
    this.director.leave();
  }

  /** @param {import('./messages.js').Welcome} welcome */
  greet(welcome) {
    this.notice.welcome = welcome;
    this.link.tethered = welcome.tethered;
    document.documentElement.lang = welcome.lang;
    document.title = 'SimKoffert';
    this.button.textContent = welcome.texts.enter ?? '';
    this.updateButton();
    const { graphicsProblem } = this.picture;
    if (graphicsProblem) this.problem('graphics', graphicsProblem);
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
    this.notice.hush();
    let owed = true;
    const answer = () => {
      if (!owed) return;
      owed = false;
      this.link.send({ type: 'stopped', seq, at_ms: this.link.agentTime(performance.now())?.at ?? 0 });
      this.reporter.now();
    };
    this.picture.onceBlack(answer);
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
    this.notice.identify(seconds);
    try {
      this.tone.sound(seconds);
    } catch (problem) {
      this.problem('internal', String(problem));
    }
  }

  /** The film's centre, and the panel, come to where the head points. */
  recentre() {
    this.immersion?.recentre();
    this.picture.straighten();
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
    this.picture.changed(this.director.plan?.film ?? null);
    this.reporter.changed();
  }

  // --- VR ---

  /** @returns {Promise<import('./xr.js').Entry>} */
  async enterVr() {
    // Sound first and without waiting: both need the gesture, which lasts for this call only.
    this.tone.unlock().catch((problem) => this.problem('internal', String(problem)));
    this.film.unlock();
    if (!this.immersion) return { immersive: false, code: 'graphics', detail: this.picture.graphicsProblem };
    const entry = await this.immersion.enter();
    if (!entry.immersive) this.problem(entry.code ?? 'xr_refused', entry.detail ?? '');
    if (this.film.running && this.director.keeper.begun) this.film.video.muted = false;
    return entry;
  }

  /** For whoever brings the page into VR from outside. */
  vrState() {
    const { immersion, picture: { graphicsProblem: detail } } = this;
    if (!immersion) return { immersive: false, asking: false, tries: 1, code: 'graphics', detail };
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
    this.picture.straighten();
    this.reporter.now();
  }

  updateButton() {
    this.button.hidden = !this.vr || Boolean(this.immersion?.session) || !this.notice.welcome.texts.enter;
    this.picture.foot = this.button.hidden ? 0 : FOOT;
    this.picture.stale = true;
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
