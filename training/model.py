"""The reader: a MiniLM encoder with heads for tags, dependency arcs and labels, and names.

Layout of the encoder after BERT (Devlin et al. 2019) and MiniLM (Wang et al. 2020); arcs and labels by
deep biaffine attention (Dozat and Manning 2017). A zero-initialised embedding of the written shape of
each word is added to the input, since the vocabulary is lower-cased.
"""
import math
import re

import torch
from torch import nn
from torch.nn import functional as F

SHAPES = 10


def shape_class(word):
    """Class of a word's written shape: 1 digits, 2 has a digit, 3 no letter, 4 lower, 5 UPPER,
    6 one upper letter, 7 Capitalised, 8 upper first and mixed, 9 the rest; 0 is kept for special pieces."""
    if word.isdigit():
        return 1
    if any(c.isdigit() for c in word):
        return 2
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 3
    if not any(c.isupper() for c in letters):
        return 4
    if all(c.isupper() for c in letters):
        return 5 if len(letters) > 1 else 6
    if word[0].isupper():
        return 7 if not any(c.isupper() for c in word[1:]) else 8
    return 9


class Layer(nn.Module):
    def __init__(self, d, heads, inner, drop):
        super().__init__()
        self.heads, self.drop = heads, drop
        self.q, self.k, self.v, self.o = (nn.Linear(d, d) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(d, eps=1e-12), nn.LayerNorm(d, eps=1e-12)
        self.up, self.down = nn.Linear(d, inner), nn.Linear(inner, d)

    def forward(self, x, bias):
        b, l, d = x.shape
        split = lambda t: t.view(b, l, self.heads, d // self.heads).transpose(1, 2)
        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        scores = q @ k.transpose(-1, -2) / math.sqrt(d // self.heads) + bias
        attended = F.dropout(scores.softmax(-1), self.drop, self.training) @ v
        attended = self.o(attended.transpose(1, 2).reshape(b, l, d))
        x = self.norm1(x + F.dropout(attended, self.drop, self.training))
        inner = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(inner, self.drop, self.training))


class Encoder(nn.Module):
    """Piece ids and shapes [B, L] -> vectors [B, L, 384]."""

    def __init__(self, vocab=30522, d=384, layers=6, heads=12, inner=1536, drop=0.1):
        super().__init__()
        self.words, self.positions = nn.Embedding(vocab, d), nn.Embedding(512, d)
        self.kind = nn.Parameter(torch.zeros(d))
        self.shapes = nn.Embedding(SHAPES, d)
        nn.init.zeros_(self.shapes.weight)
        self.norm, self.drop = nn.LayerNorm(d, eps=1e-12), drop
        self.layers = nn.ModuleList(Layer(d, heads, inner, drop) for _ in range(layers))

    def forward(self, ids, shapes, mask):
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(place) + self.kind + self.shapes(shapes)
        x = F.dropout(self.norm(x), self.drop, self.training)
        bias = (1.0 - mask)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_bert(self, path):
        """Take the weights of a BERT-shaped safetensors file."""
        from safetensors.torch import load_file
        w = {k.removeprefix("bert."): v for k, v in load_file(path).items()}
        state = {"words.weight": w["embeddings.word_embeddings.weight"],
                 "positions.weight": w["embeddings.position_embeddings.weight"],
                 "kind": w["embeddings.token_type_embeddings.weight"][0],
                 "norm.weight": w["embeddings.LayerNorm.weight"], "norm.bias": w["embeddings.LayerNorm.bias"],
                 "shapes.weight": self.shapes.weight.data}
        names = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
                 "o": "attention.output.dense", "norm1": "attention.output.LayerNorm",
                 "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
        for i in range(len(self.layers)):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    state[f"layers.{i}.{ours}.{part}"] = w[f"encoder.layer.{i}.{theirs}.{part}"]
        self.load_state_dict(state)


class Biaffine(nn.Module):
    """Dependents [B, N, D] and heads [B, H, D] -> scores [B, N, H, out], or [B, N, H] where out is 1."""

    def __init__(self, d, out):
        super().__init__()
        self.d, self.out = d, out
        self.weight = nn.Parameter(torch.zeros(d + 1, out * (d + 1)))

    def forward(self, dep, head):
        b, n, h = dep.shape[0], dep.shape[1], head.shape[1]
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        head = torch.cat([head, torch.ones_like(head[..., :1])], -1)
        x = dep @ self.weight
        if self.out == 1:
            return x @ head.transpose(1, 2)
        x = x.view(b, n * self.out, self.d + 1) @ head.transpose(1, 2)
        return x.view(b, n, self.out, h).transpose(2, 3)


class Reader(nn.Module):
    """Inputs: ids, shapes [B, L]; mask f32 [B, L]; first [B, N], the index of each word's first piece.

    Outputs as scores: upos, xpos, names, gum_names [B, N, C]; arcs [B, N, N+1], where head 0 is the root;
    labels [B, N, N+1, C].
    """

    def __init__(self, upos, xpos, deprels, names, d=384, arc=256, lab=128, drop=0.2):
        super().__init__()
        self.encoder = Encoder()
        self.root = nn.Parameter(torch.zeros(d))
        self.drop = drop
        self.upos, self.xpos = nn.Linear(d, upos), nn.Linear(d, xpos)
        self.names, self.gum_names = nn.Linear(d, names), nn.Linear(d, names)
        self.arc_dep, self.arc_head = nn.Linear(d, arc), nn.Linear(d, arc)
        self.lab_dep, self.lab_head = nn.Linear(d, lab), nn.Linear(d, lab)
        self.arcs, self.labels = Biaffine(arc, 1), Biaffine(lab, deprels)

    def words(self, ids, shapes, mask, first):
        x = self.encoder(ids, shapes, mask)
        x = torch.gather(x, 1, first[:, :, None].expand(-1, -1, x.shape[2]))
        return F.dropout(x, self.drop, self.training)

    def forward(self, ids, shapes, mask, first):
        x = self.words(ids, shapes, mask, first)
        with_root = torch.cat([self.root.expand(x.shape[0], 1, -1), x], 1)
        act = lambda layer, v: F.dropout(F.gelu(layer(v)), self.drop, self.training)
        arcs = self.arcs(act(self.arc_dep, x), act(self.arc_head, with_root))
        labels = self.labels(act(self.lab_dep, x), act(self.lab_head, with_root))
        return {"upos": self.upos(x), "xpos": self.xpos(x), "names": self.names(x),
                "gum_names": self.gum_names(x), "arcs": arcs, "labels": labels}
