"""Small changes of a C++ source, as somebody's slip would make them.

The sources are formatted, which is what makes reading by tokens enough: ` < ` with blanks compares, `vector<int>`
is a type; ` && ` joins conditions, `T&& x` is a reference.
"""
import dataclasses
import re

# A comment, a text, a character or an instruction of the preprocessor: nothing in them is changed.
OPAQUE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'|^[ \t]*#(?:[^\n\\]|\\.|\\\n)*',
    re.S | re.M)
COMPARED = {"<": ["<=", ">"], "<=": ["<", ">"], ">": [">=", "<"], ">=": [">", "<"], "==": ["!="], "!=": ["=="]}
JOINED = {"&&": "||", "||": "&&"}
COUNTED = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*"}
LEFT_ALONE = re.compile(r"^\s*(static_assert|template|using|namespace|QD_ASSERT)\b")
STATEMENT = re.compile(
    r"^(?P<indent>[ ]{2,})(?P<said>(?!return\b|using\b|case\b|default\b|delete\b|const\b|auto\b|static\b|constexpr\b|struct\b|enum\b|"
    r"public|private|throw\b|typedef\b|if\b|for\b|while\b|else\b|do\b|explicit\b|virtual\b)"
    r"(?:\+\+|--|\*)?[A-Za-z_][\w.:\->\[\]()*]*(?:\(.*\)| [-+|&*]?= .*|\+\+|--)?);$")
DECLARED = re.compile(r"^[A-Za-z_][\w:<>, ]*[\w>&*] [a-z_]\w*(\(|;|\{| =)")


@dataclasses.dataclass(frozen=True)
class Change:
    path: str
    line: int  # 1 is the first
    begin: int
    end: int
    text: str
    kind: str

    def applied(self, source):
        return source[:self.begin] + self.text + source[self.end:]

    def shown(self, source):
        first = source.rfind("\n", 0, self.begin) + 1
        last = source.find("\n", self.end)
        before = source[first:last].strip()
        after = (source[first:self.begin] + self.text + source[self.end:last]).strip()
        return " ".join(before.split()), " ".join(after.split())


def blanked(source):
    """The source with everything opaque overwritten, so that places stay what they are."""
    return OPAQUE.sub(lambda found: re.sub(r"[^\n]", "\x01", found.group(0)), source)


def matching(text, at, step, stops):
    """From `at`, over whole brackets, to the first of the stops or to a bracket that was not opened."""
    opened, closed = ("([{", ")]}") if step > 0 else (")]}", "([{")
    depth = 0
    while 0 <= at < len(text):
        if text[at] in opened:
            depth += 1
        elif text[at] in closed:
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0:
            for stop in stops:
                there = text.startswith(stop, at) if step > 0 else text.endswith(stop, 0, at + 1)
                if there:
                    return at
        at += step
    return at


def operators(text):
    for found in re.finditer(r"(?<= )(<=|>=|==|!=|<|>|&&|\|\||[-+*/%])(?=[ \n])", text):
        sign = found.group(1)
        for other in COMPARED.get(sign, []):
            yield found.start(), found.end(), other, "comparison"
        if sign in JOINED:
            yield found.start(), found.end(), JOINED[sign], "connective"
        if sign in COUNTED and text[found.start() - 2:found.start() - 1] not in "=,(<&|" and \
                not re.search(r"\breturn $", text[:found.start()][-8:]):
            yield found.start(), found.end(), COUNTED[sign], "arithmetic"


def dropped_conditions(text):
    """One side of && or ||: it no longer counts."""
    for found in re.finditer(r" (&&|\|\|)(?=[ \n])", text):
        neutral = "true" if found.group(1) == "&&" else "false"
        stops = ["&&", "||", ";", ",", "?", "return ", " = "]
        right = matching(text, found.end(), 1, ["&&", "||", ";", ",", "?", " : "])
        left = matching(text, found.start() - 1, -1, stops) + 1
        yield found.end() + 1, right, neutral, "dropped condition"
        yield left, found.start(), (" " if text[left - 1:left].isalpha() else "") + neutral, "dropped condition"


def branches(text):
    for found in re.finditer(r"\b(if|while) \(", text):
        end = matching(text, found.end(), 1, [])
        begin = found.end()
        inside = text[begin:end]
        if ";" in inside:
            begin += inside.rindex(";") + 1
            inside = text[begin:end]
        if re.search(r"[^=!<>]=[^=]", inside) or not inside.strip():
            continue  # declares what is asked
        yield begin, end, " false" if inside[0] == " " else "false", "branch never taken"
        if found.group(1) == "if":
            yield begin, end, " true" if inside[0] == " " else "true", "branch always taken"


def statements(text):
    place = 0
    for line in text.split("\n"):
        found = STATEMENT.match(line)
        if found and not DECLARED.match(found.group("said")) and found.group("said").count("(") == \
                found.group("said").count(")"):
            yield place + len(found.group("indent")), place + len(line) - 1, "(void)0", "dropped statement"
        place += len(line) + 1


def arguments(text):
    for found in re.finditer(r"(?<=[(,])( ?)([a-z_]\w*), ([a-z_]\w*)(?=[,)])", text):
        blank, one, other = found.groups()
        if one != other:
            yield found.start(), found.end(), f"{blank}{other}, {one}", "swapped arguments"


def constants(text):
    for found in re.finditer(r"(?<![\w.'])(\d+)(?![\w.'])", text):
        if text[:found.start()].endswith((") = ", ") const = ")):
            continue  # a pure virtual function
        number = int(found.group(1))
        yield found.start(), found.end(), str(number + 1), "constant"
        if number == 1:
            yield found.start(), found.end(), "0", "constant"
    for found in re.finditer(r"\b(true|false)\b", text):
        yield found.start(), found.end(), "false" if found.group(1) == "true" else "true", "constant"


MAKERS = [operators, dropped_conditions, branches, statements, arguments, constants]


def changes_of(path, source):
    """Every change this source can have; without those of lines that are no code."""
    text = blanked(source)
    ends = [at for at, letter in enumerate(source) if letter == "\n"]
    lines = source.split("\n")
    found = set()
    for maker in MAKERS:
        for begin, end, new, kind in maker(text):
            line = next((i for i, at in enumerate(ends) if at >= begin), len(ends))
            plain = "\x01" not in text[begin:end] or kind.startswith(("dropped", "branch"))
            if plain and begin < end and not LEFT_ALONE.match(lines[line]) and source[begin:end] != new:
                found.add(Change(path, line + 1, begin, end, new, kind))
    return sorted(found, key=lambda change: (change.begin, change.end, change.text))
