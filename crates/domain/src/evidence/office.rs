//! Documents and tables of office programs: archives with a part that says what they are.

use super::{Kind, Sample, Unfit, zip};

/// Endings of files that can hold others.
const ARCHIVES: &[&str] = &[
    "zip", "7z", "rar", "gz", "tgz", "bz2", "xz", "tar", "cab", "iso", "jar", "docx", "docm", "xlsx", "xlsm", "xlsb",
    "pptx", "pptm", "odt", "ods", "doc", "xls", "ppt", "msg", "eml", "pdf", "exe", "dll", "js", "vbs", "html", "htm",
    "svg",
];

/// Whether an archive is a document of its kind, with nothing in it that is more than a document.
pub(super) fn check(kind: Kind, sample: Sample<'_>) -> Result<(), Unfit> {
    let entries = zip::entries(sample)?;
    let main = if kind == Kind::Xlsx { "xl/workbook.xml" } else { "word/document.xml" };
    let has = |name: &str| entries.iter().any(|entry| entry.name == name);
    if !has("[Content_Types].xml") || !has(main) {
        return Err(Unfit::Content);
    }
    for entry in &entries {
        let name = entry.name.to_ascii_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if name.contains("vbaproject") || name.contains("/macrosheets/") {
            return Err(Unfit::Macros);
        }
        // What is embedded without a telling name stands in a folder of its own.
        if ARCHIVES.contains(&ending) || name.contains("/embeddings/") || name.contains("/activex/") {
            return Err(Unfit::Nested);
        }
    }
    Ok(())
}
