//! Says why two names score as they do: `cargo run -p screening --example explain -- KIND NAME NAME`.

use screening::{compare, entry::Kind};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [kind, one, other] = args.as_slice() else { return Err("KIND NAME NAME".into()) };
    let kind = serde_json::from_value::<Kind>(kind.as_str().into())?;
    println!("{}", serde_json::to_string_pretty(&compare::names(one, other, kind))?);
    Ok(())
}
