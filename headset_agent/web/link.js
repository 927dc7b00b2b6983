// @ts-check
/**
 * The page's web socket to the agent: connects by itself, again and again, and keeps the clock exchange going.
 */

import { ClockFilter } from './clock.js';

export const PROTOCOL_VERSION = 1;

const Pace = Object.freeze({
  /** Exchanges in quick succession after connecting, and their distance, ms. */
  burst: 10,
  burstMs: 25,
  /** Distance of exchanges after that, ms. */
  steadyMs: 250,
  /** Wait before connecting again, first and at most, ms. */
  retryMs: 150,
  retryMaxMs: 2_000,
  /** An agent that answers no exchange for so long is gone, though the socket does not know it yet, ms. */
  silenceMs: 5_000,
  /** The same for an agent at the other end of a cable, where the page must not go on by itself, ms. */
  tetheredSilenceMs: 2_000,
  /** A timer that comes so late tells that the page itself was held up, ms. */
  heldUpMs: 1_000,
});

/** Clock exchanges after connecting before the clock may be relied on. */
const TRUSTED_EXCHANGES = 5;

/**
 * @typedef {object} LinkEvents
 * @property {(order: import('./messages.js').Order) => void} message anything but the clock's answers
 * @property {(stepMs: number) => void} clockStepped the agent's clock now shows so much more than before
 * @property {() => void} clockReady the clock may be relied on, after every connect
 * @property {() => void} lost the agent is out of reach; it is looked for again by itself
 */

export class Link {
  /**
   * @param {string} url
   * @param {() => import('./messages.js').Hello} hello
   * @param {LinkEvents} events
   */
  constructor(url, hello, events) {
    this.url = url;
    this.hello = hello;
    this.events = events;
    this.clock = new ClockFilter();
    /** @type {WebSocket | null} */
    this.socket = null;
    /** @type {number} */
    this.retryMs = Pace.retryMs;
    this.seq = 0;
    this.answered = 0;
    this.heardAt = 0;
    /** When the next exchange is due. */
    this.pingAt = 0;
    this.asksOnceMore = false;
    /** The agent is at the other end of a cable. */
    this.tethered = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pinger = undefined;
  }

  connect() {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => this.opened(socket);
    socket.onmessage = (event) => this.received(event.data, performance.now());
    socket.onclose = () => this.lost(socket);
  }

  get clockReady() {
    return this.answered >= TRUSTED_EXCHANGES;
  }

  /**
   * @param {import('./messages.js').Answer} message
   * @returns {boolean} whether it went out
   */
  send(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /**
   * Agent time at page time `now`, with its uncertainty; null before the first exchange.
   * @param {number} now page time, ms
   */
  agentTime(now) {
    const estimate = this.clock.estimate(now);
    return estimate && { at: now + estimate.offset, uncertainty: estimate.uncertainty };
  }

  /** @param {WebSocket} socket */
  opened(socket) {
    this.retryMs = Pace.retryMs;
    this.answered = 0;
    this.heardAt = performance.now();
    this.pingAt = this.heardAt;
    this.send(this.hello());
    this.ping(socket, 0);
  }

  /** @param {WebSocket} socket */
  lost(socket) {
    if (socket !== this.socket) return;
    clearTimeout(this.pinger);
    this.socket = null;
    setTimeout(() => this.connect(), this.retryMs * (0.75 + Math.random() / 2));
    this.retryMs = Math.min(this.retryMs * 2, Pace.retryMaxMs);
    this.events.lost();
  }

  /**
   * @param {WebSocket} socket
   * @param {number} count
   */
  ping(socket, count) {
    if (socket !== this.socket || socket.readyState !== WebSocket.OPEN) return;
    const now = performance.now();
    const silenceMs = this.tethered ? Pace.tetheredSilenceMs : Pace.silenceMs;
    // A page that was held up has heard nothing meanwhile: it asks once more, and judges at the next.
    this.asksOnceMore = !this.asksOnceMore && now - this.pingAt > Pace.heldUpMs;
    if (now - this.heardAt > silenceMs && !this.asksOnceMore) {
      socket.close();
      // A dead peer never answers the closing handshake, so do not wait for it.
      this.lost(socket);
      return;
    }
    this.seq += 1;
    this.send({ type: 'ping', seq: this.seq, t1: performance.now() });
    const pause = count < Pace.burst ? Pace.burstMs : Pace.steadyMs;
    this.pingAt = now + pause;
    this.pinger = setTimeout(() => this.ping(socket, count + 1), pause);
  }

  /**
   * @param {string} text
   * @param {number} now page time, ms
   */
  received(text, now) {
    const message = /** @type {import('./messages.js').Order | import('./messages.js').Pong} */ (JSON.parse(text));
    if (message.type === 'pong') this.exchanged(message, now);
    else this.events.message(message);
  }

  /**
   * @param {import('./messages.js').Pong} pong
   * @param {number} now page time, ms
   */
  exchanged({ t1, t2, t3 }, now) {
    this.heardAt = now;
    const before = this.clock.estimate(now);
    const consistent = this.clock.add({ t1, t2, t3, t4: now });
    const after = this.clock.estimate(now);
    if (!consistent && before && after) this.events.clockStepped(after.offset - before.offset);
    this.answered += 1;
    if (this.answered === TRUSTED_EXCHANGES) this.events.clockReady();
  }
}
