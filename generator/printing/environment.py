"""The Jinja environment of the record templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import material
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape
from markupsafe import _escape_inner as _escaped_text  # type: ignore[attr-defined]

from ..digests import read_sealed, write_sealed
from .assets import FOLDER

_MATERIAL = Path(material.__file__).parent / "templates"


def _escaped(value: Any) -> str:
    """
    The value as it stands in HTML.

    What markupsafe does, but for the mark that says so: what a template gives is joined to the page at once.
    """
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return _escaped_text(value)
    return str(value) if kind is int else escape(value)


def _macro(
    environment: jinja2.Environment,
    function: Any,
    name: str,
    arguments: list[str],
    *more: Any,
) -> Macro:
    """A macro whose function can be called as it is: what it is not given is what Jinja would give it then."""
    macro = Macro(environment, function, name, arguments, *more)
    caller = [environment.undefined("there is no caller", name="caller")] if macro.caller else []
    function.__defaults__ = (*[missing] * len(arguments), *caller)
    return macro


@dataclass(slots=True)
class _Loop:
    """Where a loop is."""

    index0: int = 0
    index: int = 0
    first: bool = True
    last: bool = True


def _looped(items: Iterable[Any], _: object) -> Iterator[tuple[Any, _Loop]]:
    """Each of some items, with what a template may ask for as `loop`: a part of what Jinja knows of a loop, in half of the time."""
    items, loop = tuple(items), _Loop()
    last = len(items)
    for number, item in enumerate(items, 1):
        loop.index0, loop.index, loop.first, loop.last = (
            number - 1,
            number,
            number == 1,
            number == last,
        )
        yield item, loop


class _Generator(CodeGenerator):
    """
    Makes templates quicker that show views, whose fields are attributes and whose macros are functions.

    Of all that Jinja would try for `a.b` and `f(x)`, only what Python does for the same is left. A page has
    some seven hundred of the one and a hundred of the other.
    """

    _shown: nodes.Call | None = None
    """The call of a macro whose result is being written to the page."""

    def __init__(self, *of: Any, **named: Any) -> None:
        super().__init__(*of, **named)
        self._files: set[str] = set()
        """What the files of macros are called that are imported so far."""
        self._macros: set[str] = set()
        """The macros so far."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("Macro = environment.macro")
        self.writeline("escape = environment.escaped")
        self.writeline("LoopContext = environment.looped")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """What a template shows is gathered in a list and joined, as that of a macro is: to yield each piece would take longer than to make it."""
        if frame.toplevel and frame.buffer is None:
            self.buffer(frame)
            super().blockvisit(nodes, frame)
            self.writeline(f"yield concat({frame.buffer})")
        else:
            super().blockvisit(nodes, frame)

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        """An `if` without an `else` gives nothing, and no object that stands for it."""
        super().visit_CondExpr(
            nodes.CondExpr(node.test, node.expr1, node.expr2 or nodes.Const("")), frame
        )

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Text and numbers beside each other are text: nothing that is HTML already is put together so."""
        self.write("concat((")
        for joined in node.nodes:
            self.write("str(")
            self.visit(joined, frame)
            self.write("), ")
        self.write("))")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """A template that is imported sees no variables of ours: it is the same for every page."""
        if isinstance(node, nodes.Import):
            self._files.add(node.target)
        self.write("environment.imported(")
        self.visit(node.template, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What a macro gives is HTML, and is joined to the page at once."""
        if isinstance(node, nodes.Call) and not node.kwargs and self._is_macro(node.node):
            self._shown = node
            self.write("(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:
        super().visit_Macro(node, frame)
        self._macros.add(node.name)

    def _is_macro(self, called: nodes.Expr) -> bool:
        """Whether what is called is a macro of this file, or of one that it imports: of these nothing else is called."""
        if isinstance(called, nodes.Getattr):
            return isinstance(called.node, nodes.Name) and called.node.name in self._files
        return isinstance(called, nodes.Name) and called.name in self._macros

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        self.write("._func(" if node is self._shown else "(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")


class Environment(jinja2.Environment):
    """Jinja's environment with quicker ways to escape, to call, to loop and to import."""

    code_generator_class = _Generator
    escaped = staticmethod(_escaped)
    looped = staticmethod(_looped)
    macro = staticmethod(_macro)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Those of the environment for every template: none has any of its own, and to join them would be done for each page."""
        assert d is None
        return self.globals

    @cached_property
    def imported(self) -> Callable[[str], TemplateModule]:
        """What a template of macros gives, by its name."""
        return cache(lambda name: self.get_template(name).module)

    @cached_property
    def once(self) -> Callable[..., Markup]:
        """What a macro gives for arguments that many pages have in common, made once: `once(macro, ...)` in a template."""
        return cache(lambda macro, *given: Markup(macro._func(*given)))


_known: dict[tuple[str, str], CodeType] = {}
"""What this process has compiled or read, by a template's name and source: a preview has many environments."""


class _Compiled(jinja2.BytecodeCache):
    """What templates are compiled to, in a folder for the next build. Nothing is run that is not, to the byte, what this program wrote."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _known.get((bucket.key, bucket.checksum))
        if bucket.code is None and self._folder:
            written = read_sealed(self._folder / bucket.key)
            if written:
                bucket.bytecode_from_string(written)  # if it is of this source

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        _known[bucket.key, bucket.checksum] = bucket.code
        if self._folder:
            write_sealed(self._folder / bucket.key, bucket.bytecode_to_string())


def environment(theme: Path, compiled: Path | None = None) -> jinja2.Environment:
    """
    Return the environment: our theme first, then Material's templates for its icons.

    `compiled` is a folder in which what templates are compiled to stays for the next build.

    `assets` in a template is the folder of style sheets and scripts, from the site's root, which who builds a site
    sets once it is known. Everything is escaped unless a view says it is HTML already, and a name that a view lacks is an
    error at once rather than a gap on the page.
    """
    env = Environment(
        loader=jinja2.FileSystemLoader([theme, _MATERIAL]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Compiled(compiled),
    )
    env.filters["href"] = _href
    env.globals["assets"] = FOLDER
    env.globals["once"] = env.once
    return env


@jinja2.pass_context
def _href(context: Context, path: str) -> str:
    """Turn an address relative to the site's root into one relative to the page."""
    root: Any = context["root"]
    return f"{root}{path}" or "./"
