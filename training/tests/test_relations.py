"""The reading and the making of sentences to train relations on. Standard library only."""
import random
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import relations


def texts(sentence):
    return [sentence.text[a:b] for a, b in sentence.source], [sentence.text[a:b] for a, b in sentence.target]


class Marks(unittest.TestCase):
    def test_marks_become_spans(self):
        s = relations.marked("A raid by [Oman's navy] sank {two boats}.", "ASSAULT")
        self.assertEqual(s.text, "A raid by Oman's navy sank two boats.")
        self.assertEqual(texts(s), (["Oman's navy"], ["two boats"]))

    def test_marks_that_do_not_pair_are_refused(self):
        for line in ("[Oman left.", "Oman] left.", "No marks.", "[[Oman] left."):
            self.assertIsNone(relations.marked(line, "RETREAT"), line)

    def test_words_carry_the_mark_of_their_side(self):
        s = relations.marked("[Oman] didn't sue {Chad}.", "ACCUSE")
        self.assertEqual([w for w, _, _ in relations.words(s.text)], ["Oman", "did", "n't", "sue", "Chad", "."])
        self.assertEqual(relations.marks(s), [1, 0, 0, 0, 2, 0])


class Files(unittest.TestCase):
    def test_every_written_sentence_is_marked(self):
        for path in (relations.HERE / "written").glob("*.txt"):
            self.assertIn(path.stem.split("_")[0], relations.TYPES)
            for line in relations.lines(path):
                self.assertIsNotNone(relations.marked(line, "X"), f"{path.name}: {line}")

    def test_every_pattern_makes_sentences(self):
        patterns, rng = relations.Patterns(relations.Names()), random.Random(1)
        for kind in relations.TYPES:
            for _ in range(100):
                s = patterns.make(rng, kind)
                self.assertEqual(s.kind, kind)
                self.assertNotRegex(s.text, r"[<>|\[\]{}]")


class Swaps(unittest.TestCase):
    def test_a_country_is_replaced_throughout_and_the_spans_move_along(self):
        names, rng = relations.Names(), random.Random(2)
        s = names.swap(relations.marked("[Peru] said {Chile} held Peruvian boats; Peru was angry.", "ACCUSE"), rng)
        source, target = texts(s)
        self.assertGreaterEqual(s.text.count(source[0]), 2)
        self.assertNotIn("Peru ", s.text)
        self.assertEqual(len(target), 1)

    def test_a_side_of_another_sentence_takes_its_place(self):
        a = relations.marked("[Peru] sued {Chile}.", "ACCUSE")
        b = relations.marked("[The old mayor of Lima] met {monks}.", "CONSULT")
        s = relations.swapped_spans(a, b, random.Random(1))
        self.assertIn(texts(s), [(["The old mayor of Lima"], ["Chile"]), (["Peru"], ["monks"])])
        self.assertEqual(s.kind, "ACCUSE")


if __name__ == "__main__":
    unittest.main()
