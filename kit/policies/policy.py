"""Policies: dated settings of the programmes' levers; immutable, saved as differences."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kit.parameters.levers import Levers, Value, split
from kit.paths import DATA
from kit.policies.programmes import programmes
from kit.text import Refusal, label, words

FOLDER = DATA / "policies"


class InForce(dict):
    """The programmes in force on a day, by name; any other name raises Refusal."""

    def __init__(self, day: datetime.date, of: Mapping[str, Levers]):
        super().__init__({name: levers for name, levers in of.items() if levers.start <= day})
        self._day, self._of = day, of

    def __missing__(self, name: str):
        if name in self._of:
            raise Refusal("not_yet", name=name, day=(self._day, ""), first=(self._of[name].start, ""))
        raise Refusal("unknown", what=words("what.programme"), name=name, names=list(self._of))


@dataclass(frozen=True)
class Policy:
    """A set of programmes and the settings of their levers."""

    name: str
    programmes: Mapping[str, Levers] = field(default_factory=dict)

    def __post_init__(self):
        object.__setattr__(self, "programmes", MappingProxyType(dict(self.programmes)))

    def __reduce__(self):
        return Policy, (self.name, dict(self.programmes))

    def at(self, day: datetime.date | str) -> InForce:
        """Return the levers in force on a day; a programme exists from its first day on.

        >>> policy("fan_xing").at("2020-09-15")["fan_xing"].credit
        200.0
        >>> policy("fan_xing").at("2020-08-31")["fan_xing"]
        Traceback (most recent call last):
        kit.text.Refusal: fan_xing does not exist on 31 Aug 2020; it starts on 1 Sep 2020
        """
        try:
            date = datetime.date.fromisoformat(day) if isinstance(day, str) else datetime.date(*day.timetuple()[:3])
        except (AttributeError, ValueError):
            raise Refusal("date", value=day) from None
        return InForce(date, self.programmes)

    def but(self, changes: dict[str, Any], name: str | None = None) -> "Policy":
        """Return a copy with some levers changed; a programme that is added has the announced settings.

        >>> policy("august_2020").but({"fan_xing.credit": 400})["fan_xing.credit"]
        400.0
        >>> policy("august_2020").but({"fan_xing.fee": 4})
        Traceback (most recent call last):
        kit.text.Refusal: fan_xing.fee = 4 is outside 0.0 to 0.08 (share); for 4 % write 0.04 or "4 %"
        """
        groups = {group: self.programmes.get(group) or model() for group, model in programmes().items()}
        parts = zip(groups.items(), split(changes, list(groups.values())), strict=True)
        moved = {group: levers.but(part) for (group, levers), part in parts if part}
        return replace(self, programmes={**self.programmes, **moved}, name=name or self.name)

    def programme(self, name: str) -> Levers:
        """Return a programme's levers; Refusal if this policy does not have it.

        >>> policy("august_2020").programme("fan_xing")
        Traceback (most recent call last):
        kit.text.Refusal: august_2020 has no programme 'fan_xing'; it has: none
        """
        if name not in self.programmes:
            raise Refusal("no_programme", policy=self.name, name=name, names=list(self.programmes) or "none")
        return self.programmes[name]

    @staticmethod
    def levers() -> dict:
        """Return every lever of every programme, by full name."""
        return {name: lever for model in programmes().values() for name, lever in model.levers().items()}

    def values(self) -> dict[str, Value]:
        """Return the settings of this policy's programmes, by full name."""
        return {name: value for levers in self.programmes.values() for name, value in levers.values().items()}

    def __getitem__(self, lever: str) -> Value:
        values = self.values()
        if lever not in values:
            raise Refusal("unknown", what=words("what.lever"), name=lever, names=list(values))
        return values[lever]

    def save(self, path: Path | str, base: str = "august_2020") -> None:
        """Write the policy as its difference from a policy that ships with the kit.

        A programme that is not in the base is written as its difference from the announced settings.
        """
        import tomlkit

        document = tomlkit.document()
        document["base"] = base
        before = policy(base)
        lost = [name for name in before.programmes if name not in self.programmes]
        if lost:
            raise Refusal("base_has_more", base=base, names=lost)
        for name, levers in self.programmes.items():
            known = before.programmes.get(name) or programmes()[name]()
            changed = {k.partition(".")[2]: v for k, v in levers.values().items() if known.values()[k] != v}
            if changed or name not in before.programmes:
                document[name] = changed
        Path(path).write_text(tomlkit.dumps(document), encoding="utf-8")


def check_policy(given: Any) -> None:
    """Raise Refusal for what is no policy: a name, a market."""
    if not isinstance(given, Policy):
        raise Refusal("not_a_policy", value=given if isinstance(given, str) else type(given).__name__)


def policy(name: str) -> Policy:
    """Return a policy that ships with the kit.

    >>> policy("fanxing")
    Traceback (most recent call last):
    kit.text.Refusal: no policy 'fanxing'; there are: alliance, announced_autumn, august_2020, belts, fan_xing, \
fan_xing_credit_only, fan_xing_fee_only, fan_xing_whole, festival, providers, ten_billion, traffic
    """
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    if name not in names:
        raise Refusal("unknown", what=words("what.policy"), name=name, names=names)
    return load(FOLDER / f"{name}.toml")


def load(path: Path | str) -> Policy:
    """Read a policy file: ``base`` and, under each programme's name, the levers that differ.

    An unknown key, a lever outside its range or a wrong unit raises Refusal for the whole file.
    """
    path = Path(path)
    settings = read(path)
    base = settings.pop("base", None)
    try:
        start = policy(base) if base is not None else Policy(path.stem)
        unknown = [name for name in settings if name not in programmes()]
        if unknown:
            raise Refusal("unknown", what=words("what.programme"), name=unknown[0], names=list(programmes()))
        # A heading without levers is the programme as announced.
        present = {name: programmes()[name]() for name in settings} | dict(start.programmes)
        return Policy(path.stem, present).but(flat(settings))
    except Refusal as refusal:
        raise Refusal("file", file=path.name, why=refusal) from None


def read(path: Path) -> dict[str, Any]:
    """Read a TOML file; Refusal with the place of any error."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, OSError) as error:
        raise Refusal("file", file=path.name, why=getattr(error, "strerror", None) or error) from None


def flat(settings: dict[str, Any]) -> dict[str, Any]:
    """Turn ``{group: {field: value}}`` into ``{"group.field": value}``."""
    rows: dict[str, Any] = {}
    for group, fields in settings.items():
        if not isinstance(fields, dict):
            raise Refusal("no_levers", name=group)
        rows |= {f"{group}.{name}": value for name, value in fields.items()}
    return rows


def difference(left: Policy, right: Policy):
    """Return the levers in which two policies differ: one row is one lever.

    Columns: lever, left and right values (None where the programme does not exist).

    >>> difference(policy("fan_xing"), policy("fan_xing_whole")).values.tolist()
    [['fan_xing.reading', 'marginal', 'whole']]
    """
    import pandas as pd

    a, b = left.values(), right.values()
    names = [name for name in {**a, **b} if a.get(name) != b.get(name)]
    columns = {"lever": names, "left": [a.get(n) for n in names], "right": [b.get(n) for n in names]}
    return pd.DataFrame(columns, dtype=object)  # keeps None among numbers


def show(policy: Policy):
    """Return a policy as a table in the reader's words: one row is one lever."""
    import pandas as pd

    levers, values = policy.levers(), policy.values()
    return pd.DataFrame(
        {"lever": [label("lever", n) for n in values], "shown": [levers[n].show(v) for n, v in values.items()]}
    )
