#!/usr/bin/env python3
"""Hold the documents against the repository: links lead somewhere, and documented limits are those of the code.

Standard library only. Looks at Markdown files outside `target/` and hidden folders; web addresses are not followed.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)\s]+)\)")
LIMIT = re.compile(r"^\| `(?:Limits::)?(\w+)` \| ([\d_<> ]+?) \|", re.M)


def anchors(page):
    """The fragments of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", page, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def pages():
    hidden = lambda path: any(part.startswith(".") or part in ("target", "node_modules") for part in path.relative_to(ROOT).parts)
    return sorted(path for path in ROOT.rglob("*.md") if not hidden(path))


def bad_links():
    for path in pages():
        page = path.read_text(encoding="utf-8")
        for target in LINK.findall(page):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, fragment = target.partition("#")
            other = (path.parent / name).resolve() if name else path
            if not other.exists():
                yield f"{path.relative_to(ROOT)}: no such file: {target}"
            elif fragment and other.suffix == ".md" and fragment not in anchors(other.read_text(encoding="utf-8")):
                yield f"{path.relative_to(ROOT)}: no such heading: {target}"


def wrong_limits():
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("crates/*/src/**/*.rs")))
    shown = LIMIT.findall((ROOT / "docs/cli.md").read_text(encoding="utf-8"))
    if not shown:
        yield "docs/cli.md: no table of limits"
    for name, value in shown:
        found = re.findall(rf"\bconst {name}: \w+ = ([^;]+);", code) or re.findall(rf"^            {name}: ([^,]+),", code, re.M)
        if value not in [x.strip() for x in found]:
            yield f"docs/cli.md: limit {name} is {' or '.join(found) or 'nowhere'} in the code, {value} in the table"


def main():
    problems = [*bad_links(), *wrong_limits()]
    for problem in problems:
        print(problem)
    print(f"{len(pages())} pages, {len(problems)} problems")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
