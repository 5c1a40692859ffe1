//! Has the crate built again when a file is added to the codebook, which the macro that embeds it cannot see.

fn main() {
    println!("cargo::rerun-if-changed=../../codebook");
    println!("cargo::rerun-if-changed=build.rs");
}
