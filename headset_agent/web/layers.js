// @ts-check
/**
 * What an immersive session shows: our own picture and, where the browser can lay the film there by itself (a media
 * layer: sharper and cheaper than our sphere), the film below it.
 */

import { Projection, Stereo } from './sphere.js';

/**
 * @typedef {{video: HTMLVideoElement, url: string, projection: string, stereo: string}} Film
 * @typedef {{viewport: import('./sphere.js').Viewport, texture: WebGLTexture | null}} Place where an eye is drawn
 * @typedef {{turn: number, head: {x: number, y: number, z: number}}} Stand how far the room has been turned to the
 *   right, radians, and where in it the head is, metres
 * @typedef {OneLayer | Layered} Surface
 */

/** @type {Map<string, XRLayerLayout>} */
const LAYOUTS = new Map([
  [Stereo.MONO, 'mono'], [Stereo.TOP_BOTTOM, 'stereo-top-bottom'], [Stereo.LEFT_RIGHT, 'stereo-left-right'],
]);

/** What is seen of the sphere, radians; a projection that is not here has no media layer. @type {Map<string, number>} */
const ANGLES = new Map([[Projection.EQUIRECT, 2 * Math.PI], [Projection.EQUIRECT_180, Math.PI]]);

/**
 * The head moves so far within the sphere before that follows, metres: for a browser whose endless sphere has an end,
 * a tenth of a degree at 25 metres.
 */
const LOOSE_M = 0.05;

/** An eye for which the browser has no place just now is not drawn. */
const NOWHERE = Object.freeze({ x: 0, y: 0, width: 0, height: 0 });

/** Whether this browser has media layers, and one of ours to lie above them. */
export function supportsLayers() {
  return typeof XRMediaBinding === 'function' && typeof XRWebGLBinding === 'function'
    && typeof XRMediaBinding.prototype.createEquirectLayer === 'function'
    && typeof XRWebGLBinding.prototype.createProjectionLayer === 'function';
}

/**
 * Give a session something to be drawn into.
 * @param {XRSession} session
 * @param {WebGL2RenderingContext} gl made compatible with XR
 * @param {XRReferenceSpace} space
 * @param {(detail: string) => void} failed told what keeps the film off a layer
 * @returns {Surface}
 */
export function surfaceOf(session, gl, space, failed) {
  if (supportsLayers()) {
    try {
      return new Layered(session, gl, space, failed);
    } catch (problem) {
      failed(String(problem));
    }
  }
  return new OneLayer(session, gl);
}

/** Our own picture alone. */
class OneLayer {
  /**
   * @param {XRSession} session
   * @param {WebGL2RenderingContext} gl
   */
  constructor(session, gl) {
    this.gl = gl;
    this.layer = new XRWebGLLayer(session, gl, { antialias: false, depth: false, alpha: false });
    session.updateRenderState({ baseLayer: this.layer });
  }

  /** @returns {WebGLFramebuffer | null} */
  get framebuffer() {
    return this.layer.framebuffer;
  }

  /** A frame begins. */
  begin() {}

  /**
   * @param {XRView} view
   * @returns {Place}
   */
  place(view) {
    return { viewport: this.layer.getViewport(view) ?? NOWHERE, texture: null };
  }

  /** There is no layer for a film. */
  carry() {
    return false;
  }

  /** Be black without knowing where the head is. */
  blacken() {
    this.gl.bindFramebuffer(this.gl.FRAMEBUFFER, this.framebuffer);
    this.gl.clearColor(0, 0, 0, 1);
    this.gl.clear(this.gl.COLOR_BUFFER_BIT);
    return true;
  }
}

/** Our own picture above the film's layer. */
class Layered {
  /**
   * @param {XRSession} session
   * @param {WebGL2RenderingContext} gl
   * @param {XRReferenceSpace} space
   * @param {(detail: string) => void} failed
   * @throws {Error} the browser gives this session no layers after all
   */
  constructor(session, gl, space, failed) {
    this.session = session;
    this.space = space;
    this.failed = failed;
    this.binding = new XRWebGLBinding(session, gl);
    this.own = this.binding.createProjectionLayer({ depthFormat: 0 });
    this.framebuffer = gl.createFramebuffer();
    /** The film's layer, and what it was made for. @type {XREquirectLayer | null} */
    this.film = null;
    this.made = '';
    /** Where the layer was put. @type {Stand | null} */
    this.stand = null;
    /** One failure is enough: whoever wears this shall not see the film come and go. */
    this.gaveUp = false;
    /** @type {XRLayer[]} */
    this.layers = [];
    /** A frame has begun since the layers were arranged, so they are what is seen. */
    this.arranged = false;
    this.arrange([this.own]);
  }

  begin() {
    this.arranged = true;
  }

  /**
   * @param {XRView} view
   * @returns {Place}
   */
  place(view) {
    const { viewport, colorTexture } = this.binding.getViewSubImage(this.own, view);
    return { viewport, texture: colorTexture };
  }

  /**
   * Have the film below our picture, around the head and turned like the room.
   * @param {Film | null} film
   * @param {Stand} stand
   * @returns {boolean} whether it is there; if not, the film has to be drawn
   */
  carry(film, stand) {
    try {
      this.lay(this.gaveUp ? null : film, stand);
    } catch (problem) {
      this.gaveUp = true;
      this.lay(null, stand);
      this.failed(String(problem));
    }
    return this.film !== null && this.arranged;
  }

  /**
   * @param {Film | null} film
   * @param {Stand} stand
   */
  lay(film, stand) {
    const angle = film && ANGLES.get(film.projection);
    const wanted = film && angle ? JSON.stringify([film.url, film.projection, film.stereo]) : '';
    if (wanted !== this.made) {
      this.film?.destroy();
      this.film = null;
      this.made = '';
      if (film && angle) this.film = this.make(film, angle);
      this.made = wanted;
      this.stand = null;
    }
    if (this.film && (!this.stand || isAway(this.stand, stand))) {
      this.film.transform = transformOf(stand);
      this.stand = stand;
    }
    this.arrange(this.film ? [this.film, this.own] : [this.own]);
  }

  /**
   * @param {Film} film
   * @param {number} angle what is seen of the sphere, radians
   */
  make(film, angle) {
    return new XRMediaBinding(this.session).createEquirectLayer(film.video, {
      space: this.space,
      layout: LAYOUTS.get(film.stereo),
      centralHorizontalAngle: angle,
      // Without end, as far as the browser can.
      radius: 0,
    });
  }

  /** Nothing can be drawn without an eye to draw for; then there is no layer. */
  blacken() {
    this.arrange([]);
    return this.arranged;
  }

  /** @param {XRLayer[]} layers the lowest first */
  arrange(layers) {
    if (layers.length === this.layers.length && layers.every((layer, at) => layer === this.layers[at])) return;
    // Remembered first: what the browser refuses is not to be asked for again in every frame.
    this.layers = layers;
    this.arranged = false;
    this.session.updateRenderState({ layers });
  }
}

/**
 * @param {Stand} before
 * @param {Stand} now
 */
function isAway(before, now) {
  const [a, b] = [before.head, now.head];
  return before.turn !== now.turn || Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z) > LOOSE_M;
}

/**
 * A turned room has its film turned the other way.
 * @param {Stand} stand
 */
function transformOf({ turn, head }) {
  const half = -turn / 2;
  return new XRRigidTransform(
    { x: head.x, y: head.y, z: head.z }, { x: 0, y: Math.sin(half), z: 0, w: Math.cos(half) },
  );
}
