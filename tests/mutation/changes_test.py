#!/usr/bin/env python3
"""What counts as a small bug: each kind is made where code is, and nowhere else."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools/mutation"))
from changes import changes_of  # noqa: E402
from run import survived_in, told_of  # noqa: E402


def kinds(code):
    return {(change.kind, change.applied(code)) for change in changes_of("a.cpp", code)}


class Changes(unittest.TestCase):
    def test_a_boundary_moves_and_turns(self):
        self.assertLessEqual({("comparison", "  x = a <= b;\n"), ("comparison", "  x = a > b;\n")}, kinds("  x = a < b;\n"))

    def test_a_condition_is_dropped_on_either_side(self):
        code = "  return is_there(a, b) && b != c;\n"
        made = kinds(code)
        self.assertIn(("dropped condition", "  return true && b != c;\n"), made)
        self.assertIn(("dropped condition", "  return is_there(a, b) && true;\n"), made)
        self.assertIn(("connective", "  return is_there(a, b) || b != c;\n"), made)

    def test_a_branch_is_never_or_always_taken(self):
        made = kinds("  if (a.empty()) return b;\n")
        self.assertIn(("branch never taken", "  if (false) return b;\n"), made)
        self.assertIn(("branch always taken", "  if (true) return b;\n"), made)

    def test_a_branch_that_declares_what_it_asks_is_left(self):
        self.assertFalse([one for one in kinds("  if (const auto a = f()) return b;\n") if "branch" in one[0]])

    def test_a_statement_is_dropped_but_no_declaration(self):
        self.assertIn(("dropped statement", "  (void)0;\n"), kinds("  list.push_back(x);\n"))
        self.assertFalse([one for one in kinds("  std::string name(const Fact& fact);\n") if "statement" in one[0]])

    def test_arguments_change_places_and_constants_by_one(self):
        made = kinds("  f(first, second, 91);\n")
        self.assertIn(("swapped arguments", "  f(second, first, 91);\n"), made)
        self.assertIn(("constant", "  f(first, second, 92);\n"), made)

    def test_types_references_texts_and_comments_are_no_code(self):
        for code in ("#include <a>\n", "// a < b && c\n", '  const char* a = "x && y == 1";\n',
                     "  std::vector<int> a;\n", "  void f(T&& a);\n", "  virtual int f() const = 0;\n"):
            self.assertFalse(kinds(code), code)


class Again(unittest.TestCase):
    def test_survivors_are_found_again_wherever_their_line_is_now(self):
        report = ("[1/2, 3 min] SURVIVED core/a.hpp:7: constant: x = 0;  =>  x = 1;\n"
                  "[2/2, 4 min] unit.a noticed core/b.cpp:9: comparison: a < b  =>  a > b\n"
                  "\nmutate: 1 of 2 noticed (50.0 %), seed 1; 0 drawn are known to change nothing\n"
                  "  survived: core/a.hpp:7: constant: x = 0;  =>  x = 1;\n")
        self.assertEqual({told_of("core/a.hpp", "constant", "x = 0;", "x = 1;")}, survived_in(report))


if __name__ == "__main__":
    unittest.main()
