"""The headsets' own browsers, as Android names them."""

BROWSERS = (
    "com.oculus.browser",
    "com.pico.browser.overseas",
    "com.pico.browser",
    "com.picoxr.browser",
    "com.android.chrome",
)
"""Browsers with WebXR and DevTools, in the order in which they are looked for: the maker's own first."""
