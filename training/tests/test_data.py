"""The reading of treebanks. Standard library only: `python3 -m unittest discover -s training/tests`."""
import gzip
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import data

# Invented sentences, in CoNLL-U with GUM's Entity= and in the IOB2 of Universal NER.
TREEBANK = """\
# sent_id = a-1
# text = Old Mali won't pay.
1\tOld\told\tADJ\tJJ\t_\t2\tamod\t_\tEntity=(1-place-giv:act-2
2\tMali\tMali\tPROPN\tNNP\t_\t5\tnsubj\t_\tEntity=1)
3-4\twon't\t_\t_\t_\t_\t_\t_\t_\t_
3\two\twill\tAUX\tMD\t_\t5\taux\t_\t_
4\tn't\tnot\tPART\tRB\t_\t5\tadvmod\t_\t_
5\tpay\tpay\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5.1\tpaid\tpay\tVERB\tVB\t_\t_\t_\t_\t_
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# sent_id = a-2
# text = Ann Lee met him
1\tAnn\tAnn\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(2-person-new-cf1-1
2\tLee\tLee\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=2)
3\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
4\thim\the\tPRON\tPRP\t_\t3\tobj\t_\tEntity=(3-person-giv-1)
"""
NAMES = """\
# sent_id = a-1
# text = Old Mali won't pay.
1\tOld\tO\t-\t-
2\tMali\tB-LOC\t-\t-
3\two\tB-OTH\t-\t-

# sent_id = a-2
1\tAnn\tB-PER\t-\t-
2\tLee\tI-PER\t-\t-
"""


class Treebanks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, text):
        path = self.folder / name
        path.write_bytes(gzip.compress(text.encode()))
        return path

    def sentences(self):
        return list(data.read_conllu(self.file("en_gum-train.conllu.gz", TREEBANK)))

    def test_ranges_and_empty_nodes_are_left_out(self):
        first, second = self.sentences()
        self.assertEqual(first.words, ["Old", "Mali", "wo", "n't", "pay", "."])
        self.assertEqual(first.heads, [2, 5, 5, 5, 0, 5])
        self.assertEqual((first.sent_id, first.text), ("a-1", "Old Mali won't pay."))
        self.assertEqual(second.deprels, ["nsubj", "flat", "root", "obj"])

    def test_a_last_sentence_without_an_empty_line_counts(self):
        self.assertEqual(len(list(data.read_conllu(self.file("x.gz", TREEBANK.rstrip("\n"))))), 2)

    def test_names_of_other_kinds_are_none(self):
        names = data.read_iob2(self.file("x.gz", NAMES))
        self.assertEqual(names["a-1"], (["Old", "Mali", "wo"], ["O", "B-LOC", "O"]))
        self.assertEqual(names["a-2"], (["Ann", "Lee"], ["B-PER", "I-PER"]))

    def test_entities_become_names_where_a_proper_noun_heads_them(self):
        first, second = self.sentences()
        self.assertEqual(data.gum_names(first), ["O", "B-LOC", "O", "O", "O", "O"])
        self.assertEqual(data.gum_names(second), ["B-PER", "I-PER", "O", "O"])

    def test_names_are_joined_to_sentences_of_the_same_length_only(self):
        self.file("en_ewt-dev.conllu.gz", TREEBANK)
        self.file("uner_ewt-dev.iob2.gz", NAMES)
        first, second = data.load(self.folder, "ewt", "dev")
        self.assertIsNone(first.names)
        self.assertIsNone(second.names)  # two of its four words have labels
        self.file("en_gum-dev.conllu.gz", TREEBANK)
        self.assertEqual(data.load(self.folder, "gum", "dev")[1].names[:2], ["B-PER", "I-PER"])


if __name__ == "__main__":
    unittest.main()
