// @ts-check
/**
 * Draws the film as a sphere around the viewer, sampled by view direction in the fragment shader, and a panel
 * with words in front of it. WebGL 2; knows nothing of sessions: it gets views and draws them.
 */

export const Projection = Object.freeze({ EQUIRECT: 'equirect', EQUIRECT_180: 'equirect180', FLAT: 'flat' });
/** As the fragment shader counts them. @type {readonly string[]} */
const PROJECTIONS = Object.values(Projection);
export const Stereo = Object.freeze({ MONO: 'mono', TOP_BOTTOM: 'top-bottom', LEFT_RIGHT: 'left-right' });

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Viewport pixels
 *
 * @typedef {object} View one eye
 * @property {Viewport} viewport
 * @property {WebGLTexture | null} texture to draw into; null: what the framebuffer has
 * @property {Float32Array} projection 4x4, column by column
 * @property {Float32Array} orientation 3x3, view to world
 * @property {[number, number, number]} offset of this eye from the head, metres, world
 * @property {boolean} right whether it is the right eye
 *
 * @typedef {object} Scene
 * @property {boolean} film whether the film is to be seen
 * @property {boolean} below whether the browser shows the film, below what is drawn here
 * @property {number} light of the film, 0 to 1
 * @property {[number, number, number]} background where no film is, 0 to 1 each
 * @property {boolean} panel whether the panel is to be seen
 * @property {number} panelYaw direction of the panel, radians, positive to the right
 */

/** Panel in the room: metres. */
const PANEL = Object.freeze({ distance: 2.2, width: 1.8, height: 1.35 });

const FILM_VERTEX = `#version 300 es
out vec2 corner;
void main() {
  corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(corner, 0.0, 1.0);
}`;

const FILM_FRAGMENT = `#version 300 es
precision highp float;
const float PI = 3.14159265358979;
const float FLAT_HALF_WIDTH = 0.70;  // tangent: a screen 70 degrees wide
in vec2 corner;
out vec4 colour;
uniform sampler2D film;
uniform vec4 lens;        // projection: x and y scale, x and y shift
uniform mat3 orientation;
uniform int projection;   // 0 equirect, 1 equirect180, 2 flat
uniform vec4 part;        // of the frame that is this eye's: offset, size
uniform vec2 texel;
uniform float aspect;
uniform float light;
void main() {
  vec3 ray = normalize(orientation * vec3((corner + lens.zw) / lens.xy, -1.0));
  float lon = atan(ray.x, -ray.z);
  float lat = asin(clamp(ray.y, -1.0, 1.0));
  vec2 at;
  bool inside = true;
  if (projection == 0) {
    at = vec2(lon / (2.0 * PI) + 0.5, 0.5 - lat / PI);
  } else if (projection == 1) {
    at = vec2(lon / PI + 0.5, 0.5 - lat / PI);
    inside = abs(lon) <= PI / 2.0;
  } else {
    vec2 screen = ray.xy / max(-ray.z, 1e-4) / vec2(FLAT_HALF_WIDTH, FLAT_HALF_WIDTH / aspect);
    at = vec2(0.5 + screen.x / 2.0, 0.5 - screen.y / 2.0);
    inside = ray.z < 0.0 && abs(screen.x) <= 1.0 && abs(screen.y) <= 1.0;
  }
  // Half a texel inside the part, so that one eye never sees a trace of the other's picture. A full turn
  // that fills the frame wraps around instead.
  vec2 edge = texel * 0.5;
  vec2 place = part.xy + at * part.zw;
  vec2 held = clamp(place, part.xy + edge, part.xy + part.zw - edge);
  if (projection == 0 && part.z == 1.0) held.x = place.x;
  colour = inside ? vec4(texture(film, held).rgb * light, 1.0) : vec4(0.0, 0.0, 0.0, 1.0);
}`;

const PANEL_VERTEX = `#version 300 es
out vec2 at;
uniform mat4 perspective;
uniform mat3 orientation;
uniform vec3 offset;
uniform vec3 size;        // width, height, distance
uniform float yaw;
void main() {
  at = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec3 local = vec3((at.x - 0.5) * size.x, (0.5 - at.y) * size.y, -size.z);
  vec3 world = vec3(local.x * cos(yaw) - local.z * sin(yaw), local.y, local.x * sin(yaw) + local.z * cos(yaw));
  gl_Position = perspective * vec4(transpose(orientation) * (world - offset), 1.0);
}`;

const PANEL_FRAGMENT = `#version 300 es
precision highp float;
in vec2 at;
out vec4 colour;
uniform sampler2D panel;
void main() { colour = texture(panel, at); }`;

export class Renderer {
  /**
   * @param {HTMLCanvasElement} canvas
   * @throws {Error} the browser offers no WebGL 2
   */
  constructor(canvas) {
    const wanted = { alpha: false, antialias: false, depth: false, stencil: false, xrCompatible: true };
    const gl = /** @type {WebGL2RenderingContext | null} */ (canvas.getContext('webgl2', wanted));
    if (!gl) throw new Error('no WebGL 2');
    this.gl = gl;
    this.projection = /** @type {string} */ (Projection.EQUIRECT);
    this.stereo = /** @type {string} */ (Stereo.MONO);
    this.frameSize = { width: 2, height: 1 };
    this.stock = stockOf(gl);
  }

  /** The context was lost and is back: what drawing needs there has to be put there again. */
  rebuild() {
    this.stock = stockOf(this.gl);
  }

  /** Nothing can be drawn until the browser gives the context back. */
  get lost() {
    return this.gl.isContextLost();
  }

  get maxTexture() {
    return /** @type {number} */ (this.gl.getParameter(this.gl.MAX_TEXTURE_SIZE));
  }

  /**
   * @param {string} projection
   * @param {string} stereo
   */
  setLayout(projection, stereo) {
    this.projection = projection;
    this.stereo = stereo;
  }

  /** @param {HTMLVideoElement} video */
  takeFrame(video) {
    const { gl } = this;
    this.frameSize = { width: video.videoWidth, height: video.videoHeight };
    this.unpackInto(this.stock.filmTexture, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, video);
  }

  /** @param {HTMLCanvasElement} canvas */
  takePanel(canvas) {
    const { gl } = this;
    this.unpackInto(this.stock.panelTexture, true);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
    gl.generateMipmap(gl.TEXTURE_2D);
  }

  /**
   * Who shows layers in our context may have left it in another state.
   * @param {WebGLTexture} texture
   * @param {boolean} premultiply
   */
  unpackInto(texture, premultiply) {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, premultiply);
  }

  /**
   * @param {WebGLFramebuffer | null} framebuffer
   * @param {View[]} views
   * @param {Scene} scene
   */
  draw(framebuffer, views, scene) {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.bindVertexArray(this.stock.vertices);
    /** @type {WebGLTexture | null | undefined} */
    let target;
    for (const view of views) {
      // Two eyes may share a texture, which is cleared once.
      if (view.texture !== target) this.prepare(view.texture, scene);
      target = view.texture;
      this.drawView(view, scene);
    }
  }

  /**
   * @param {WebGLTexture | null} texture
   * @param {Scene} scene
   */
  prepare(texture, { film, below, light, background }) {
    const { gl } = this;
    if (texture) gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    // A film below is dimmed by what lies over it.
    gl.clearColor(...background, film && below ? 1 - light : 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
  }

  /**
   * @param {View} view
   * @param {Scene} scene
   */
  drawView(view, scene) {
    const { x, y, width, height } = view.viewport;
    if (width === 0 || height === 0) return;
    this.gl.viewport(x, y, width, height);
    if (scene.film && !scene.below) this.drawFilm(view, scene.light);
    if (scene.panel) this.drawPanel(view, scene.panelYaw);
  }

  /**
   * @param {View} view
   * @param {number} light of the film, 0 to 1
   */
  drawFilm(view, light) {
    const { gl, frameSize, stock: { filmProgram: { at, program }, filmTexture } } = this;
    const { projection: p } = view;
    const part = partOf(this.stereo, view.right);
    gl.useProgram(program);
    gl.disable(gl.BLEND);
    gl.bindTexture(gl.TEXTURE_2D, filmTexture);
    gl.uniform4f(at.lens, p[0], p[5], p[8], p[9]);
    gl.uniformMatrix3fv(at.orientation, false, view.orientation);
    gl.uniform1i(at.projection, PROJECTIONS.indexOf(this.projection));
    gl.uniform4fv(at.part, part);
    gl.uniform2f(at.texel, 1 / frameSize.width, 1 / frameSize.height);
    gl.uniform1f(at.aspect, (frameSize.width * part[2]) / (frameSize.height * part[3]));
    gl.uniform1f(at.light, light);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  /**
   * @param {View} view
   * @param {number} yaw radians, to the right
   */
  drawPanel(view, yaw) {
    const { gl, stock: { panelProgram: { at, program }, panelTexture } } = this;
    gl.useProgram(program);
    gl.enable(gl.BLEND);
    gl.bindTexture(gl.TEXTURE_2D, panelTexture);
    gl.uniformMatrix4fv(at.perspective, false, view.projection);
    gl.uniformMatrix3fv(at.orientation, false, view.orientation);
    gl.uniform3fv(at.offset, view.offset);
    gl.uniform3f(at.size, PANEL.width, PANEL.height, PANEL.distance);
    gl.uniform1f(at.yaw, yaw);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }
}

/**
 * Offset and size of an eye's picture in the frame; texture rows run downwards, as in the film.
 * @param {string} stereo
 * @param {boolean} right
 * @returns {[number, number, number, number]}
 */
function partOf(stereo, right) {
  if (stereo === Stereo.TOP_BOTTOM) return [0, right ? 0.5 : 0, 1, 0.5];
  if (stereo === Stereo.LEFT_RIGHT) return [right ? 0.5 : 0, 0, 0.5, 1];
  return [0, 0, 1, 1];
}

/**
 * Put on the graphics processor what drawing needs there.
 * @param {WebGL2RenderingContext} gl
 * @throws {Error} it does not take one of the programs
 */
function stockOf(gl) {
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  return {
    filmProgram: new Program(gl, FILM_VERTEX, FILM_FRAGMENT),
    panelProgram: new Program(gl, PANEL_VERTEX, PANEL_FRAGMENT),
    filmTexture: makeTexture(gl, gl.REPEAT, gl.LINEAR),
    panelTexture: makeTexture(gl, gl.CLAMP_TO_EDGE, gl.LINEAR_MIPMAP_LINEAR),
    // WebGL 2 draws without any vertex buffer, but not without a vertex array.
    vertices: gl.createVertexArray(),
  };
}

class Program {
  /**
   * @param {WebGL2RenderingContext} gl
   * @param {string} vertex
   * @param {string} fragment
   */
  constructor(gl, vertex, fragment) {
    this.program = /** @type {WebGLProgram} */ (gl.createProgram());
    for (const [kind, source] of /** @type {[number, string][]} */ ([
      [gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment],
    ])) {
      const shader = /** @type {WebGLShader} */ (gl.createShader(kind));
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.program, shader);
    }
    gl.linkProgram(this.program);
    if (!gl.getProgramParameter(this.program, gl.LINK_STATUS)) {
      throw new Error(gl.getProgramInfoLog(this.program) ?? 'shader');
    }
    /** @type {Record<string, WebGLUniformLocation | null>} */
    this.at = {};
    const count = gl.getProgramParameter(this.program, gl.ACTIVE_UNIFORMS);
    for (let index = 0; index < count; index += 1) {
      const name = gl.getActiveUniform(this.program, index)?.name;
      if (name) this.at[name] = gl.getUniformLocation(this.program, name);
    }
  }
}

/**
 * @param {WebGL2RenderingContext} gl
 * @param {number} wrap
 * @param {number} minify
 */
function makeTexture(gl, wrap, minify) {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, wrap);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, minify);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 1, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array([0, 0, 0, 255]));
  return texture;
}
