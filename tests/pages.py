"""Markdown pages as programs: their fenced blocks, run in order, with what they say comes out.

What a fence holds is told by its language. `python` and `sql` are run, all of a page in one namespace and
one DuckDB connection; a `text` fence right behind is what they print. In `console`, lines after `$ ` are run
by bash and the other lines are what they print; `...` stands for any further lines. Any other language is a
file where the line before ends in its path (`` `like/this.toml`: ``), and an illustration where not. A
comment `<!-- not run: why -->` before a fence leaves it alone.

With DATELINE_WRITE_PAGES=1 what comes out is written into the page, and the test fails once to say so.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part in ("data", "var") for part in path.relative_to(ROOT).parts)
    and path.parent.parent != ROOT / "seeds/newsroom"
    and path.parent != ROOT / "seeds/newsroom"
    and ROOT / "seeds/newsroom" not in path.parents
)
"""Every page for people; the stories of the sample newsroom are Markdown too, and none."""

_FENCE = re.compile(
    r"(?P<skip><!-- not run: [^\n]*-->\n)?^(?P<ticks>```+)(?P<language>[^\n`]*)\n(?P<code>.*?)^(?P=ticks)$",
    re.M | re.S,
)
_NAMED_FILE = re.compile(r"`([\w./-]+/[\w.-]+\.\w+)`:\s*\Z")


@dataclass(frozen=True)
class Block:
    """One fence of a page; `start` and `end` are where its code stands in the page's text."""

    language: str
    code: str
    start: int
    end: int
    line: int
    skipped: bool
    follows: bool
    """Whether nothing but blank lines stands between the fence before and this one."""
    file: str | None
    """The path at the end of the line before."""


def blocks(text: str) -> list[Block]:
    """The fences of a page, in order."""
    made: list[Block] = []
    last = 0
    for found in _FENCE.finditer(text):
        file = _NAMED_FILE.search(text, last, found.start())
        made.append(
            Block(
                language=found["language"].strip(),
                code=found["code"],
                start=found.start("code"),
                end=found.end("code"),
                line=text.count("\n", 0, found.start("ticks")) + 1,
                skipped=found["skip"] is not None,
                follows=bool(made) and not text[last : found.start()].strip(),
                file=file[1] if file else None,
            )
        )
        last = found.end()
    return made


def functions(path: Path) -> dict[str, Any]:
    """The functions that a page defines, with its imports, for tests that ask more of them than the page."""
    names: dict[str, Any] = {"__name__": "page"}
    shown = blocks(path.read_text("utf-8"))
    trees = [ast.parse(block.code) for block in shown if block.language == "python" and not block.skipped]
    for kinds in ((ast.Import, ast.ImportFrom), (ast.FunctionDef,)):
        body: list[ast.stmt] = [node for tree in trees for node in tree.body if isinstance(node, kinds)]
        exec(compile(ast.Module(body, []), path.name, "exec"), names)
    return names


@dataclass
class Page:
    """A page that is being run.

    Args:
        path: the page.
        folder: what its commands and relative paths start from.
        environment: variables of its commands, beside the present ones.
        names: what its Python starts with; holds what it defined afterwards.
        other: words of its commands and what stands for them here (a port, say).
    """

    path: Path
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)

    def run(self) -> list[str]:
        """Run every block.

        Returns:
            What came out otherwise than the page says, with the number of the line.
        """
        import duckdb

        text = self.path.read_text("utf-8")
        self.names.setdefault("__name__", "page")
        found = blocks(text)
        wrong: list[str] = []
        new: list[tuple[Block, str]] = []
        with duckdb.connect() as connection, contextlib.chdir(self.folder):
            for place, block in enumerate(found):
                after = found[place + 1] if place + 1 < len(found) else None
                shown = after if after and after.follows and after.language == "text" else None
                for target, old, out in self._run(block, shown, connection):
                    if not _same(old, out):
                        wrong.append(f"{self.path.name}:{target.line}: says\n{old}\nand comes out as\n{out}")
                        new.append((target, out))
        if new and os.environ.get("DATELINE_WRITE_PAGES"):
            for target, out in reversed(new):
                text = text[: target.start] + out + text[target.end :]
            self.path.write_text(text, encoding="utf-8")
        return wrong

    def _run(self, block: Block, shown: Block | None, connection: Any) -> list[tuple[Block, str, str]]:
        """(block, what it says, what came out) of the output that a block has, in the page's words."""
        if block.skipped:
            return []
        if block.language == "console":
            return [(block, block.code, self._console(block))]
        if block.language in ("python", "sql"):
            run = self._python if block.language == "python" else self._sql
            out = _tidy(run(block, connection))
            return [(shown, shown.code, out)] if shown else []
        if block.file:
            target = self.folder / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.code, encoding="utf-8")
        return []

    def _python(self, block: Block, _: Any) -> str:
        out = io.StringIO()
        # Blank lines before it, so that an error names the line of the page.
        code = compile("\n" * block.line + block.code, str(self.path), "exec")
        with contextlib.redirect_stdout(out):
            exec(code, self.names)
        return out.getvalue()

    def _sql(self, block: Block, connection: Any) -> str:
        relation = connection.sql(block.code)
        return str(relation) if relation is not None else ""

    def _console(self, block: Block) -> str:
        """The block as it would look with what its commands print."""
        parts: list[str] = []
        for command, said in _commands(block.code):
            code, out = self._bash(command)
            # A command whose output is not shown may say what it likes, but has to work.
            if not said and code:
                out += f"exit code {code}\n"
            elif not said or _same(said, out):
                out = said
            parts.append("$ " + command.replace("\n", "\n> ") + "\n" + out)
        return "".join(parts)

    def _bash(self, command: str) -> tuple[int, str]:
        """Exit code and output of a command, with the variables that earlier ones exported.

        What goes to standard error counts only where the command fails: progress depends on time.
        """
        for word, here in self.other.items():
            command = command.replace(word, here)
        kept = self.folder / ".exported"
        done = subprocess.run(
            ["bash", "-c", f"[ -f {kept} ] && . {kept}\n{command}\ncode=$?; export -p > {kept}; exit $code"],
            cwd=self.folder,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
            | self.environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=300,
            check=False,
        )
        out = done.stdout + done.stderr if done.returncode else done.stdout
        return done.returncode, _tidy(out.decode())


def _commands(code: str) -> list[tuple[str, str]]:
    """(command, what is said to come out); a command goes on in lines that start with `> `."""
    made: list[tuple[str, str]] = []
    for line in code.splitlines():
        if line.startswith("$ "):
            made.append((line[2:], ""))
        elif line.startswith("> ") and made and not made[-1][1]:
            made[-1] = (made[-1][0] + "\n" + line[2:], "")
        elif made:
            made[-1] = (made[-1][0], made[-1][1] + line + "\n")
    return made


def _same(said: str, out: str) -> bool:
    """Whether the output is what is said: `...` stands for any lines, and times taken don't count."""
    said, out = (re.sub(r"\b\d+\.\d+ ?s\b", "0.1 s", text) for text in (said, out))
    if said == out:
        return True
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", said, flags=re.M)]
    return len(parts) > 1 and re.fullmatch("(?:.*\n)*".join(parts), out) is not None


def _tidy(out: str) -> str:
    """Without blanks at the ends of lines, blank first and last lines; a line end at its end."""
    text = "\n".join(line.rstrip() for line in out.splitlines()).strip("\n")
    return text + "\n" if text else ""
