//! One style sheet out of the layer files of `style/`.
//!
//! The sources say `@import "base.css" layer(base);` as any browser would understand it; here each import is replaced
//! by the file's content, so that the browser fetches one file. Imports are resolved relative to the file they stand
//! in, one to a line. Pictures and fonts are written as `/assets/name`, so nothing in the content needs to change.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};

/// The style sheet `entry` with all its imports put in their places.
pub fn bundle(entry: &Path) -> Result<String> {
    inline(entry, &mut Vec::new())
}

fn inline(file: &Path, open: &mut Vec<PathBuf>) -> Result<String> {
    ensure!(!open.iter().any(|above| above == file), "{} imports itself", file.display());
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    open.push(file.to_owned());
    let mut whole = String::with_capacity(text.len());
    for line in text.lines() {
        match import(line).with_context(|| format!("in {}", file.display()))? {
            None => whole.push_str(line),
            Some(import) => {
                let imported = file.parent().unwrap_or(Path::new(".")).join(import.path);
                whole.push_str(&import.wrap(&inline(&imported, open)?));
            }
        }
        whole.push('\n');
    }
    open.pop();
    Ok(whole)
}

/// `@import "path" layer(name) media;`
struct Import<'a> {
    path: &'a str,
    layer: Option<&'a str>,
    media: &'a str,
}

impl Import<'_> {
    fn wrap(&self, content: &str) -> String {
        let layered = match self.layer {
            Some(name) => format!("@layer {name} {{\n{content}}}\n"),
            None => content.to_owned(),
        };
        if self.media.is_empty() { layered } else { format!("@media {} {{\n{layered}}}\n", self.media) }
    }
}

/// The import this line consists of, if it is one.
fn import(line: &str) -> Result<Option<Import<'_>>> {
    let Some(rest) = line.trim().strip_prefix("@import ") else { return Ok(None) };
    let parts = rest.strip_suffix(';').and_then(|rest| rest.trim().strip_prefix('"')).and_then(|r| r.split_once('"'));
    let Some((path, conditions)) = parts else {
        bail!("`{line}` is not understood: write `@import \"file.css\" layer(name);` on a line of its own");
    };
    let conditions = conditions.trim();
    let (layer, media) = match conditions.strip_prefix("layer(").and_then(|rest| rest.split_once(')')) {
        Some((name, media)) => (Some(name.trim()), media.trim()),
        None => (None, conditions),
    };
    Ok(Some(Import { path, layer, media }))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn bundled(files: &[(&str, &str)]) -> Result<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        bundle(&folder.path().join(files[0].0))
    }

    #[test]
    fn imports_are_put_in_their_places() {
        let cases: &[(&[(&str, &str)], &str)] = &[
            (&[("a.css", "a { b: c }\n")], "a { b: c }\n"),
            (&[("a.css", "@layer x, y;\n@import \"b.css\";\n"), ("b.css", "b {}")], "@layer x, y;\nb {}\n\n"),
            (&[("a.css", "@import \"b.css\" layer(x);"), ("b.css", "b {}")], "@layer x {\nb {}\n}\n\n"),
            (&[("a.css", "@import \"b.css\" print;"), ("b.css", "b {}")], "@media print {\nb {}\n}\n\n"),
            (
                &[("a.css", "@import \"b.css\" layer(x) print;"), ("b.css", "b {}")],
                "@media print {\n@layer x {\nb {}\n}\n}\n\n",
            ),
            (
                &[("a.css", "@import \"s/b.css\";"), ("s/b.css", "@import \"c.css\";"), ("s/c.css", "c {}")],
                "c {}\n\n\n",
            ),
            (
                &[("a.css", "@import \"b.css\";\n@import \"b.css\" layer(x);"), ("b.css", "b {}")],
                "b {}\n\n@layer x {\nb {}\n}\n\n",
            ),
        ];
        for (files, expected) in cases {
            assert_eq!(bundled(files).unwrap(), *expected, "{files:?}");
        }
    }

    #[test]
    fn what_cannot_be_put_in_place_is_an_error() {
        let cases: &[&[(&str, &str)]] = &[
            &[("a.css", "@import \"missing.css\";")],
            &[("a.css", "@import \"a.css\";")],
            &[("a.css", "@import \"b.css\";"), ("b.css", "@import \"a.css\";")],
            &[("a.css", "@import url(b.css);"), ("b.css", "")],
            &[("a.css", "@import \"b.css\""), ("b.css", "")],
        ];
        for files in cases {
            assert!(bundled(files).is_err(), "{files:?}");
        }
    }
}
