"""Finds the access checks in a module's syntax tree, and writes it anew with a switch at each.

A check becomes `what is left without it if _m.on(number) else the check`, so that one copy of the
source holds all mutants, and a process chooses one.
"""

import ast
from dataclasses import dataclass

QUESTIONS = {"has_perm", "permitted", "may_ever", "has_permission", "has_view_permission"}
QUESTIONS |= {"has_add_permission", "has_change_permission"}
# Attributes that say what an account or a record is: `{name: (kind, what it is without)}`.
MARKS = {
    "board_open": ("second step", "True"),
    "lacks_second_step": ("second step", "False"),
    "must_have_second_step": ("second step", "False"),
    "is_staff": ("roles", "True"),
    "is_active": ("sign-in", "True"),
    "may_sign_in": ("sign-in", "True"),
    "is_stray": ("sign-in", "False"),
    "sealed": ("seal", "False"),
}
# Functions of the seal, and what they give where it is taken out.
SEALS = {"has_seal": "False", "points_at_sealed": "[]", "refuse_sealed": "None"}
NARROWING = {"filter", "exclude", "get", "get_object_or_404", "Q"}
ME = ("request.user", "request.user.pk", "self.request.user")


@dataclass(frozen=True)
class Mutant:
    """One check that can be taken out. `where` is `module:function`."""

    number: int
    kind: str
    where: str
    what: str

    @property
    def name(self) -> str:
        return f"{self.where} · {self.kind} · {self.what}"


def called(node) -> str:
    """The last name of what is called."""
    return getattr(node.func, "attr", None) or getattr(node.func, "id", "")


def told(node) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:87]}…"


def expression(text, **nodes):
    """The syntax tree of an expression; its names given in `nodes` are put in."""

    class PutIn(ast.NodeTransformer):
        def visit_Name(self, node):
            return nodes.get(node.id, node)

    return PutIn().visit(ast.parse(text, mode="eval").body)


def without(call, keyword):
    """The call less one of its keywords."""
    kept = [each for each in call.keywords if each is not keyword]
    return ast.Call(call.func, call.args, kept)


class Finder(ast.NodeTransformer):
    """Puts a switch at each check of a module, and keeps them in `found`."""

    def __init__(self, module, first):
        self.module, self.next = module, first
        self.path, self.running = [], False
        self.found = []

    def switch(self, kind, node, instead, what=""):
        where = f"{self.module}:{'.'.join(self.path) or '-'}"
        mutant = Mutant(self.next, kind, where, self.once(where, kind, what or told(node)))
        self.next += 1
        self.found.append(mutant)
        if isinstance(instead, str):
            instead = expression(instead)
        return expression(
            f"instead if _m.on({mutant.number}) else node", instead=instead, node=node
        )

    def once(self, where, kind, what) -> str:
        """The same check a second time in one function has its number."""
        told = [each.what.rpartition(" #")[0] or each.what for each in self.of(where, kind)]
        return f"{what} #{told.count(what) + 1}" if what in told else what

    def of(self, where, kind):
        return [each for each in self.found if (each.where, each.kind) == (where, kind)]

    # Where we are

    def visit_ClassDef(self, node):
        if node.name == "Meta":
            return node
        self.path.append(node.name)
        node.body = [self.visit(each) for each in node.body]
        self.path.pop()
        return node

    def visit_FunctionDef(self, node):
        before, self.running = self.running, True
        self.path.append(node.name)
        node.body = [self.visit(each) for each in node.body]
        self.path.pop()
        self.running = before
        return self.policy(node)

    def visit_Lambda(self, node):
        before, self.running = self.running, True
        node.body = self.visit(node.body)
        self.running = before
        return node

    def visit_Assign(self, node):
        names = [each.id for each in node.targets if isinstance(each, ast.Name)]
        if names and names[0].endswith("GRAINS") and isinstance(node.value, ast.Dict):
            node.value.values = [
                self.grain(key, value)
                for key, value in zip(node.value.keys, node.value.values, strict=True)
            ]
            return node
        return self.generic_visit(node)

    def grain(self, key, value):
        if ast.unparse(value) in ("everything", "lambda viewer: Q(pk__isnull=False)"):
            return value
        what = f"{key.value}: {told(value)}"
        looked = self.visit(value)
        node = expression("value(viewer)", value=looked)
        body = self.switch("grain", node, "_m.everything(viewer)", what)
        return ast.Lambda(ast.parse("lambda viewer: 0", mode="eval").body.args, body)

    # The checks

    def policy(self, node):
        """What a predicate answers, and each part of it."""
        if not any("rules.predicate" in ast.unparse(each) for each in node.decorator_list):
            return node
        self.path.append(node.name)
        for each in node.body:
            if isinstance(each, ast.Return):
                each.value = self.parts(each.value)
        self.path.pop()
        return node

    def parts(self, value):
        if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.And):
            value.values = [self.switch("policy", each, "True") for each in value.values]
            return value
        return self.switch("policy", value, "True")

    def visit_Return(self, node):
        self.generic_visit(node)
        refuses = isinstance(node.value, ast.Constant) and node.value.value is False
        if refuses and self.path[-1].startswith("has_"):
            node.value = self.switch("rights", node.value, "True")
        return node

    def visit_comprehension(self, node):
        self.generic_visit(node)
        if self.module.endswith(".policies") and self.running:
            node.ifs = [self.switch("policy", each, "True") for each in node.ifs]
        return node

    def visit_If(self, node):
        """A refusal that none of the other checks stands before."""
        before = self.next
        node.test = self.visit(node.test)
        raised = [each.exc for each in node.body if isinstance(each, ast.Raise) and each.exc]
        if raised and self.next == before and "PermissionDenied" in ast.unparse(raised[0]):
            node.test = self.switch("rights", node.test, "False")
        for part in ("body", "orelse"):
            setattr(node, part, [self.visit(each) for each in getattr(node, part)])
        return node

    def visit_Call(self, node):
        bare = told(node)
        self.generic_visit(node)
        return self.call(node, called(node), bare) if self.running else node

    def call(self, node, name, bare):
        if name == "visible_to":
            return self.switch("rows", node, expression("seen.all()", seen=node.func.value), bare)
        if name == "visible" and len(node.args) == 2:
            rows = expression("_m.rows_of(model)", model=node.args[0])
            return self.switch("rows", node, rows, bare)
        if name == "filter" and self.path[-1] == "visible_to":
            return self.switch("rows", node, expression("seen.all()", seen=node.func.value), bare)
        if name in QUESTIONS and not bare.startswith("self.permitted("):
            return self.switch("rights", node, "True", bare)
        if name == "permit":
            return self.switch("rights", node, "None", bare)
        if name == "is_fresh":
            return self.switch("second step", node, "True", bare)
        if name in SEALS:
            return self.switch("seal", node, SEALS[name], bare)
        if bare.startswith("getattr(") and "'sealed'" in bare.rpartition("(")[2]:
            return self.switch("seal", node, "False", bare)
        return self.asked_of_viewer(node, name, bare)

    def asked_of_viewer(self, node, name, bare):
        viewers = isinstance(node.func, ast.Attribute) and "viewer" in ast.unparse(node.func.value)
        if name == "grains" and (viewers or self.path == ["Viewer", "namer"]):
            if self.path[-1] != "visible_to":
                return self.switch("sees", node, "_m.Whole()", bare)
        if viewers and name == "names" and len(node.args) == 2:
            return self.switch("named", node, "True", bare)
        if viewers and name == "namer":
            return self.switch("named", node, "_m.anybody", bare)
        if name == "Viewer" and not any(each.arg == "board_open" for each in node.keywords):
            opened = ast.keyword("board_open", ast.Constant(True))
            opened = ast.Call(node.func, node.args, [*node.keywords, opened])
            return self.switch("second step", node, opened, bare)
        if name in NARROWING:
            return self.narrowing(node, bare)
        return node

    def narrowing(self, node, bare):
        """Each condition that keeps rows from somebody: the seal, the scope, whose they are."""
        checks = [each for each in node.keywords if self.keeps(each, node)]
        whole = node
        for each in checks:
            what = f"{each.arg}={told(each.value)} of {bare}"
            whole = self.switch("condition", whole, without(node, each), what)
        return whole

    def keeps(self, keyword, node):
        """Not a condition that something is there, or is sealed: it hides nothing."""
        if not keyword.arg or keyword.arg.endswith("__isnull"):
            return False
        if told(keyword.value) == "True" or "_m.on" in ast.unparse(keyword.value):
            return False
        if self.module.endswith(".scopes") or "sealed" in keyword.arg:
            return True
        if self.path and self.path[-1].endswith("QuerySet"):
            return len(node.keywords) > 1
        return ast.unparse(keyword.value) in ME

    def visit_Attribute(self, node):
        bare = told(node)
        self.generic_visit(node)
        if not (self.running and isinstance(node.ctx, ast.Load) and node.attr in MARKS):
            return node
        kind, instead = MARKS[node.attr]
        return self.switch(kind, node, instead, bare)

    def visit_Compare(self, node):
        bare = told(node)
        self.generic_visit(node)
        if not self.running:
            return node
        if "BOARD_OPEN_SECONDS" in bare:
            return self.switch("second step", node, "True", bare)
        if ".expiry < " in bare:
            return self.switch("sign-in", node, "False", bare)
        if bare.endswith(".roles") and isinstance(node.ops[0], ast.In | ast.NotIn):
            instead = "True" if isinstance(node.ops[0], ast.In) else "False"
            return self.switch("roles", node, instead, bare)
        return node

    def visit_BinOp(self, node):
        bare = told(node)
        self.generic_visit(node)
        if not (self.running and isinstance(node.op, ast.BitAnd)):
            return node
        if ".roles" in (ast.unparse(node.left)[-6:], ast.unparse(node.right)[-6:]):
            side = node.right if ast.unparse(node.left).endswith(".roles") else node.left
            instead = expression("_m.Everybody() & side", side=side)
            return self.switch("roles", node, instead, bare)
        return node


def rewrite(source: str, module: str, first: int):
    """`(the source with its switches, the mutants in it)`."""
    tree = ast.parse(source)
    finder = Finder(module, first)
    tree = finder.visit(tree)
    if not finder.found:
        return source, []
    place = 1 if ast.get_docstring(tree) is not None else 0
    tree.body.insert(place, ast.parse("from tests.mutants import switch as _m").body[0])
    return ast.unparse(ast.fix_missing_locations(tree)), finder.found
