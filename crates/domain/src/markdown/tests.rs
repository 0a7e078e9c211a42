use proptest::prelude::*;

use super::*;

fn text(source: &str) -> Document {
    Document::parse(source).unwrap()
}

fn letters(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

#[test]
fn what_the_guide_promises_comes_out() {
    let doc = text(
        "# Top\n#### Low\nOne **bold** and *soft*  \nline.\n\n- a\n- b\n  1. c\n\n> said\n\n| x | y |\n|---|---|\n| 1 | 2 |\n",
    );
    let [
        Block::Heading(3, _),
        Block::Heading(4, _),
        Block::Paragraph(one),
        Block::List(None, items),
        Block::Quote(quote),
        Block::Table(table),
    ] = doc.blocks.as_slice()
    else {
        panic!("{:#?}", doc.blocks)
    };
    assert_eq!(one[1], Inline::Strong(vec![letters("bold")]));
    assert!(one.contains(&Inline::Emphasis(vec![letters("soft")])) && one.contains(&Inline::Break));
    assert_eq!(items.len(), 2);
    assert!(matches!(&items[1][..], [Block::Paragraph(_), Block::List(Some(1), inner)] if inner.len() == 1));
    assert_eq!(quote, &[Block::Paragraph(vec![letters("said")])]);
    assert_eq!((table.head.len(), table.rows.len()), (2, 1));
    assert!(doc.left_out.is_empty());
    assert_eq!(doc.plain(), "Top\n\nLow\n\nOne bold and soft\nline.\n\n- a\n- b\n\n  1. c\n\n> said\n\nx | y\n1 | 2");
}

#[test]
fn links_lead_to_web_mail_and_pages_of_this_site() {
    for good in [
        "https://incb.org/a?b=c#d",
        "HTTPS://incb.org",
        "mailto:desk@nac.example?subject=x",
        "/substances",
        "/en/help#a",
    ] {
        assert!(Target::new(good).is_some(), "{good}");
        let doc = text(&format!("[t]({good})"));
        assert!(
            matches!(&doc.blocks[..], [Block::Paragraph(parts)] if matches!(&parts[..], [Inline::Link(..)])),
            "{good}"
        );
    }
    for bad in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "http://x.example",
        "//x.example",
        "/\\x.example",
        "https://",
        "https:///x",
        "https://good@bad.example",
        "ftp://x",
        "mailto:",
        "mailto:nobody",
        "x",
        "",
        "https:x",
        " https://x.example",
        "java\nscript:alert(1)",
        "\u{1}javascript:x",
        "file:///etc/passwd",
        "https://x\u{2028}y",
    ] {
        assert!(Target::new(bad).is_none(), "{bad}");
    }
    let doc = text("[click](&#106;avascript:alert&#40;1&#41;) <javascript:alert(1)>");
    assert!(!format!("{:?}", doc.blocks).contains("Link("));
    assert!(matches!(&doc.left_out[0], LeftOut::Link(to) if to.starts_with("javascript")));
    assert_eq!(text("[a **b**](https://x.example) <d@x.example>").plain(), "a b (https://x.example) d@x.example");
}

#[test]
fn html_code_and_pictures_are_letters() {
    let doc = text(
        "<script>alert(1)</script>\n\nA <img src=x onerror=alert(1)> `<b>` ![pic](https://x.example/p.png)\n\n```\n<i>\n```",
    );
    assert_eq!(doc.left_out, [LeftOut::Html, LeftOut::Picture]);
    let plain = doc.plain();
    assert!(
        plain.contains("<script>alert(1)</script>")
            && plain.contains("<b>")
            && plain.contains("pic")
            && plain.contains("<i>")
    );
    assert!(!plain.contains("p.png"));
}

#[test]
fn limits_are_said_in_words() {
    assert_eq!(Document::parse(&"x".repeat(MAX_BYTES + 1)), Err(TooMuch::Long));
    assert_eq!(Document::parse(&format!("{} x", ">".repeat(50))), Err(TooMuch::Deep));
    assert_eq!(Document::parse(&"x\n\n".repeat(MAX_PARTS / 2)), Err(TooMuch::Parts));
    assert!(Document::parse(&format!("{} x", ">".repeat(MAX_DEPTH))).is_ok());
    assert_eq!(Document::of(&">".repeat(50)).blocks.len(), 1, "shown all the same");
    assert!(text(&format!("{}x{}", "*_".repeat(400), "_*".repeat(400))).plain().contains('x'));
}

#[test]
fn letters_that_turn_a_line_around_are_taken_out() {
    assert_eq!(text("a\u{202E}b\u{2066}c\0d").plain().replace('\u{FFFD}', ""), "abcd");
}

/// Every link that is left leads where it may, and the tree is no deeper than promised.
fn sound(blocks: &[Block], deep: usize) -> Result<(), TestCaseError> {
    prop_assert!(deep <= MAX_DEPTH);
    for block in blocks {
        match block {
            Block::Heading(level, text) => {
                prop_assert!(matches!(level, 3 | 4));
                sound_inline(text, 0)?;
            }
            Block::Paragraph(text) => sound_inline(text, 0)?,
            Block::Quote(inner) => sound(inner, deep + 1)?,
            Block::List(_, items) => items.iter().try_for_each(|item| sound(item, deep + 1))?,
            Block::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                cells.into_iter().try_for_each(|cell| sound_inline(cell, 0))?;
            }
        }
    }
    Ok(())
}

fn sound_inline(parts: &[Inline], deep: usize) -> Result<(), TestCaseError> {
    prop_assert!(deep < 10);
    for part in parts {
        match part {
            Inline::Link(to, inner) => {
                let low = to.as_str().to_lowercase();
                prop_assert!(
                    low.starts_with("https://") || low.starts_with("mailto:") || low.starts_with('/'),
                    "{low}"
                );
                prop_assert!(!low.starts_with("//") && !low.contains(['<', '>', '"', '\\', '\n', ' ']), "{low}");
                sound_inline(inner, deep + 1)?;
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) => sound_inline(inner, deep + 1)?,
            Inline::Text(_) | Inline::Break => {}
            Inline::Term(_) => prop_assert!(false, "no mark makes a term"),
        }
    }
    Ok(())
}

/// Pieces of which attacks and accidents are made.
const PIECES: &[&str] = &[
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "javascript:",
    "&#106;avascript&colon;",
    "data:text/html,",
    "https://x.example",
    "/p",
    "//",
    "\\",
    "!",
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~~",
    "\n",
    "\n\n",
    "# ",
    "> ",
    "- ",
    "1. ",
    "| a | b |\n|---|---|\n",
    "|",
    "    ",
    "\t",
    "onerror=",
    "<script>",
    "<img src=x>",
    "\"",
    "'",
    "&lt;",
    "\0",
    "\u{202E}",
    "ß",
    "日本",
    "[a]: javascript:x\n",
    "[a][a]",
    "<!--",
    "-->",
    "<![CDATA[",
    "$x$",
    "[^1]",
];

proptest! {
    #[test]
    fn whatever_is_written_nothing_but_the_tree_comes_out(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        if let Ok(doc) = Document::parse(&pieces.concat()) {
            sound(&doc.blocks, 0)?;
            prop_assert!(doc.plain().len() <= 4 * MAX_BYTES);
        }
    }

    #[test]
    fn any_letters_at_all_are_taken(source in "\\PC{0,300}") {
        let doc = Document::of(&source);
        sound(&doc.blocks, 0)?;
    }
}
