#!/usr/bin/env python3
"""Train the classifier of relations on top of an encoder's lower layers.

    train_relations.py --out run/ [--base reader|sentence] [--keep 3] [--layers 3] [--minutes 25] [--dev FILE]
"""
import argparse
import json
import math
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import relations
from model import Encoder, Layer, shape_class
from relations import TYPES
from train_reader import encoder_folder, tokenizer

LONGEST = 160
INDEX = {k: i for i, k in enumerate(TYPES)}


class Relation(nn.Module):
    """Hidden vectors [B, L, 384], marks and mask [B, L] -> scores of the types [B, 16]."""

    def __init__(self, layers=3, d=384, drop=0.1):
        super().__init__()
        self.marks = nn.Embedding(4, d)
        nn.init.normal_(self.marks.weight, std=0.3)
        self.layers = nn.ModuleList(Layer(d, 12, 1536, drop) for _ in range(layers))
        self.mix = nn.Linear(3 * d, d)
        self.out = nn.Linear(d, len(TYPES))

    def pooled(self, x, chosen, mask):
        w = chosen * mask
        total = w.sum(1, keepdim=True)
        mean = (x * w[:, :, None]).sum(1) / total.clamp(min=1.0)
        return mean

    def forward(self, hidden, marks, mask):
        x = hidden + self.marks(marks)
        bias = (1.0 - mask)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        source = ((marks == 1) | (marks == 3)).to(x.dtype)
        target = (marks >= 2).to(x.dtype)
        v = torch.cat([self.pooled(x, source, mask), self.pooled(x, target, mask), x[:, 0]], -1)
        v = F.dropout(F.gelu(self.mix(v)), 0.2, self.training)
        return self.out(v)


def reader_encoder(folder):
    """The reader's encoder from its ONNX file, the weights back in floats."""
    import onnx
    from onnx import numpy_helper
    graph = onnx.load(Path(folder) / "reader.onnx").graph
    have = {t.name: numpy_helper.to_array(t) for t in graph.initializer}

    def weight(name):
        if name in have:
            return torch.tensor(have[name])
        whole, scale, zero = (have[name + end] for end in ("_quantized", "_scale", "_zero_point"))
        return torch.tensor((whole.astype(np.float32) - zero.astype(np.float32)) * scale)
    encoder = Encoder()
    state = {}
    for key, value in encoder.state_dict().items():
        name = "reader.encoder." + key
        if name in have or name + "_quantized" in have:
            state[key] = weight(name).reshape(value.shape)
    # The export renames the weights of linear layers: they are found by the node that multiplies with them.
    for node in graph.node:
        parts = node.name.split("/")
        if node.op_type == "MatMulInteger" and "encoder" in parts and parts[-2] in ("q", "k", "v", "o", "up", "down"):
            key = f"{parts[-3]}.{parts[-2]}.weight"
            state[key] = weight(node.input[1].removesuffix("_quantized")).T.contiguous()
    encoder.load_state_dict(state)
    return encoder


def encode(tok, s):
    found = relations.words(s.text)
    mark = relations.marks(s)
    ids, shapes, marks = [101], [0], [0]
    for (word, _, _), encoded, m in zip(found, tok.encode_batch([w for w, _, _ in found], add_special_tokens=False), mark):
        got = encoded.ids or [100]
        ids += got
        shapes += [shape_class(word)] * len(got)
        marks += [m] * len(got)
    if len(ids) >= LONGEST:
        ids, shapes, marks = ids[:LONGEST - 1], shapes[:LONGEST - 1], marks[:LONGEST - 1]
    return {"ids": ids + [102], "shapes": shapes + [0], "marks": marks + [0], "kind": INDEX.get(s.kind, -100)}


def batches(items, pieces, rng):
    order = list(range(len(items)))
    rng.shuffle(order)
    order.sort(key=lambda i: len(items[i]["ids"]) // 4)
    out, batch, width = [], [], 0
    for i in order:
        width = max(width, len(items[i]["ids"]))
        if batch and width * (len(batch) + 1) > pieces:
            out.append(batch)
            batch, width = [], len(items[i]["ids"])
        batch.append(i)
    out.append(batch)
    rng.shuffle(out)
    return out


def collate(items):
    width = max(len(x["ids"]) for x in items)
    pad = lambda key: torch.tensor([x[key] + [0] * (width - len(x[key])) for x in items])
    mask = torch.tensor([[1.0] * len(x["ids"]) + [0.0] * (width - len(x["ids"])) for x in items])
    return pad("ids"), pad("shapes"), pad("marks"), mask, torch.tensor([x["kind"] for x in items])


def lower(encoder, keep, shapes_on, ids, shapes, mask):
    place = torch.arange(ids.shape[1])
    x = encoder.words(ids) + encoder.positions(place) + encoder.kind
    if shapes_on:
        x = x + encoder.shapes(shapes)
    x = encoder.norm(x)
    bias = (1.0 - mask)[:, None, None, :] * -10000.0
    for layer in encoder.layers[:keep]:
        x = layer(x, bias)
    return x


def epoch_items(tok, sentences, patterns, names, count, rng):
    """Sentences of one epoch: the written ones, changed at random, and `count` from patterns."""
    out = []
    for s in sentences:
        if rng.random() < 0.4:
            s = names.swap(s, rng)
        if rng.random() < 0.12:
            s = relations.swapped_spans(s, rng.choice(sentences), rng)
        out.append(s)
    for i in range(count):
        out.append(patterns.make(rng, TYPES[i % len(TYPES)]))
    return [encode(tok, s) for s in out]


QUAD = {t: q for q, ts in {1: "AGREE CONSULT SUPPORT", 2: "COOPERATE AID YIELD", 3: "REQUEST ACCUSE REJECT THREATEN",
                           4: "PROTEST MOBILIZE SANCTION COERCE ASSAULT"}.items() for t in ts.split()}
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def macro(pairs):
    labels = sorted({g for g, _ in pairs})
    f = []
    for c in labels:
        tp = sum(g == c == p for g, p in pairs)
        wrong = sum((g == c) != (p == c) for g, p in pairs)
        f.append(2 * tp / (2 * tp + wrong) if tp else 0.0)
    return 100 * sum(f) / len(f)


def figures(gold, pred):
    root = [(MERGED.get(g, g), MERGED.get(p, p)) for g, p in zip(gold, pred)]
    quad = [(QUAD[g], QUAD[p]) for g, p in root]
    binary = [((g + 1) // 2, (p + 1) // 2) for g, p in quad]
    return [round(macro(x), 1) for x in (binary, quad, root)]


def predict(model, encoder, keep, shapes_on, items):
    scores = [None] * len(items)
    rng = random.Random(0)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for batch in batches(items, 2000, rng):
            ids, shapes, marks, mask, _ = collate([items[i] for i in batch])
            out = model(lower(encoder, keep, shapes_on, ids, shapes, mask), marks, mask).float()
            for i, row in zip(batch, out):
                scores[i] = row
    return torch.stack(scores)


def dev_set(path):
    out = []
    for d in map(json.loads, open(path, encoding="utf-8")):
        out.append(relations.Sentence(d["text"], [tuple(x) for x in d["source"]], [tuple(x) for x in d["target"]],
                                      d["type"], d["id"]))
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--out", required=True)
    ap.add_argument("--base", choices=["reader", "sentence"], default="sentence")
    ap.add_argument("--top", choices=["reader", "sentence"], default="sentence")
    ap.add_argument("--keep", type=int, default=3)
    ap.add_argument("--layers", type=int, default=3)
    ap.add_argument("--minutes", type=float, default=20)
    ap.add_argument("--epochs", type=float, default=6)
    ap.add_argument("--made", type=int, default=3000)
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--start", help="a run to go on from, instead of the encoder's own upper layers")
    ap.add_argument("--dev")
    ap.add_argument("--hold", type=float, default=0.0, help="share of the written sentences held out to measure on")
    args = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    tok = tokenizer()
    names = relations.Names()
    patterns = relations.Patterns(names)
    sentences = relations.written()
    print(len(sentences), "written", Counter(s.kind for s in sentences), len(patterns.patterns), "patterns", flush=True)
    sentence_encoder = Encoder()
    sentence_encoder.load_bert(encoder_folder() / "model.safetensors")
    reader = reader_encoder(Path(__file__).parent.parent / "models" / "en")
    encoders = {"reader": reader, "sentence": sentence_encoder}
    encoder, shapes_on = encoders[args.base].eval(), args.base == "reader"
    for p in encoder.parameters():
        p.requires_grad_(False)
    model = Relation(args.layers)
    first = 6 - args.layers
    for layer, given in zip(model.layers, encoders[args.top].layers[first:]):
        layer.load_state_dict(given.state_dict())
    if args.start:
        model.load_state_dict(torch.load(Path(args.start) / "relations.pt")["state"])
    held = []
    if args.hold:
        order = list(range(len(sentences)))
        random.Random(0).shuffle(order)
        cut = int(len(order) * args.hold)
        held = [sentences[i] for i in order[:cut]]
        sentences = [sentences[i] for i in order[cut:]]
    held_items = [encode(tok, s) for s in held]
    dev = dev_set(args.dev) if args.dev else []
    dev_items = [encode(tok, s) for s in dev]
    upper = list(model.layers.parameters())
    rest = [p for n, p in model.named_parameters() if not n.startswith("layers.")]
    opt = torch.optim.AdamW([{"params": upper, "lr": args.rate}, {"params": rest, "lr": 5 * args.rate}],
                            weight_decay=0.01, betas=(0.9, 0.98))
    total = (len(sentences) + args.made) * args.epochs
    seen, step, start = 0, 0, time.time()
    average = {k: v.clone() for k, v in model.state_dict().items()}
    epoch = 0
    while seen < total and time.time() - start < args.minutes * 60:
        epoch += 1
        items = epoch_items(tok, sentences, patterns, names, args.made, rng)
        counts = Counter(x["kind"] for x in items)
        weight = torch.tensor([(len(items) / (16 * max(counts[i], 1))) ** 0.5 for i in range(16)])
        model.train()
        losses = []
        for batch in batches(items, 900, rng):
            done = max(seen / total, (time.time() - start) / (args.minutes * 60))
            scale = min(1.0, (step + 1) / 100) * max(0.02, 1 - done)
            for g, base in zip(opt.param_groups, (args.rate, 5 * args.rate)):
                g["lr"] = base * scale
            ids, shapes, marks, mask, kinds = collate([items[i] for i in batch])
            with torch.autocast("cpu", torch.bfloat16):
                with torch.no_grad():
                    hidden = lower(encoder, args.keep, shapes_on, ids, shapes, mask)
                scores = model(hidden, marks, mask)
            loss = F.cross_entropy(scores.float(), kinds, weight=weight, label_smoothing=0.1)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            step += 1
            seen += len(batch)
            losses.append(loss.item())
            decay = min(0.995, step / (step + 20))
            for k, v in model.state_dict().items():
                average[k].mul_(decay).add_(v, alpha=1 - decay)
            if seen >= total or time.time() - start > args.minutes * 60:
                break
        now = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        model.eval()
        line = {"epoch": epoch, "seconds": round(time.time() - start), "loss": round(sum(losses) / len(losses), 3)}
        if held:
            got = predict(model, encoder, args.keep, shapes_on, held_items).argmax(-1)
            line["held"] = figures([s.kind for s in held], [TYPES[i] for i in got])
        if dev:
            scores = predict(model, encoder, args.keep, shapes_on, dev_items)
            torch.save(scores, out / "dev_scores.pt")
            line["dev"] = figures([s.kind for s in dev], [TYPES[i] for i in scores.argmax(-1)])
        print(json.dumps(line), flush=True)
        torch.save({"state": average, "args": vars(args)}, out / "relations.pt")
        model.load_state_dict(now)


if __name__ == "__main__":
    main()
