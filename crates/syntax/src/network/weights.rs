//! Weights from an ONNX file by the names that `training/export_reader.py` gives them.

use std::cell::RefCell;
use std::collections::HashMap;

use rten_onnx::onnx::{ModelProto, TensorProto};

/// The tensors of a file by name.
pub(crate) struct Weights {
    tensors: HashMap<String, TensorProto>,
    /// The quantised weights of each product by the product's name.
    products: HashMap<String, String>,
}

/// A matrix of 8-bit weights, rows by columns, with the scale of each column.
pub(crate) struct Quantised {
    pub values: Vec<i8>,
    pub rows: usize,
    pub scales: Vec<f32>,
}

/// A table of vectors.
pub(crate) struct Table {
    /// 8-bit values, one vector after the other.
    values: Vec<u8>,
    width: usize,
    scale: f32,
    zero: f32,
}

impl Table {
    /// Adds vector `i` to `out`; nothing where there is none.
    pub fn add(&self, i: i32, out: &mut [f32]) {
        let at = usize::try_from(i).unwrap_or(0) * self.width;
        let row = self.values.get(at..at + self.width).unwrap_or_default();
        out.iter_mut().zip(row).for_each(|(x, &v)| *x += (f32::from(v) - self.zero) * self.scale);
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.values.len() / self.width.max(1)
    }
}

impl Weights {
    /// The tensors of a file.
    ///
    /// # Errors
    /// Where it is no ONNX file.
    pub fn read(file: &[u8]) -> Result<Weights, String> {
        let graph = ModelProto::parse_buf(file).map_err(|e| e.to_string())?.graph.ok_or("no graph in it")?;
        let products = graph.node.into_iter().filter_map(|n| Some((n.name?, n.input.into_iter().nth(1)?))).collect();
        let tensors = graph.initializer.into_iter().filter_map(|t| Some((t.name.clone()?, t))).collect();
        Ok(Weights { tensors, products })
    }

    fn tensor(&self, name: &str) -> Result<&TensorProto, String> {
        self.tensors.get(name).ok_or_else(|| format!("no tensor {name}"))
    }

    /// Floats as they stand.
    pub fn floats(&self, name: &str) -> Result<Vec<f32>, String> {
        let tensor = self.tensor(name)?;
        if !tensor.float_data.is_empty() {
            return Ok(tensor.float_data.clone());
        }
        let bytes = raw(tensor);
        Ok(bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// Floats, `count` of them.
    pub fn vector(&self, name: &str, count: usize) -> Result<Vec<f32>, String> {
        let found = self.floats(name)?;
        if found.len() == count { Ok(found) } else { Err(format!("{name} has {} values, not {count}", found.len())) }
    }

    /// The 8-bit weights of the product that the network calls `name` ("layers.0/q/MatMul"), `rows` rows.
    pub fn product(&self, name: &str, rows: usize) -> Result<Quantised, String> {
        let node = format!("/{name}_quant");
        let tensor = self.products.get(&node).ok_or_else(|| format!("no product {node}"))?;
        let base = tensor.trim_end_matches("_quantized");
        let values: Vec<i8> = raw(self.tensor(tensor)?).iter().map(|b| b.cast_signed()).collect();
        let scales = self.floats(&format!("{base}_scale"))?;
        let zeros = self.tensor(&format!("{base}_zero_point"))?;
        if raw(zeros).iter().any(|&z| z != 0) || zeros.int32_data.iter().any(|&z| z != 0) {
            return Err(format!("the weights of {node} have a zero point"));
        }
        if values.len() != rows * scales.len() {
            return Err(format!("{node} has {} weights for {rows} rows, {} columns", values.len(), scales.len()));
        }
        Ok(Quantised { values, rows, scales })
    }

    /// A table of vectors of that width.
    pub fn table(&self, name: &str, width: usize) -> Result<Table, String> {
        let name = format!("reader.encoder.{name}.weight");
        let values = raw(self.tensor(&format!("{name}_quantized"))?);
        let scale = self.vector(&format!("{name}_scale"), 1)?.first().copied().unwrap_or(1.0);
        let zero = self.tensor(&format!("{name}_zero_point"))?;
        let zero = zero.int32_data.first().copied().or_else(|| raw(zero).first().map(|&z| i32::from(z))).unwrap_or(0);
        if values.is_empty() || !values.len().is_multiple_of(width) {
            return Err(format!("{name} has {} values, no multiple of {width}", values.len()));
        }
        Ok(Table { values, width, scale, zero: zero as f32 })
    }
}

fn raw(tensor: &TensorProto) -> Vec<u8> {
    tensor.raw_data.as_ref().map(RefCell::take).unwrap_or_default()
}

impl Quantised {
    /// Both side by side: the columns of `self`, then those of `other`.
    pub fn beside(self, other: Quantised) -> Quantised {
        let (a, b) = (self.scales.len().max(1), other.scales.len().max(1));
        let rows = self.values.chunks(a).zip(other.values.chunks(b));
        let values = rows.flat_map(|(x, y)| x.iter().chain(y).copied()).collect();
        Quantised { values, rows: self.rows, scales: self.scales.into_iter().chain(other.scales).collect() }
    }

    /// Columns in the order that `old` gives for each new one; `None` is a column of zeros.
    pub fn columns(&self, count: usize, old: impl Fn(usize) -> Option<usize>) -> Quantised {
        let width = self.scales.len().max(1);
        let from: Vec<Option<usize>> = (0..count).map(old).collect();
        let pick =
            |row: &[i8]| -> Vec<i8> { from.iter().map(|c| c.and_then(|c| row.get(c)).copied().unwrap_or(0)).collect() };
        let values = self.values.chunks(width).flat_map(pick).collect();
        let scales = from.iter().map(|c| c.and_then(|c| self.scales.get(c)).copied().unwrap_or(0.0)).collect();
        Quantised { values, rows: self.rows, scales }
    }
}
