"""Requests for information as histories: what happened, where that leaves a case.

A case is its events (`events`), replayed (`replaying`) into a `Case` (`state`).
What may be done next is data (``acts.yaml``, `act`) with conditions
(`conditions`, `choosing`, `particulars`), asked through `permitting`. By when, is
counted from the history each time (`deadlines`). Disputes have histories of
their own (`disputes`). Nothing here knows who acts, what was asked or what day
it is.
"""
