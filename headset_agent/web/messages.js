// @ts-check
/**
 * What agent and page say to one another: `protocol/page_messages.py` in the page's terms, field by field, which a
 * test holds together. Nothing here runs.
 *
 * @typedef {object} Film
 * @property {string} sha256
 * @property {number} duration_s
 * @property {string} projection one of sphere.js's Projection
 * @property {string} stereo one of sphere.js's Stereo
 * @property {number[]} stops_s ascending
 *
 * @typedef {object} Plan which film is to be where, when
 * @property {'plan'} type
 * @property {string} plan_id
 * @property {number} revision counts up within a plan_id
 * @property {string} action one of timeline.js's Action
 * @property {number} anchor_ms agent clock; 0: at once
 * @property {number} position_s media position at the anchor
 * @property {number} rate media seconds a second of the agent's clock
 * @property {Film | null} film
 * @property {string | null} film_url
 * @property {Film[]} then
 * @property {string[]} then_urls
 * @property {boolean} loops
 *
 * @typedef {object} Welcome
 * @property {'welcome'} type
 * @property {number} version
 * @property {string} lang
 * @property {number} number of the headset
 * @property {string} colour #RRGGBB of the number's chip
 * @property {string} ink #RRGGBB of the number
 * @property {Record<string, string>} texts by their keys
 * @property {boolean} tethered the agent is at the other end of a cable
 *
 * @typedef {object} Pong
 * @property {'pong'} type
 * @property {number} seq
 * @property {number} t1 page clock, ms
 * @property {number} t2 agent clock, ms
 * @property {number} t3 agent clock, ms
 *
 * @typedef {object} Stop
 * @property {'stop'} type
 * @property {number} seq
 *
 * @typedef {object} Identify
 * @property {'identify'} type
 * @property {number} seconds
 *
 * @typedef {object} Text
 * @property {'text'} type
 * @property {string} text
 * @property {number} seconds
 *
 * @typedef {object} Recentre
 * @property {'recentre'} type
 *
 * @typedef {object} Volume
 * @property {'volume'} type
 * @property {number} level 0 to 1
 *
 * @typedef {Plan | Welcome | Stop | Identify | Text | Recentre | Volume} Order
 *
 * @typedef {object} Hello
 * @property {'hello'} type
 * @property {number} version
 * @property {string} user_agent
 * @property {boolean} xr
 * @property {boolean} layers
 * @property {boolean} video_frame_callback
 * @property {number} max_texture pixels
 *
 * @typedef {object} Ping
 * @property {'ping'} type
 * @property {number} seq
 * @property {number} t1 page clock, ms
 *
 * @typedef {object} Report
 * @property {'report'} type
 * @property {string | null} plan_id
 * @property {number} revision
 * @property {string} state one of stage.js's PageState
 * @property {number} at_ms agent clock
 * @property {number} at_uncertainty_ms
 * @property {number} position_s
 * @property {number} playback_rate
 * @property {boolean} immersive
 * @property {string | null} visible XRSession.visibilityState
 * @property {number | null} yaw_deg
 * @property {number | null} pitch_deg
 * @property {number | null} presented_ms agent clock
 * @property {number | null} presented_s media position
 * @property {number} rate_changes
 * @property {number} seeks
 * @property {number} stalls
 * @property {number} dropped_frames
 * @property {number | null} started_ms agent clock
 * @property {boolean} dark
 * @property {boolean} silent
 * @property {string | null} picture "layer" or "sphere"
 *
 * @typedef {object} Stopped
 * @property {'stopped'} type
 * @property {number} seq
 * @property {number} at_ms agent clock
 *
 * @typedef {object} Problem
 * @property {'problem'} type
 * @property {string} code
 * @property {string} detail
 *
 * @typedef {Hello | Ping | Report | Stopped | Problem} Answer
 */

export {};
