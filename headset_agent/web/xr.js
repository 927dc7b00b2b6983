// @ts-check
/**
 * The immersive session: asked for, entered, drawn into, ended.
 */

import { headAlong } from './gaze.js';
import { supportsLayers, surfaceOf } from './layers.js';

/** @typedef {import('./sphere.js').View} View */
/** @typedef {import('./gaze.js').Head} Head */
/** @typedef {{immersive: boolean, code?: string, detail?: string}} Entry */

const LAYERS = Object.freeze({ optionalFeatures: ['layers'] });

/** What a refusal by the browser means, by the name of what it throws; anything else is a refusal. */
const REFUSALS = new Map([['NotSupportedError', 'xr_unsupported'], ['SecurityError', 'xr_gesture']]);

/** @returns {Promise<boolean>} */
export async function supportsVr() {
  try {
    return Boolean(await navigator.xr?.isSessionSupported('immersive-vr'));
  } catch {
    // A browser that may not even answer (a permissions policy) does not support it.
    return false;
  }
}

/** A page that is hidden and has been given no frame for so long is not seen, whatever its session says, ms. */
const UNSEEN_MS = 250;

export class Immersion {
  /**
   * @param {WebGL2RenderingContext} gl
   * @param {object} events
   * @param {(framebuffer: WebGLFramebuffer | null, views: View[], now: number) => void} events.frame
   * @param {() => void} events.blind nobody knows where the head is
   * @param {() => void} events.began
   * @param {() => void} events.ended
   * @param {() => void} events.visibilityChanged
   * @param {(detail: string) => void} events.noLayer what keeps the film off a layer of the browser's
   */
  constructor(gl, events) {
    this.gl = gl;
    this.events = events;
    /** @type {XRSession | null} */
    this.session = null;
    /** @type {XRReferenceSpace | null} */
    this.space = null;
    /** @type {import('./layers.js').Surface | null} */
    this.surface = null;
    /** @type {Head | null} */
    this.head = null;
    /** Where in the room it is, metres. */
    this.position = { x: 0, y: 0, z: 0 };
    /** How far the room has been turned to the right, radians. */
    this.turn = 0;
    /** Page time of the last frame, ms. */
    this.framedAt = -Infinity;
    /** The browser has been asked and has not answered; it may be asking the wearer. @type {Promise<Entry> | null} */
    this.asking = null;
    this.tries = 0;
    /** What became of the last try. @type {Entry} */
    this.entry = { immersive: false };
  }

  /**
   * XRSession.visibilityState, or null outside a session. A browser that shows something else instead of this page
   * need not tell the session; then it gives it no frames.
   * @returns {XRVisibilityState | null}
   */
  get visible() {
    if (!this.session) return null;
    const isUnseen = document.hidden && performance.now() - this.framedAt > UNSEEN_MS;
    return isUnseen ? 'hidden' : this.session.visibilityState;
  }

  /**
   * Enter; must be called within a gesture of the wearer, before anything is awaited.
   * @returns {Promise<Entry>}
   */
  async enter() {
    if (this.session) return { immersive: true };
    // One question at a time.
    if (this.asking) return this.asking;
    this.tries += 1;
    this.asking = this.ask();
    this.entry = await this.asking;
    this.asking = null;
    return this.entry;
  }

  /** @returns {Promise<Entry>} */
  async ask() {
    const { xr } = navigator;
    if (!xr) return { immersive: false, code: 'xr_unsupported', detail: 'no navigator.xr' };
    try {
      await this.began(await xr.requestSession('immersive-vr', supportsLayers() ? LAYERS : {}));
    } catch (problem) {
      const code = REFUSALS.get(problem instanceof Error ? problem.name : '') ?? 'xr_refused';
      return { immersive: false, code, detail: String(problem) };
    }
    return { immersive: true };
  }

  /** @param {XRSession} session */
  async began(session) {
    session.addEventListener('end', () => this.ended());
    session.addEventListener('visibilitychange', () => this.events.visibilityChanged());
    try {
      this.space = await session.requestReferenceSpace('local');
      await this.layOut(session, this.space);
    } catch (problem) {
      await session.end();
      throw problem;
    }
    this.session = session;
    this.turn = 0;
    this.events.began();
    session.requestAnimationFrame(this.frame);
  }

  /**
   * Give the session something to be drawn into.
   * @param {XRSession} session
   * @param {XRReferenceSpace} space
   */
  async layOut(session, space) {
    await this.gl.makeXRCompatible();
    this.surface = surfaceOf(session, this.gl, space, this.events.noLayer);
  }

  /**
   * Let the browser show the film by itself, below what we draw.
   * @param {import('./layers.js').Film | null} film
   * @returns {boolean} whether it does; if not, the film has to be drawn
   */
  carry(film) {
    return this.surface?.carry(film, { turn: this.turn, head: this.position }) ?? false;
  }

  /** Be black without knowing where the head is. @returns {boolean} whether it is */
  blacken() {
    return this.surface?.blacken() ?? false;
  }

  /** The graphics were lost and have come back: what was drawn into before is no more. */
  async restore() {
    if (this.session && this.space) await this.layOut(this.session, this.space);
  }

  /** Turn the room so that the head points straight ahead; up stays up. */
  recentre() {
    if (!this.head) return;
    this.turn += this.head.yaw;
    // Until the next frame tells; asked twice within one it must not turn twice.
    this.head = { ...this.head, yaw: 0 };
  }

  ended() {
    if (!this.session) return;
    this.session = null;
    this.space = null;
    this.surface = null;
    this.head = null;
    this.events.ended();
  }

  /**
   * @param {number} now page time, ms
   * @param {XRFrame} frame
   */
  frame = (now, frame) => {
    const { session } = frame;
    const { space, surface } = this;
    if (session !== this.session || !space || !surface) return;
    session.requestAnimationFrame(this.frame);
    this.framedAt = performance.now();
    surface.begin();
    const pose = frame.getViewerPose(space);
    if (!pose) {
      this.events.blind();
      return;
    }
    this.head = headOf(pose.transform.matrix, this.turn);
    this.position = pose.transform.position;
    const { position, turn } = this;
    const views = pose.views.map((view) => viewOf(view, surface.place(view), position, turn));
    this.events.frame(surface.framebuffer, views, now);
  };
}

/**
 * @param {XRView} view
 * @param {import('./layers.js').Place} place
 * @param {{x: number, y: number, z: number}} head
 * @param {number} turn radians, to the right
 * @returns {View}
 */
function viewOf(view, place, head, turn) {
  const { position, matrix } = view.transform;
  return {
    ...place,
    projection: view.projectionMatrix,
    orientation: rotationOf(matrix, turn),
    // The film is a sphere around the head wherever it is; only the panel has a distance.
    offset: turned(position.x - head.x, position.y - head.y, position.z - head.z, turn),
    right: view.eye === 'right',
  };
}

/**
 * @param {Float32Array} m 4x4, column by column
 * @param {number} turn radians, to the right
 */
function rotationOf(m, turn) {
  return new Float32Array([
    ...turned(m[0], m[1], m[2], turn), ...turned(m[4], m[5], m[6], turn), ...turned(m[8], m[9], m[10], turn),
  ]);
}

/**
 * A direction in the room as it has been turned. (An offset reference space would do the same, where it works.)
 * @param {number} x
 * @param {number} y
 * @param {number} z
 * @param {number} turn radians, to the right
 * @returns {[number, number, number]}
 */
function turned(x, y, z, turn) {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [x * cos + z * sin, y, z * cos - x * sin];
}

/**
 * @param {Float32Array} m
 * @param {number} turn radians, to the right
 * @returns {Head}
 */
function headOf(m, turn) {
  // The third column points backwards.
  return headAlong(turned(-m[8], -m[9], -m[10], turn), performance.now());
}

/** Vertical, degrees. */
const FLAT_FOV = 50;

/**
 * The view of a flat page: straight ahead.
 * @param {number} width pixels
 * @param {number} fullHeight pixels
 * @param {number} foot rows at the bottom that are left free
 * @returns {View}
 */
export function flatView(width, fullHeight, foot) {
  const height = fullHeight - foot;
  const scale = 1 / Math.tan((FLAT_FOV * Math.PI) / 360);
  const projection = [(scale * height) / width, 0, 0, 0, 0, scale, 0, 0, 0, 0, -1, -1, 0, 0, -0.1, 0];
  return {
    viewport: { x: 0, y: foot, width, height },
    texture: null,
    projection: new Float32Array(projection),
    orientation: new Float32Array([1, 0, 0, 0, 1, 0, 0, 0, 1]),
    offset: [0, 0, 0],
    right: false,
  };
}
