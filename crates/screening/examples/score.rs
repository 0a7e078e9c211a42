//! Scores lines of `kind<TAB>name<TAB>name` from a file: `cargo run --release -p screening --example score -- FILE`.

use std::{fs::File, io::BufReader};

use screening::lines;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    Ok(lines::answer(BufReader::new(File::open(path)?), std::io::stdout().lock(), lines::score)?)
}
