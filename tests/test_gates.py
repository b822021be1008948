"""What no source of ours holds: each gate with a piece of code it stops."""

import ast
import re

import pytest

from tests.test_architecture import ROOT, name_of, sources

SENT = re.compile(
    r"request\.(GET|POST|FILES|COOKIES|META|headers|body|data|query_params)\b"
    r"|\b(initial|form|self)_?\.?data\b(?!base)"
)
# What comes from outside under these names, as far as one can see.
OUTSIDE = {"params", "query_params", "asked", "sent"}
STATEMENTS = {"execute", "executemany", "raw", "RawSQL", "extra", "executescript"}
SAFE = {"mark_safe", "SafeString", "SafeText", "SafeData"}
RUN = {"eval", "exec", "compile", "__import__"}
UNPACK = {"pickle", "cPickle", "marshal", "shelve", "dill", "jsonpickle", "yaml"}
# Views that take a write without the token of a form: their signed link is the proof.
WITHOUT_TOKEN = {"mails_off", "answer"}


def name_called(node) -> str:
    function = node.func
    return getattr(function, "attr", "") or getattr(function, "id", "")


def in_calls(tree):
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def has_reason(text, node) -> bool:
    """Whether a comment stands on one of the node's lines."""
    lines = text.splitlines()[node.lineno - 1 : node.end_lineno]
    return any(re.search(r"(^|\s)# \w", line) for line in lines)


def whole_models(tree, text):
    """A form or serializer that shows whatever its model has, or will have."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value == "__all__":
            yield node


def sent_as_keywords(tree, text):
    """A parameter's name made a field's or an argument's name."""
    for scope in ast.walk(tree):
        if isinstance(scope, ast.Module | ast.FunctionDef | ast.Lambda):
            names = names_sent(scope)
            for call in in_calls(scope):
                if any(is_sent(each, names) for each in expanded(call)):
                    yield call


def expanded(call):
    """What a call takes as `**…`, and as `*…` where it names columns."""
    yield from (each.value for each in call.keywords if each.arg is None)
    if name_called(call) in ("order_by", "values", "values_list", "only", "defer", "distinct"):
        yield from (each.value for each in call.args if isinstance(each, ast.Starred))


def names_sent(scope) -> set[str]:
    """The names in a function for what was sent, and for what was made of it."""
    arguments = getattr(scope, "args", None)
    given = {each.arg for each in arguments.args + arguments.kwonlyargs} if arguments else set()
    names = OUTSIDE & given
    for _again in range(3):
        for node in ast.walk(scope):
            if isinstance(node, ast.Assign) and is_sent(node.value, names):
                names |= {each.id for each in node.targets if isinstance(each, ast.Name)}
    return names


def is_sent(node, names) -> bool:
    """Whether it is what was sent, or that as a dict; what a form or function made of it is not."""
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.Call):
        function, first = node.func, node.args[:1]
        if name_called(node) in ("copy", "dict", "items", "lists", "deepcopy", "list", "tuple"):
            inner = function.value if isinstance(function, ast.Attribute) else None
            return any(is_sent(each, names) for each in (inner, *first) if each is not None)
        return False
    if isinstance(node, ast.Dict | ast.DictComp | ast.BinOp | ast.IfExp | ast.BoolOp):
        parts = list(ast.iter_child_nodes(node))
        parts += [each.iter for each in getattr(node, "generators", ())]
        return any(is_sent(each, names) for each in parts)
    return isinstance(node, ast.Attribute) and bool(SENT.fullmatch(ast.unparse(node)))


def marked_safe(tree, text):
    """Text given out as it is, or a pattern for HTML that is no constant, without a reason."""
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and name_called(node)
        named = {getattr(node, "id", ""), getattr(node, "attr", "")}
        loose = called in ("format_html", "format_html_join") and not is_constant(pattern_of(node))
        if (named & SAFE or loose) and not has_reason(text, node):
            yield node


def pattern_of(call):
    return call.args[1 if name_called(call) == "format_html_join" else 0]


def is_constant(node) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def made_sql(tree, text):
    """A statement that is not written out, without a reason."""
    for call in in_calls(tree):
        if name_called(call) in STATEMENTS and call.args:
            if not is_constant(call.args[0]) and not has_reason(text, call):
                yield call


def runs_text(tree, text):
    """Text run as a program, by Python or the shell."""
    for call in in_calls(tree):
        plain = isinstance(call.func, ast.Name) and call.func.id in RUN
        shell = any(each.arg == "shell" for each in call.keywords)
        if plain or shell or ast.unparse(call.func) in ("os.system", "os.popen"):
            yield call


def unpacks_objects(tree, text):
    """A format that makes objects while it is read."""
    for node in ast.walk(tree):
        modules = [each.name for each in getattr(node, "names", ()) if hasattr(each, "name")]
        modules.append(getattr(node, "module", None) or "")
        if isinstance(node, ast.Import | ast.ImportFrom):
            if {each.partition(".")[0] for each in modules} & UNPACK:
                yield node


def takes_without_token(tree, text):
    """A view that takes a write from any other site."""
    for node in ast.walk(tree):
        names = {getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", "")}
        names.add(getattr(getattr(node, "value", None), "id", ""))
        if "csrf_exempt" in names and not names & WITHOUT_TOKEN:
            yield node


GATES = {
    whole_models: [
        "class Meta:\n    fields = '__all__'",
    ],
    sent_as_keywords: [
        "def view(request):\n    return F.objects.filter(**request.GET)",
        "def view(request):\n    return F.objects.get(**request.GET.dict())",
        "def view(request):\n    asked = dict(request.POST.items())\n    F.objects.create(**asked)",
        "def add(self, request):\n    F(**request.data)",
        "def add(self, params):\n    return self.filter(**params)",
        "def add(self, params):\n    return self.filter(**{k: v for k, v in params.items()})",
        "def add(request):\n    return rows.order_by(*request.GET.lists())",
        "def add(request):\n    return Q(**{'a': 1, **request.query_params})",
    ],
    marked_safe: [
        "from django.utils.safestring import mark_safe\nmark_safe(name)",
        "safestring.mark_safe(name)",
        "format_html(f'<b>{name}</b>')",
        "format_html_join(', ', '<b>' + name, rows)",
    ],
    made_sql: [
        "cursor.execute(f'SELECT {name}')",
        "cursor.execute('SELECT %s' % name)",
        "F.objects.raw('SELECT ' + name)",
        "RawSQL(text, [])",
        "rows.extra({'a': name})",
    ],
    runs_text: [
        "eval(name)",
        "exec(name)",
        "subprocess.run(name, shell=True)",
        "os.system(name)",
        "__import__(name)",
    ],
    unpacks_objects: [
        "import pickle",
        "from yaml import load",
        "import yaml",
        "from marshal import loads",
    ],
    takes_without_token: [
        "from django.views.decorators.csrf import csrf_exempt",
        "csrf_exempt(view)",
        "view.csrf_exempt = True",
        "@csrf.csrf_exempt\ndef view(request): pass",
    ],
}
GOOD = """
__all__ = ["A"]
def view(request, params, form):
    asked = request.GET.copy()
    selection = listing.select(request.viewer, asked)
    values = form.verb_values()
    workflow.add(**values, **self.act())
    name = request.GET.get("name", "")
    rows.filter(name=name).order_by(*selection.keys)
    cursor.execute("SELECT 1")
    cursor.execute(f"SELECT {column}")  # a column's own name
    format_html('<a href="{}">{}</a>', there, name)
    mark_safe(svg)  # made here of numbers
"""
TEMPLATE = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")


@pytest.mark.parametrize("gate", GATES)
def test_gate_is_shut(gate):
    passed = [
        f"{name_of(path)}:{node.lineno}"
        for path, tree in sources().items()
        for node in gate(tree, path.read_text())
    ]

    assert passed == []


@pytest.mark.parametrize(("gate", "code"), [(gate, each) for gate in GATES for each in GATES[gate]])
def test_gate_stops(gate, code):
    assert list(gate(ast.parse(code), code)) != []


@pytest.mark.parametrize("gate", GATES)
def test_gate_lets_good_code_pass(gate):
    assert list(gate(ast.parse(GOOD), GOOD)) == []


def loose_lines(text) -> list[str]:
    """The lines of a template that give a value out as it is, without a reason."""
    return [line for line in text.splitlines() if TEMPLATE.search(line) and "{#" not in line]


def test_templates_escape_what_they_show():
    """But for plain mails: there is no HTML in them."""
    passed = {
        name_of(path): loose
        for path in (ROOT / "templates").rglob("*")
        if path.suffix not in ("", ".txt") and (loose := loose_lines(path.read_text()))
    }

    assert passed == {}


def test_template_gate_stops_what_is_shown_as_it_is():
    stopped = ["{{ note|safe }}", "{{ a | safe }}", "{% autoescape off %}", "{{ a|safeseq|join }}"]

    assert loose_lines("\n".join(stopped)) == stopped
    assert loose_lines("{{ svg|safe }}{# made here of numbers #}\n{{ a|safely }}") == []
