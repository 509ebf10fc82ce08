"""How often things happen in an ordinary district: the weights of what the law offers.

Invented, in the proportions that published reports show: most requests are
granted or concern what is not held, few are refused. A weight tells how likely
an act is on one day of work, against the others that are offered and against
waiting.
"""

from __future__ import annotations

from mingtang.case.state import Phase

WAIT = {
    Phase.SUBMITTED: 5.0,
    Phase.IN_HAND: 60.0,
    Phase.CORRECTION: 35.0,
    Phase.REASON: 25.0,
    Phase.CONSULTING: 45.0,
    Phase.FEE: 40.0,
    Phase.DECIDED: 5.0,
    Phase.DISPATCHED: 10.0,
    Phase.DELIVERED: 30.0,
    Phase.CLOSED: 20.0,
}
"""The weight of doing nothing that day."""
ACTS = {
    "confirm": 95.0,
    "reclassify": 0.08,
    "ask_correction": 5.0,
    "receive_correction": 55.0,
    "ask_reason": 0.15,
    "receive_reason": 50.0,
    "accept_reason": 30.0,
    "consult_third_party": 1.3,
    "consult_co_author": 0.5,
    "consult_other_body": 0.4,
    "record_consultation_delivery": 400.0,
    "receive_opinion": 60.0,
    "note_silence": 300.0,
    "recall_consultation": 0.5,
    "extend": 0.6,
    "notify_fee": 0.5,
    "record_fee_delivery": 400.0,
    "record_payment": 60.0,
    "record_refund": 0.1,
    "decide": 11.0,
    "dispatch": 95.0,
    "record_delivery": 90.0,
    "withdraw": 0.6,
    "transfer": 0.12,
    "split": 0.25,
    "merge": 1.0,
    "reopen": 0.35,
    "archive": 60.0,
}
LAST_DAYS = {"decide": 2000.0, "extend": 160.0}
"""What presses when the term is nearly over, instead of the usual weight."""
LAPSED = {"decide": 400.0}
"""What follows when the applicant let a term pass."""
GROUNDS = {
    "G1": 15.0,
    "G2": 34.0,
    "P1": 7.0,
    "N1": 0.15,
    "N2": 0.5,
    "N3": 0.3,
    "N4": 90.0,
    "N5": 1.2,
    "N6": 2.0,
    "N7": 1.4,
    "N8": 3.0,
    "U1a": 17.0,
    "U1b": 7.0,
    "U2": 2.5,
    "U3": 1.2,
    "X1": 3.0,
    "X2": 1.2,
    "X3": 0.4,
    "X4": 80.0,
    "X5": 0.3,
    "O1": 100.0,
    "O2": 100.0,
    "O3": 1.2,
}
"""How often a decision rests on a ground that is open to it."""
WITHHELD = {"N2": 1.0, "N4": 60.0, "N5": 2.0, "N6": 3.0, "N7": 2.0, "U2": 0.5}
"""For whose sake parts of an answer are left out."""
STANCES = {"consents": 55.0, "objects": 45.0}
CAUSES = {"review": 6.0, "own": 2.0}
"""Why an answer is given anew: no judgment comes so soon after it."""
DISPUTED = {"N": 0.05, "U": 0.03, "P": 0.02, "X": 0.02, "G": 0.004, "O": 0.01}
"""The share of answers that are disputed, by the first letter of their ground."""
DISPUTES = {"review": 70.0, "suit_direct": 12.0, "suit_after_review": 18.0}
REVIEWED = {
    "review_upheld": 45.0,
    "review_claim_dismissed": 8.0,
    "review_declared_unlawful": 9.0,
    "review_ordered": 4.0,
    "review_application_rejected": 8.0,
    "review_withdrawn": 20.0,
    "review_settled": 6.0,
}
JUDGED = {
    "suit_claim_dismissed": 60.0,
    "suit_declared_unlawful": 10.0,
    "suit_rejected": 12.0,
    "suit_withdrawn": 18.0,
}
"""How reviews and suits end."""
GAPS = {
    Phase.SUBMITTED: (0, 1),
    Phase.IN_HAND: (1, 4),
    Phase.CORRECTION: (2, 6),
    Phase.REASON: (2, 5),
    Phase.CONSULTING: (1, 5),
    Phase.FEE: (1, 4),
    Phase.DECIDED: (0, 1),
    Phase.DISPATCHED: (1, 3),
    Phase.DELIVERED: (10, 25),
    Phase.CLOSED: (5, 15),
}
"""After how many working days somebody looks at a case again: from, to."""
CHANNELS = {
    "in_person": 22.0,
    "signed_post": 26.0,
    "plain_post": 4.0,
    "online": 44.0,
    "fax": 1.5,
    "oral": 2.5,
}
KINDS = {
    "person": 84.0,
    "company": 9.0,
    "research": 1.0,
    "charity": 0.8,
    "legal_service": 3.5,
    "other": 1.7,
}
FORMS = {"direct": "inspection", "post": "paper", "electronic": "electronic"}
"""In what form the information is wanted of whoever wants the answer in that way."""
UNSAID = 7
"""One request in so many does not say its form."""
DELIVERIES = {"direct": 25.0, "post": 45.0, "electronic": 30.0}
MODES = {
    "direct": {"on_the_spot": 30.0, "direct": 65.0, "entrusted": 5.0},
    "post": {"post": 100.0},
    "electronic": {"electronic": 100.0},
}
"""The ways an answer goes out, by how the applicant wants it: its letter tells that way."""
A_YEAR = {
    "office": (95, 120),
    "department": (60, 115),
    "vertical": (60, 90),
    "township": (14, 30),
}
"""How many requests a body gets in a year, by its kind: from, to."""
AGAIN = 0.12
"""The share of requests by somebody who has asked the same body before."""
TWICE = 0.012
"""The share of requests that come a second time before the first is answered."""
SLOW = 0.014
"""The share of cases in which the body lets the last day pass."""
UNASSIGNED = 0.3
"""The share of the newest cases that nobody has been given yet."""
