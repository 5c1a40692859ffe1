//! Figures as SVG: drawn on the server, so that they are there without scripts; no `style`, only classes and attributes.

pub(crate) mod layout;
pub(crate) mod map;
pub(crate) mod matrix;
pub(crate) mod network;
pub(crate) mod order;
pub(crate) mod series;
