//! What people see: tables and explanations on a terminal of any width, with or without colour.

pub(crate) mod evidence;
pub(crate) mod grid;
pub(crate) mod operators;
pub(crate) mod paint;
pub(crate) mod pair_scores;
pub(crate) mod relation_scores;
pub(crate) mod scores;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod words;
