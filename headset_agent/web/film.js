// @ts-check
/**
 * The film itself: one <video> element, what it can tell, and what it takes to start it at an exact instant.
 */

import { Beat } from './beat.js';
import { sleep } from './waiting.js';

/** Codes of PageProblem that concern films. */
export const FilmTrouble = Object.freeze({
  NOT_FOUND: 'film_not_found',
  NOT_PLAYABLE: 'film_not_playable',
});

export class FilmError extends Error {
  /**
   * @param {string} code
   * @param {string} detail
   */
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

/** A trial start runs so long; its end tells the latency, ms. */
const TRIAL_MS = 260;
/** The first opens decoder and sound, the others tell what a start takes and the beat of the sound device. */
const TRIALS = 6;
/** After so long without sound a browser may close the device (Chromium after 10 s), ms. */
const CLOSED_MS = 8_000;
/** Loudness of a trial: -80 dB. A muted one would start another way, without the sound device, and faster. */
const INAUDIBLE = 1e-4;
/** A browser that does not say when a frame is there is believed after this, ms. */
const FRAME_WAIT_MS = 400;

const HAVE_ENOUGH_DATA = 4;

export class FilmPlayer {
  /** @param {HTMLVideoElement} video */
  constructor(video) {
    this.video = video;
    video.playsInline = true;
    video.preload = 'auto';
    this.setRate(1);
    /** @type {string | null} */
    this.url = null;
    /** Settled once the film of `url` can be asked for its length. @type {Promise<void>} */
    this.loaded = Promise.resolve();
    this.level = 1;
    /** The last start was a trial, of which nothing may be heard. */
    this.onTrial = false;
    this.beat = new Beat();
    /** Page time at which the film ran last, ms. */
    this.ranAt = -Infinity;
    /** How long the last seek took until the film could play on from there, ms. @type {number | null} */
    this.seekMs = null;
    /** Page time, ms, and media time, s, of the last presented frame. @type {{at: number, media: number} | null} */
    this.presented = null;
    /** Position sought and not played from since, s: what a start can be timed for. @type {number | null} */
    this.cued = null;
    this.watchesFrames = 'requestVideoFrameCallback' in video;
    /** Frames presented since the page began, for whoever uploads them. */
    this.frames = 0;
    if (this.watchesFrames) this.watchFrames();
  }

  /** Media position, seconds. */
  get position() {
    return this.video.currentTime;
  }

  get running() {
    return !this.video.paused && !this.video.ended;
  }

  /** Whether sound comes out. */
  get audible() {
    return this.running && !this.video.muted && this.video.volume > INAUDIBLE;
  }

  get dropped() {
    return this.video.getVideoPlaybackQuality?.().droppedVideoFrames ?? 0;
  }

  /** What start() has to be ahead of its instant, ms. */
  get latency() {
    return this.beat.latency;
  }

  /** It has stood so long that its next start is not like the last one. */
  get hasCooled() {
    return performance.now() - this.ranAt > CLOSED_MS;
  }

  watchFrames() {
    this.video.requestVideoFrameCallback((_now, frame) => {
      this.frames += 1;
      // The expected display time, not the callback's: that is when the eye gets it.
      this.presented = { at: frame.expectedDisplayTime, media: frame.mediaTime };
      this.watchFrames();
    });
  }

  /**
   * Let the browser count the wearer's gesture for this film; without one there would be no sound.
   */
  unlock() {
    if (this.url !== null) return;
    // Fails for want of a film, which is no trouble: being asked inside the gesture is all that counts.
    this.video.play().catch(() => undefined);
    this.video.pause();
  }

  /**
   * Load a film, unless it is loaded or on its way.
   * @param {string} url
   * @returns {Promise<void>}
   * @throws {FilmError}
   */
  load(url) {
    if (this.url !== url || this.video.error) this.loaded = this.loadAnew(url);
    return this.loaded;
  }

  /** @param {string} url */
  async loadAnew(url) {
    this.unload();
    this.url = url;
    this.cued = null;
    this.beat.forget();
    this.seekMs = null;
    const loaded = this.event('loadedmetadata');
    this.video.src = url;
    await loaded;
    if (!this.video.videoWidth) throw new FilmError(FilmTrouble.NOT_PLAYABLE, 'no picture in this film');
  }

  unload() {
    this.halt();
    this.presented = null;
    if (this.url === null) return;
    this.url = null;
    this.video.removeAttribute('src');
    this.video.load();
  }

  /**
   * Stand still at a position with its frame decoded and enough of the film to play through.
   * @param {number} position s
   * @throws {FilmError}
   */
  async seek(position) {
    this.stand();
    this.setRate(1);
    // The last frame has no successor; a seek to the very end would already be "ended".
    const target = Math.min(position, Math.max(0, this.video.duration - 0.05));
    const begun = performance.now();
    // Even where the film stands there already: after a pause old sound lies in the pipeline.
    const moves = this.cued !== position;
    if (moves) {
      this.cued = null;
      const frame = this.nextFrame();
      const sought = this.event('seeked');
      this.video.currentTime = target;
      await sought;
      await frame;
      this.cued = position;
    }
    if (this.video.readyState < HAVE_ENOUGH_DATA) await this.event('canplaythrough');
    if (moves) this.seekMs = performance.now() - begun;
  }

  /** A frame has been presented, or the browser does not tell. */
  nextFrame() {
    if (!this.watchesFrames) return Promise.resolve();
    return new Promise((resolve) => {
      const limit = setTimeout(resolve, FRAME_WAIT_MS);
      this.video.requestVideoFrameCallback(() => {
        clearTimeout(limit);
        resolve(undefined);
      });
    });
  }

  /**
   * Play a little without sound, to learn how long this browser takes to get this film going.
   * @param {number} position where to stand afterwards
   * @param {() => boolean} wanted asked in between; false ends the trial
   * @param {number} [trials] the first of which tells nothing
   */
  async rehearse(position, wanted, trials = TRIALS) {
    this.beat.lose();
    for (let trial = 0; trial < trials && wanted(); trial += 1) {
      const now = performance.now();
      await sleep(this.beat.trialAt(now) - now);
      if (!wanted()) return;
      const begun = await this.start({ trial: true });
      await sleep(TRIAL_MS);
      if (!wanted()) return;
      // The first start also opens decoder and sound; it is not what the next will be like.
      if (trial > 0 && this.running) this.learn(begun);
      await this.seek(position);
    }
  }

  /**
   * Start playing now.
   * @param {{trial?: boolean, muted?: boolean}} [options]
   * @returns {Promise<{at: number, from: number}>} page time, ms, and position, s, of the call
   * @throws {FilmError}
   */
  async start({ trial = false, muted = false } = {}) {
    this.cued = null;
    this.setRate(1);
    this.onTrial = trial;
    this.video.volume = trial ? INAUDIBLE : this.level;
    this.video.muted = muted;
    const begun = { at: performance.now(), from: this.video.currentTime };
    try {
      await this.video.play();
    } catch (problem) {
      if (!isNotAllowed(problem) || muted) throw asFilmError(problem);
      // No gesture yet: a silent picture is better than none; sound follows with the gesture.
      await this.start({ trial, muted: true });
    }
    return begun;
  }

  /**
   * Remember what a start took; call once it runs evenly at normal speed.
   * @param {{at: number, from: number}} begun page time, ms, and position, s, of the call
   */
  learn(begun) {
    const zero = performance.now() - (this.video.currentTime - begun.from) * 1000;
    this.beat.note(begun.at, zero);
  }

  stand() {
    if (this.running) this.ranAt = performance.now();
    this.video.pause();
  }

  /** Stand still and be silent, at once. */
  halt() {
    this.stand();
    this.video.muted = true;
  }

  /** @param {number} level 0 to 1 */
  setVolume(level) {
    this.level = Math.min(Math.max(level, 0), 1);
    if (!this.onTrial) this.video.volume = this.level;
  }

  /**
   * Keeping the pitch engages a time stretcher, which sets the film back; so it is kept only where it is asked for.
   * @param {number} rate
   * @param {boolean} [keepsPitch]
   */
  setRate(rate, keepsPitch = false) {
    if (this.video.preservesPitch !== keepsPitch) this.video.preservesPitch = keepsPitch;
    if (this.video.playbackRate !== rate) this.video.playbackRate = rate;
  }

  /**
   * Wait for an event of the video; an error of the film ends the wait.
   * @param {string} name
   * @returns {Promise<void>}
   */
  event(name) {
    const { video } = this;
    return new Promise((resolve, reject) => {
      const settle = (/** @type {() => void} */ then) => {
        video.removeEventListener(name, done);
        video.removeEventListener('error', failed);
        video.removeEventListener('emptied', superseded);
        then();
      };
      const done = () => settle(() => resolve());
      const failed = () => settle(() => {
        describeFailure(video).then(reject, reject);
      });
      const superseded = () => settle(() => reject(new Superseded()));
      video.addEventListener(name, done);
      video.addEventListener('error', failed);
      // Setting a source empties the element too; that comes before the wait for its metadata can end.
      if (name !== 'loadedmetadata') video.addEventListener('emptied', superseded);
    });
  }
}

/** Somebody wanted another film meanwhile; nobody needs to hear of it. */
export class Superseded extends Error {}

/**
 * The browser says little; whether the film is there at all tells the agent's answer.
 * @param {HTMLVideoElement} video
 */
async function describeFailure(video) {
  const detail = `${video.error?.code ?? 0}: ${video.error?.message ?? ''}`;
  try {
    const answer = await fetch(video.currentSrc || video.src, { method: 'HEAD' });
    if (answer.status === 404) return new FilmError(FilmTrouble.NOT_FOUND, detail);
  } catch (problem) {
    return new FilmError(FilmTrouble.NOT_FOUND, `${detail}; ${problem}`);
  }
  return new FilmError(FilmTrouble.NOT_PLAYABLE, detail);
}

/** @param {unknown} problem */
function isNotAllowed(problem) {
  return problem instanceof DOMException && problem.name === 'NotAllowedError';
}

/** @param {unknown} problem */
function asFilmError(problem) {
  if (problem instanceof DOMException && problem.name === 'AbortError') return new Superseded();
  return new FilmError(FilmTrouble.NOT_PLAYABLE, String(problem));
}
