// Pictures of pages, made small: at most 256 colours, packed as tightly as zlib can.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const COLOURS = 256;

/** A picture in fewer colours. Takes PNG as Chromium writes it: 8 bits a channel, RGB or RGBA, not interlaced. */
export function smaller(png) {
  const { width, height, channels, pixels } = decode(png);
  const seen = new Map();
  const keys = new Uint32Array(width * height);
  for (let i = 0, at = 0; i < keys.length; i += 1, at += channels) {
    keys[i] = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    seen.set(keys[i], (seen.get(keys[i]) ?? 0) + 1);
  }
  const palette = choose(seen);
  const nearest = new Map();
  for (const colour of seen.keys()) nearest.set(colour, near(palette, colour));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + x + 1] = nearest.get(keys[y * width + x]);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The colours that are seen most, none so near to one before it that the eye would not tell them apart. */
function choose(seen) {
  const byUse = [...seen].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const palette = [];
  for (const apart of [192, 0]) {
    for (const colour of byUse) {
      if (palette.length === COLOURS) return palette;
      if (palette.every((other) => distance(other, colour) > apart)) palette.push(colour);
    }
  }
  return palette;
}

const distance = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;

function near(palette, colour) {
  let best = 0;
  for (let i = 1; i < palette.length; i += 1) {
    if (distance(palette[i], colour) < distance(palette[best], colour)) best = i;
  }
  return best;
}

function chunk(kind, body) {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), body]);
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.set(named, 4);
  out.writeUInt32BE(crc(named), body.length + 8);
  return out;
}

function crc(bytes) {
  if (crc32) return crc32(bytes);
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}

function decode(png) {
  const packed = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const kind = png.toString("latin1", at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (kind === "IHDR") {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      channels = { 2: 3, 6: 4 }[body[9]];
      if (body[8] !== 8 || !channels || body[12]) throw new Error("another PNG than Chromium writes");
    } else if (kind === "IDAT") packed.push(body);
  }
  const rows = inflateSync(Buffer.concat(packed));
  return { width, height, channels, pixels: unfilter(rows, width * channels, height, channels) };
}

// Each row begins with the number of what was subtracted from it (PNG specification, 9).
function unfilter(rows, stride, height, channels) {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const kind = rows[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= channels ? out[at - channels] : 0;
      const up = y > 0 ? out[at - stride] : 0;
      const corner = x >= channels && y > 0 ? out[at - stride - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind];
      out[at] = rows[y * (stride + 1) + x + 1] + guess;
    }
  }
  return out;
}

function paeth(left, up, corner) {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs);
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
