"""What any call may be refused for, of whatever noun its verb is."""

from __future__ import annotations

from typing import Final

from queue_server.domain.refusals import Code

OF_CALL: Final = (
    Code.UNKNOWN_COUNTER,
    Code.WRONG_STATE,
    Code.NOT_YOUR_COUNTER,
    Code.COUNTER_NOT_OPEN,
    Code.COUNTER_FULL,
    Code.DAY_RESTORED,
)
