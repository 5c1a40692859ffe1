#!/usr/bin/env python3
"""Turn trained weights into the file that readout loads: int8 ONNX, labels, and a hash.

    export_reader.py --run run/ --out ../models/en/ [--float]

Writes `reader.onnx` (dynamic per-channel int8 quantisation), `labels.json` and `vocab.txt`, and prints the
SHA-256 of each. The model takes `ids`, `shapes` i32 [B,L], `mask` f32 [B,L], `first` i32 [B,N] and gives
`upos`, `xpos` i32 [B,N], `names` f32 [B,N,7], `arcs` f32 [B,N,N+1] (head 0 is the root) and `labels` i32
[B,N,N+1], the best relation for each pair.
"""
import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from model import Reader
from train_reader import encoder_folder


class Exported(nn.Module):
    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def forward(self, ids, shapes, mask, first):
        out = self.reader(ids, shapes, mask, first.long())
        int32 = lambda t: t.argmax(-1).to(torch.int32)
        return int32(out["upos"]), int32(out["xpos"]), out["names"], out["arcs"], int32(out["labels"])


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--run", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--float", action="store_true", help="leave the weights in 32-bit floats")
    args = ap.parse_args()
    run, out = Path(args.run), Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    labels = json.loads((run / "labels.json").read_text())
    reader = Reader(*(len(labels[k]) for k in ("upos", "xpos", "deprels", "names")))
    reader.load_state_dict(torch.load(run / "reader.pt"))
    model = Exported(reader.eval()).eval()
    ids = torch.tensor([[101, 7592, 2088, 102], [101, 7592, 102, 0]], dtype=torch.int32)
    mask = torch.tensor([[1.0] * 4, [1.0, 1.0, 1.0, 0.0]])
    first = torch.tensor([[1, 2], [1, 0]], dtype=torch.int32)
    with tempfile.TemporaryDirectory() as tmp:
        plain = Path(tmp) / "plain.onnx"
        torch.onnx.export(
            model, (ids, ids % 10, mask, first), str(plain), dynamo=False, opset_version=17,
            input_names=["ids", "shapes", "mask", "first"],
            output_names=["upos", "xpos", "names", "arcs", "labels"],
            dynamic_axes={k: {0: "b", 1: "l"} for k in ("ids", "shapes", "mask")} | {"first": {0: "b", 1: "n"}}
            | {k: {0: "b", 1: "n"} for k in ("upos", "xpos", "names")}
            | {k: {0: "b", 1: "n", 2: "h"} for k in ("arcs", "labels")})
        target = out / "reader.onnx"
        if args.float:
            shutil.copy(plain, target)
        else:
            # The biaffine products of two activations have no weights to quantise; the arc weights are few.
            products = ("/reader/arcs/MatMul", "/reader/arcs/MatMul_1", "/reader/labels/MatMul_1")
            keep = [n.name for n in onnx.load(plain).graph.node if n.name in products]
            quantize_dynamic(plain, target, per_channel=True, weight_type=QuantType.QInt8,
                             op_types_to_quantize=["MatMul", "Gather"], nodes_to_exclude=keep)
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")
    shutil.copy(encoder_folder() / "vocab.txt", out / "vocab.txt")
    for name in ("reader.onnx", "labels.json", "vocab.txt"):
        data = (out / name).read_bytes()
        print(f"{hashlib.sha256(data).hexdigest()}  {name}  {len(data)} bytes")


if __name__ == "__main__":
    main()
