// @ts-check
/** The tone by which a headset is found: two soft notes, once a second. */

const NOTES = Object.freeze([
  { frequency: 659.3, at: 0 },
  { frequency: 880, at: 0.22 },
]);
const NOTE_S = 0.5;
const LOUDNESS = 0.25;

export class Tone {
  constructor() {
    /** @type {AudioContext | null} */
    this.context = null;
    /** @type {Set<OscillatorNode>} */
    this.voices = new Set();
  }

  get sounding() {
    return this.voices.size > 0 && this.context?.state === 'running';
  }

  /** Call within a gesture of the wearer: only then may sound begin. */
  async unlock() {
    this.context ??= new AudioContext({ latencyHint: 'interactive' });
    if (this.context.state !== 'running') await this.context.resume();
  }

  /** @param {number} seconds */
  sound(seconds) {
    this.hush();
    this.context ??= new AudioContext({ latencyHint: 'interactive' });
    const begin = this.context.currentTime + 0.02;
    for (let second = 0; second < Math.max(1, Math.round(seconds)); second += 1) {
      for (const { frequency, at } of NOTES) this.note(this.context, frequency, begin + second + at);
    }
  }

  /**
   * @param {AudioContext} context
   * @param {number} frequency Hz
   * @param {number} at audio clock, s
   */
  note(context, frequency, at) {
    const voice = new OscillatorNode(context, { frequency });
    const loudness = new GainNode(context, { gain: 0 });
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S);
    voice.connect(loudness).connect(context.destination);
    voice.onended = () => {
      this.voices.delete(voice);
      loudness.disconnect();
    };
    this.voices.add(voice);
    voice.start(at);
    voice.stop(at + NOTE_S);
  }

  /** Silence, at once. */
  hush() {
    for (const voice of this.voices) {
      voice.stop();
      voice.disconnect();
    }
    this.voices.clear();
  }
}
