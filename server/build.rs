//! The assets are embedded from `target/site/assets`; the folder must exist before the frontend is first built.

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site/assets");
    println!("cargo:rerun-if-changed={folder}");
    if let Err(error) = std::fs::create_dir_all(folder) {
        println!("cargo:warning=cannot make {folder}: {error}");
    }
}
