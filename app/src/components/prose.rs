//! Texts with marks, as people write them in notices and lessons.

use super::words::words;
use domain::{
    lang::Lang,
    markdown::{Block, Document, Inline, Table, Target, Term},
};
use leptos::prelude::*;

/// A text with marks. Its headings are levels 3 and 4: a heading of level 2 belongs above it.
#[component]
pub fn Prose(
    /// The text, understood.
    document: Document,
) -> impl IntoView {
    view! { <div class="prose measure">{blocks(document.blocks)}</div> }
}

fn blocks(blocks: Vec<Block>) -> AnyView {
    blocks.into_iter().map(block).collect_view().into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Heading(3, text) => view! { <h3>{inline(text)}</h3> }.into_any(),
        Block::Heading(_, text) => view! { <h4>{inline(text)}</h4> }.into_any(),
        Block::Paragraph(text) => view! { <p>{inline(text)}</p> }.into_any(),
        Block::Quote(inner) => view! { <blockquote>{blocks(inner)}</blockquote> }.into_any(),
        Block::List(None, of) => view! { <ul>{items(of)}</ul> }.into_any(),
        Block::List(Some(first), of) => {
            let start = (first != 1).then(|| first.to_string());
            view! { <ol start=start>{items(of)}</ol> }.into_any()
        }
        Block::Table(of) => table(of),
    }
}

/// An item that is one paragraph is that text, without the paragraph's space.
fn items(items: Vec<Vec<Block>>) -> AnyView {
    let item = |item: Vec<Block>| {
        let mut item = item.into_iter();
        let first = match item.next() {
            Some(Block::Paragraph(text)) => inline(text),
            other => blocks(other.into_iter().collect()),
        };
        view! { <li>{first}{blocks(item.collect())}</li> }
    };
    items.into_iter().map(item).collect_view().into_any()
}

fn table(table: Table) -> AnyView {
    let head = table.head.into_iter().map(|cell| view! { <th scope="col">{inline(cell)}</th> }).collect_view();
    let row = |row: Vec<Vec<Inline>>| {
        let cells = row.into_iter().map(|cell| view! { <td>{inline(cell)}</td> }).collect_view();
        view! { <tr>{cells}</tr> }
    };
    let rows = table.rows.into_iter().map(row).collect_view();
    view! {
        <div class="table-scroll" role="group" aria-label=words().table tabindex="0">
            <table class="table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

fn inline(parts: Vec<Inline>) -> AnyView {
    parts.into_iter().map(part).collect_view().into_any()
}

fn part(part: Inline) -> AnyView {
    match part {
        Inline::Text(text) => text.into_any(),
        Inline::Strong(inner) => view! { <strong>{inline(inner)}</strong> }.into_any(),
        Inline::Emphasis(inner) => view! { <em>{inline(inner)}</em> }.into_any(),
        Inline::Break => view! { <br/> }.into_any(),
        Inline::Term(term) => explained(term),
        Inline::Link(to, text) => {
            view! { <a href=address(&to) rel="noopener noreferrer nofollow">{inline(text)}</a> }.into_any()
        }
    }
}

/// A word whose meaning opens at a press, without any script. Nothing is lost where a browser cannot: the glossary has it too.
fn explained(term: Term) -> AnyView {
    let id = format!("term-{}", term.anchor);
    let target = id.clone();
    let more = format!("/{}/glossary#{}", use_context::<Lang>().unwrap_or_default().tag(), term.anchor);
    view! {
        <button type="button" class="term" popovertarget=target>{term.shown}</button>
        <span class="term__note" id=id popover="auto" role="note">
            <b>{term.name}</b>" "{term.meaning}" "<a href=more>{words().in_glossary}</a>
        </span>
    }
    .into_any()
}

/// Paths of this site are written without a language: the reader's is put before them.
fn address(to: &Target) -> String {
    let path = to.as_str();
    let first = path.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
    if !to.is_here() || Lang::from_tag(first).is_some() {
        return path.to_owned();
    }
    format!("/{}{}", use_context::<Lang>().unwrap_or_default().tag(), path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        let document = Document::of(source);
        Owner::new().with(|| view! { <Prose document/> }.to_html()).replace("<!>", "")
    }

    #[test]
    fn marks_become_elements_and_everything_else_letters() {
        let html = html(
            "### Look\n**a** <script>x</script> [b](/substances) [c](https://x.example/\"onclick=alert) [d](javascript:x)\n\n- e\n\n|f|\n|-|\n|g|",
        );
        assert!(html.contains("<h3>Look</h3>") && html.contains("<strong>a</strong>"), "{html}");
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script"), "{html}");
        assert!(html.contains("href=\"/en/substances\" rel=\"noopener noreferrer nofollow\""), "{html}");
        assert!(!html.contains("javascript:x\"") && !html.contains("\"onclick"), "{html}");
        assert!(html.contains("<li>e</li>") && html.contains("<td>g</td>"), "{html}");
    }

    #[test]
    fn a_language_in_a_path_stays() {
        let to = |path: &str| Target::new(path).map(|to| address(&to)).unwrap_or_default();
        assert_eq!(to("/en/help"), "/en/help");
        assert_eq!(to("/help#a"), "/en/help#a");
        assert_eq!(to("/"), "/en");
        assert_eq!(to("https://x.example/"), "https://x.example/");
    }
}
