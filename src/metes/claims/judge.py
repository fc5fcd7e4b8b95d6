"""Frames against an atlas: each part of a claim judged apart, then together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from metes.claims import verdict as verdicts
from metes.claims.case import Bench, Case, Judged, Part, shortened
from metes.claims.change import judge_change
from metes.claims.evidence import (
    Fact,
    Who,
    sought_in,
)
from metes.claims.explained import explained_by
from metes.claims.frame import Frame
from metes.claims.holding import judge_holder
from metes.claims.roles import MOVES
from metes.claims.standing import judge_claim, judge_name, judge_settle, judge_status
from metes.claims.telling import plain_why, tell
from metes.claims.verdict import Verdict


class Judge(Bench):
    """Judges frames against one atlas; keeps what it has worked out."""

    def judge(self, frame: Frame) -> Judged:
        """Judge one frame."""
        case = Case(frame, sought_in(self.evidence, frame))
        if frame.kind in ("opinion", "prediction", "counterfactual"):
            return self._unjudged(case)
        if frame.kind == "question":
            from metes.claims.answer import answer

            return answer(self, frame)
        if frame.sense in MOVES:
            judge_change(self, case)
        elif frame.kind == "holder" or frame.sense in ("hold", "belong"):
            judge_holder(self, case)
        elif frame.kind == "status":
            judge_status(self, case)
        elif frame.kind == "settle":
            judge_settle(self, case)
        elif frame.kind == "name":
            judge_name(self, case)
        else:
            judge_claim(self, case)
        return self.close(case)

    def close(self, case: Case, answer: str | None = None, verdict: Verdict | None = None) -> Judged:
        """Join the parts of a case."""
        frame = case.frame
        found = verdict or verdicts.of_claim([(one.what, one.verdict) for one in case.parts])
        when = frame.when
        since = next((one.since for one in when if one.since), None)
        until = next((one.until for one in reversed(when) if one.until), None)
        # Whose land it was is told by the change of title under the best readings, if there is one.
        lead = sorted(case.facts, key=lambda one: (not one.best, "title" not in one.books))[:1]
        sources = tuple(dict.fromkeys(source for one in case.facts[:12] for source in sources_of(one)))
        return Judged(
            frame=frame,
            verdict=found,
            why=" ".join(case.why) or plain_why(case.parts),
            parts=tuple(case.parts),
            claimed=case.claimed,
            measured=case.measured,
            book=case.book,
            rule=case.rule,
            counted=tuple(one.id for one in case.facts),
            givers=ids(case.sought.givers) or tuple(one.giver for one in lead),
            takers=ids(case.sought.takers) or tuple(one.taker for one in lead),
            instruments=tuple(sorted(case.sought.instruments)),
            places=tuple(dict.fromkeys(id_ for one in case.sought.places for id_ in one.ids)),
            since=since,
            until=until,
            answer=answer,
            sources=sources,
            agrees_with=tuple(dict.fromkeys(case.agrees)),
            explained_by=explained_by(self, case, found),
            steps=tuple(case.steps),
        )

    def _unjudged(self, case: Case) -> Judged:
        frame = case.frame
        sought = replace(case.sought, when=())
        named = sought.places or sought.instruments or sought.givers or sought.takers
        facts = self.evidence.find(sought) if named else ()
        if not facts and sought.places:
            facts = self.evidence.find(replace(sought, givers=(), takers=()))
        # What is on record is told from the latest on: it is what the sentence looks ahead from.
        facts = tuple(sorted(facts, key=lambda one: -one.day))
        case.facts = facts
        says = {
            "opinion": "A judgement of what is right is not for a machine to check.",
            "prediction": "A statement about the future cannot be checked.",
            "counterfactual": "What would have been cannot be checked.",
        }[frame.kind]
        case.why.append(says)
        if facts:
            case.why.append(f"On record: {tell(self, facts)}.")
        case.parts.append(
            Part(frame.kind, shortened(frame.text), tell(self, facts) if facts else "", "not-checkable")
        )
        return self.close(case, verdict="not-checkable")


def sources_of(fact: Fact) -> tuple[str, ...]:
    """List the sources of a change on record."""
    return fact.entry.sources if fact.entry is not None else fact.instrument.sources


def ids(who: Iterable[Who]) -> tuple[str, ...]:
    """List the ids of parties, once each."""
    return tuple(dict.fromkeys(id_ for one in who for id_ in one.ids))
