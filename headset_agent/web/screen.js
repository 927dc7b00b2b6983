// @ts-check
/**
 * What is to be seen in each state, and the panel with the headset's number and a calm sentence, or with what
 * the facilitator has written.
 */

import { PageState } from './stage.js';

/**
 * @typedef {import('./messages.js').Welcome} Welcome
 * @typedef {{film: boolean, light: number, background: [number, number, number], panel: boolean,
 *   black: boolean}} Look
 */

/** The colours of the dark theme that the panel uses. */
const Colour = Object.freeze({
  text: '#E3E9EA',
  muted: '#A4B2B7',
  edge: '#E3E9EA',
  scrim: 'rgba(10, 15, 17, 0.76)',
  overlayText: '#FFFFFF',
  overlayMuted: '#D4DADC',
});

/** @type {[number, number, number]} */
const CALM = [0x0c / 255, 0x11 / 255, 0x13 / 255];
/** @type {[number, number, number]} */
const BLACK = [0, 0, 0];

const FONTS = '"Segoe UI Variable Text", "Segoe UI", Inter, Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const SIZE = Object.freeze({ width: 1024, height: 768 });
/** The sentence: size of its letters, distance of its lines, width of the longest, pixels. */
const WORDS = 42;
const LINE = 60;
const WIDEST = 880;

/** What the facilitator has written: the words are larger than ours, and stand in the middle. */
const TOLD = Object.freeze({ words: 56, line: 76, from: 40, gap: 44, room: 56 });

/** After a stop the picture is black for so long before words appear, ms. */
const BLACK_MS = 1_500;
/** A paused film is dimmed, so that the words can be read and nobody waits for it to move. */
const PAUSED_LIGHT = 0.4;

/**
 * @param {string} state
 * @param {{identify: boolean, told: string, showsFilm: boolean, sinceChange: number}} moment sinceChange in ms
 * @returns {Look}
 */
export function lookOf(state, { identify, told, showsFilm, sinceChange }) {
  const stopped = state === PageState.STOPPED;
  const black = stopped || state === PageState.ENDED;
  const words = stopped ? sinceChange >= BLACK_MS : !showsFilm || state === PageState.PAUSED;
  return {
    film: showsFilm,
    light: state === PageState.PAUSED ? PAUSED_LIGHT : 1,
    background: black || showsFilm ? BLACK : CALM,
    panel: identify || told !== '' || words,
    black: black && !showsFilm,
  };
}

export class Panel {
  constructor() {
    this.canvas = document.createElement('canvas');
    Object.assign(this.canvas, SIZE);
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
    /** What is drawn, so that nothing is drawn twice. */
    this.drawn = '';
  }

  /**
   * @param {Welcome} welcome
   * @param {string} state
   * @param {{identify: boolean, told: string, film: boolean}} moment film: it is seen behind the panel
   * @returns {boolean} whether the picture changed
   */
  draw(welcome, state, { identify, told, film }) {
    const key = JSON.stringify([welcome, state, identify, told, film]);
    if (key === this.drawn) return false;
    this.drawn = key;
    this.context.clearRect(0, 0, SIZE.width, SIZE.height);
    if (identify) this.drawIdentify(welcome, film);
    else if (told) this.drawTold(welcome, told, film);
    else this.drawWords(welcome, state, film);
    return true;
  }

  /**
   * @param {{left: number, top: number, bottom: number}} place as far from the right edge as from the left
   */
  drawScrim({ left, top, bottom }) {
    const { context } = this;
    context.fillStyle = Colour.scrim;
    context.beginPath();
    context.roundRect(left, top, SIZE.width - 2 * left, bottom - top, 48);
    context.fill();
  }

  /**
   * @param {Welcome} welcome
   * @param {boolean} film
   */
  drawIdentify(welcome, film) {
    if (film) this.drawScrim({ left: 130, top: 60, bottom: 708 });
    this.drawChip(welcome, { centre: 330, size: 400, edge: 6 });
    this.write(headsetName(welcome), { y: 650, size: 72, weight: 600, colour: Colour.text });
  }

  /**
   * @param {Welcome} welcome
   * @param {string} state
   * @param {boolean} film
   */
  drawWords(welcome, state, film) {
    const lines = this.lines(sentence(welcome, state));
    if (film) this.drawScrim({ left: 60, top: 72, bottom: 526 + lines.length * LINE });
    this.drawChip(welcome, { centre: 250, size: 216, edge: 4 });
    this.write(headsetName(welcome), {
      y: 436, size: 54, weight: 600, colour: film ? Colour.overlayText : Colour.text,
    });
    const colour = film ? Colour.overlayMuted : Colour.muted;
    lines.forEach((line, index) => this.write(line, { y: 526 + index * LINE, size: WORDS, weight: 400, colour }));
  }

  /**
   * @param {Welcome} welcome
   * @param {string} told
   * @param {boolean} film
   */
  drawTold({ texts }, told, film) {
    const lines = this.wrap(told, { size: TOLD.words, weight: 600 });
    const height = TOLD.from + TOLD.gap + lines.length * TOLD.line;
    const top = (SIZE.height - height) / 2;
    if (film) this.drawScrim({ left: 30, top: top - TOLD.room, bottom: top + height + TOLD.room });
    const muted = film ? Colour.overlayMuted : Colour.muted;
    this.write(texts.told ?? '', { y: top + TOLD.from, size: TOLD.from, weight: 400, colour: muted });
    const first = top + TOLD.from + TOLD.gap + TOLD.words;
    const colour = film ? Colour.overlayText : Colour.text;
    lines.forEach((line, index) => {
      this.write(line, { y: first + index * TOLD.line, size: TOLD.words, weight: 600, colour });
    });
  }

  /**
   * @param {Welcome} welcome
   * @param {{centre: number, size: number, edge: number}} place
   */
  drawChip({ number, colour, ink }, { centre, size, edge }) {
    const { context } = this;
    const left = (SIZE.width - size) / 2;
    context.beginPath();
    context.roundRect(left, centre - size / 2, size, size, size * 0.16);
    context.fillStyle = colour;
    context.fill();
    // Brown and blue would melt into the dark without an edge.
    context.lineWidth = edge;
    context.strokeStyle = Colour.edge;
    context.stroke();
    const height = size * 0.66;
    context.fillStyle = ink;
    context.font = `600 ${height}px ${FONTS}`;
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    const box = context.measureText(String(number));
    const middle = (box.actualBoundingBoxAscent - box.actualBoundingBoxDescent) / 2;
    context.fillText(String(number), SIZE.width / 2, centre + middle);
  }

  /**
   * @param {string} text
   * @param {{y: number, size: number, weight: number, colour: string}} style
   */
  write(text, { y, size, weight, colour }) {
    const { context } = this;
    context.font = `${weight} ${size}px ${FONTS}`;
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    context.fillStyle = colour;
    context.fillText(text, SIZE.width / 2, y);
  }

  /**
   * A line for each sentence, or several where one is too long.
   * @param {string} text
   * @returns {string[]}
   */
  lines(text) {
    return text.split(/(?<=[.!?]) /).flatMap((part) => this.wrap(part, { size: WORDS, weight: 400 }));
  }

  /**
   * @param {string} text
   * @param {{size: number, weight: number}} letters
   * @returns {string[]}
   */
  wrap(text, { size, weight }) {
    this.context.font = `${weight} ${size}px ${FONTS}`;
    /** @type {string[]} */
    const lines = [];
    let line = '';
    for (const word of text.split(' ').flatMap((each) => this.pieces(each))) {
      const longer = line ? `${line} ${word}` : word;
      if (line && this.context.measureText(longer).width > WIDEST) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return line ? [...lines, line] : lines;
  }

  /**
   * A word, or parts of one that is wider than the panel.
   * @param {string} word
   */
  pieces(word) {
    if (this.context.measureText(word).width <= WIDEST) return [word];
    /** @type {string[]} */
    const pieces = [];
    let piece = '';
    for (const letter of word) {
      if (piece && this.context.measureText(piece + letter).width > WIDEST) {
        pieces.push(piece);
        piece = '';
      }
      piece += letter;
    }
    return [...pieces, piece];
  }
}

/** @param {Welcome} welcome */
function headsetName({ number, texts }) {
  return (texts.headset ?? '{number}').replace('{number}', String(number));
}

/**
 * @param {Welcome} welcome
 * @param {string} state
 */
function sentence({ texts }, state) {
  return texts[state] ?? '';
}
