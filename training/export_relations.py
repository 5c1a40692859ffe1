#!/usr/bin/env python3
"""Turn trained weights into the files that readout loads: int8 ONNX, labels, hashes.

    export_relations.py --run run/ [run2/ …] --out ../models/relations

The network takes `hidden` f32 [B,L,384], `marks` i32 [B,L] and `mask` f32 [B,L] and gives `scores` f32 [B,16]. Of
several runs the one given first is written; averaging is done by training.
"""
import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from relations import TYPES
from train_relations import Relation

FILES = ("relations.onnx", "labels.json")


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--run", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--temperature", type=float, default=1.0)
    args = ap.parse_args()
    out = Path(args.out)
    saved = torch.load(Path(args.run) / "relations.pt")
    model = Relation(saved["args"]["layers"])
    model.load_state_dict(saved["state"])
    model.eval()
    hidden, marks = torch.randn(2, 5, 384), torch.tensor([[0, 1, 0, 2, 0], [0, 1, 2, 0, 0]], dtype=torch.int32)
    with tempfile.TemporaryDirectory() as tmp:
        plain = Path(tmp) / "plain.onnx"
        torch.onnx.export(model, (hidden, marks, torch.ones(2, 5)), str(plain), dynamo=False, opset_version=17,
                          input_names=["hidden", "marks", "mask"], output_names=["scores"],
                          dynamic_axes={k: {0: "b", 1: "l"} for k in ("hidden", "marks", "mask")} | {"scores": {0: "b"}})
        quantize_dynamic(plain, out / FILES[0], per_channel=True, weight_type=QuantType.QInt8,
                         op_types_to_quantize=["MatMul"])
    (out / FILES[1]).write_text(json.dumps({"types": TYPES, "temperature": args.temperature}, indent=1) + "\n")
    sums = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}" for name in FILES]
    (out / "SHA256SUMS").write_text("\n".join(sums) + "\n")
    print("\n".join(sums))


if __name__ == "__main__":
    main()
