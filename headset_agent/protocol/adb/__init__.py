"""The ADB wire protocol, for both ends; sans-IO except ``peer``, the asyncio shell around it."""
