"""Levers: named settings with a unit and a range, immutable and validated.

A set of levers is a frozen pydantic model, whose fields define ranges, units and steps for sliders, validation,
scenario files and documents. ``Lever.check`` is the only check of a value.
"""

import datetime
import math
import re
from dataclasses import dataclass, replace
from functools import cache, wraps
from inspect import isfunction
from types import MethodType
from typing import Any, ClassVar, Literal, Self, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kit.parameters.reads import note, recording, unrecorded
from kit.text import LANGUAGES, Refusal, has, number, quantity, speaking, words

Value = float | str | datetime.date


_DAY = re.compile(r"\s*(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?\s*")


@dataclass(frozen=True)
class Lever:
    """One lever: its name, unit and range; ``start`` names the numbers that its default is computed from."""

    name: str
    unit: str
    kind: Literal["number", "choice", "date"]
    low: Value | None = None
    high: Value | None = None
    step: float = 0.0
    scale: Literal["linear", "log"] = "linear"
    choices: tuple[str, ...] = ()
    start: tuple[str, ...] = ()

    def check(self, value: Any) -> Value:
        """Return ``value`` in the lever's unit and type; raise Refusal outside its range.

        Text is parsed with its unit: ``"1 %"``, ``"10万元"``, ``"2020-09-15"``.
        """
        if self.kind == "choice":
            if not isinstance(value, str) or value not in self.choices:
                raise Refusal("lever_choice", lever=self.name, value=value, names=self.choices)
            return value
        value = self._date(value) if self.kind == "date" else self._number(value)
        if self.low <= value <= self.high:
            return value
        shown = value if self.kind == "number" else str(value)
        fields = {"lever": self.name, "value": shown, "low": str(self.low), "high": str(self.high)}
        fields["unit"] = words(f"unit.{self.unit}")
        # The most common mistake: 4 for 4 %.
        if self.unit == "share" and self.low <= value / 100 <= self.high:
            raise Refusal("lever_percent", **fields, percent=f"{value:g}", share=f"{value / 100:g}")
        raise Refusal("lever_outside", **fields)

    def typed(self, written: str) -> str:
        """Return what a person typed into a field, with the ``%`` that a bare number of a share lacks.

        The only rule for it: fields show shares in per cent, so a bare number is per cent ("40" is 40 %, "0.73" is
        0.73 %), unless the lever has a range and the bare number lies in it: "0.05" for a fee of 0 to 8 % is 5 %.
        Text with a sign or a unit is unchanged. Values in code and files are not typed: ``check`` refuses 4 for 4 %.

        >>> guess = Lever("guess", "share", "number", -math.inf, math.inf)
        >>> fee = Lever("fee", "share", "number", 0, 0.08)
        >>> guess.typed("40"), guess.typed("0.73"), guess.typed("40‰")
        ('40%', '0.73%', '40‰')
        >>> fee.typed("0.05"), fee.typed("1")
        ('0.05', '1%')
        """
        if self.unit != "share":
            return written
        try:
            value, unit = quantity(written)
        except Refusal:
            return written
        is_share = math.isfinite(self.high) and self.low <= value <= self.high
        return written if unit or is_share else f"{written}%"

    def _date(self, value: Any) -> datetime.date:
        try:
            # 2020-09-15, 2020/9/15, 2020年9月15日, 20200915
            parts = _DAY.fullmatch(value).groups() if isinstance(value, str) else ()
            return datetime.date(*map(int, parts)) if parts else datetime.date(value.year, value.month, value.day)
        except (AttributeError, ValueError):
            raise Refusal("lever_date", lever=self.name, value=value) from None

    def _number(self, value: Any) -> float:
        unit = ""
        try:
            number, unit = quantity(value) if isinstance(value, str) else (float(value), "")
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if isinstance(value, bool) or not math.isfinite(number):
            raise Refusal("lever_number", lever=self.name, value=value)
        if unit and unit not in unit_names(self.unit):
            wrong = "%" if unit == "share" and "%" in value else unit  # as it was written
            raise Refusal("lever_unit", lever=self.name, wrong=wrong, right=words(f"unit.{self.unit}"))
        return number

    def show(self, value: Value) -> str:
        """Format a value of this lever."""
        return number(value, self.unit)


@cache
def unit_names(unit: str) -> frozenset[str]:
    """Return all spellings of a unit in scenario files and fields."""
    names = {unit}
    for lang in LANGUAGES:
        with speaking(lang):
            written = (f"unit.{unit}", f"unit.{unit}.one")
            names |= {words(key).lower() for key in written if has(key)}
    return frozenset(names)


def lever(low: Value, high: Value, unit: str, *, default: Any, step: float = 0.0, scale: str = "linear", start=()):
    """Declare a lever as a field of a model; ``default`` is a value or a function that gives it."""
    made = {"default_factory": _unnoticed(default)} if callable(default) else {"default": default}
    extra = {"unit": unit, "step": step, "scale": scale, "start": start}
    return Field(ge=low, le=high, json_schema_extra=extra, **made)


def _unnoticed(default):
    """A default whose numbers count as read when the lever is, not when a set of levers is made."""

    @wraps(default)
    def compute():
        with unrecorded():
            return default()

    return compute


class Levers(BaseModel):
    """A frozen group of levers: a programme's, a shop's, the assumptions."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)
    group: ClassVar[str]

    @classmethod
    def levers(cls) -> dict[str, Lever]:
        """Return the levers by full name, ``group.field``, in the order of their declaration."""
        return dict(_levers(cls))

    def __init__(self, **values: Any):
        """Set levers by field; raises Refusal as ``but`` does."""
        checked = self._checked({f"{self.group}.{field}": value for field, value in values.items()})
        try:
            super().__init__(**checked)
        except ValidationError as error:  # a default outside the range: a sourced number was overridden
            fault = error.errors()[0]
            _read(type(self), fault["loc"][0]).check(fault["input"])
            raise

    @classmethod
    def _checked(cls, changes: dict[str, Any]) -> dict[str, Value]:
        """Check values by full name; return them by field."""
        checked = {}
        for name, value in changes.items():
            group, _, field = name.partition(".")
            if group != cls.group or field not in cls.model_fields:
                raise Refusal("unknown", what=words("what.lever"), name=name, names=list(cls.levers()))
            checked[field] = _read(cls, field).check(value)
        return checked

    def but(self, changes: dict[str, Any]) -> Self:
        """Return a copy with some levers changed; names are ``group.field``.

        Raises Refusal for an unknown lever or a value that the lever does not take.

        >>> from kit.parameters.sourced import assumptions
        >>> start = assumptions()
        >>> start.but({"assume.standard_fee": "2 %"}) == type(start)(standard_fee=0.02)
        True
        """
        return self.model_copy(update=self._checked(changes))

    def values(self) -> dict[str, Value]:
        """Return the settings by full name."""
        return {f"{self.group}.{field}": getattr(self, field) for field in type(self).model_fields}


def values_of(subjects) -> dict[str, Value]:
    """Return the settings of several subjects by the levers' full names."""
    return {name: value for subject in subjects for name, value in subject.values().items()}


def levers_of(subjects) -> dict[str, Lever]:
    """Return the levers of several subjects by their full names."""
    return {name: lever for subject in subjects for name, lever in subject.levers().items()}


def _recorder(levers: Levers, read: set[str]) -> "ReadRecorder":
    restored = ReadRecorder(levers)
    restored._read |= read
    return restored


class ReadRecorder:
    """Levers that note which of them are read: what a result rests on is then what was used, not what was remembered.

    An assumption is noted by its name, a lever of another group by the numbers that its default is computed from.

    >>> class Two(Levers):
    ...     group: ClassVar[str] = "two"
    ...     a: float = lever(0.0, 9.0, "yuan", default=1.0)
    ...     b: float = lever(0.0, 9.0, "yuan", default=2.0)
    >>> recorder = ReadRecorder(Two())
    >>> recorder.b, recorder.names_read()
    (2.0, ('b',))
    """

    def __init__(self, levers: Levers):
        self._levers, self._read = bare(levers), set()
        self._notes = _notes(type(self._levers))

    def __getattr__(self, name: str):
        levers = self._levers
        if name not in self._notes:
            method = getattr(type(levers), name)
            if isinstance(method, property):
                return method.fget(self)
            return MethodType(method, self) if isfunction(method) else getattr(levers, name)
        self._read.add(name)
        note(*self._notes[name])
        found = self.__dict__[name] = getattr(levers, name)  # the next reading finds it here
        return found

    def __reduce__(self):
        return _recorder, (self._levers, self._read)

    def but(self, changes: dict[str, Any]) -> "ReadRecorder":
        """Return another over a copy with some levers moved."""
        return self.fork(self._levers.but(changes))

    def fork(self, levers: Levers | None = None) -> "ReadRecorder":
        """Return another that has noted the same so far, and goes on by itself, over other levers if some are given."""
        other = ReadRecorder(levers or self._levers)
        other._read |= self._read
        return other

    def names_read(self) -> tuple[str, ...]:
        """Return the fields that were read, in the order of their declaration."""
        return tuple(name for name in type(self._levers).model_fields if name in self._read)


def bare(levers: Levers | ReadRecorder) -> Levers:
    """Return levers without their recorder: a key for a cache, or the start of a recorder of its own."""
    return levers._levers if isinstance(levers, ReadRecorder) else levers


@cache
def _notes(model: type[Levers]) -> dict[str, tuple[str, ...]]:
    """By field, what its reading is noted as."""
    return {field: (field,) if model.group == "assume" else _read(model, field).start for field in model.model_fields}


@cache
def _read(model: type[Levers], field: str) -> Lever:
    info = model.model_fields[field]
    name = f"{model.group}.{field}"
    if get_origin(info.annotation) is Literal:
        return Lever(name, "choice", "choice", choices=get_args(info.annotation))
    low, high = (next(getattr(m, side) for m in info.metadata if hasattr(m, side)) for side in ("ge", "le"))
    kind = "date" if isinstance(low, datetime.date) else "number"
    made = Lever(name, low=low, high=high, kind=kind, **info.json_schema_extra)
    if not info.default_factory:
        return made
    with unrecorded(), recording() as reads:
        info.default_factory.__wrapped__()
    return replace(made, start=tuple(reads.names))


@cache
def _levers(model: type[Levers]) -> dict[str, Lever]:
    return {f"{model.group}.{field}": _read(model, field) for field in model.model_fields}


def split(changes: dict[str, Any], subjects: list) -> list[dict[str, Any]]:
    """Return the changes of each subject (policy, shop, assumptions); raise Refusal for an unknown lever."""
    parts: list[dict[str, Any]] = [{} for _ in subjects]
    owners = {lever: part for subject, part in zip(subjects, parts, strict=True) for lever in subject.levers()}
    for name, value in changes.items():
        if name not in owners:
            raise Refusal("unknown", what=words("what.lever"), name=name, names=list(owners))
        owners[name][name] = value
    return parts


def moved(subjects: list, changes: dict[str, Any]) -> list:
    """Return copies of the subjects with some levers changed."""
    parts = split(changes, subjects)
    return [subject.but(part) if part else subject for subject, part in zip(subjects, parts, strict=True)]
