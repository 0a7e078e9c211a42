//! The palette: Ctrl K (or Cmd K) opens a list of where one can go and of the acts of this page, narrowed by what is typed.
//!
//! It presses what is there: an act of the page is a visible button or link of the page, a place is a link of the page
//! "Go to", from which the list is fetched once. Nothing stands in it that the person may not open. The dialog and its words
//! are part of every page of somebody who has signed in; without scripts the page "Go to" holds the same list.

use leptos::prelude::*;

/// How well what was typed fits a name: each of its words begins a word of it, stands in it, or has its letters in order
/// there. None if one does not. More is better.
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn fits(typed: &str, name: &str) -> Option<u32> {
    let (typed, name) = (typed.to_lowercase(), name.to_lowercase());
    typed.split_whitespace().map(|word| fits_word(word, &name)).sum()
}

#[cfg(any(feature = "hydrate", test))]
fn fits_word(word: &str, name: &str) -> Option<u32> {
    if name.starts_with(word) {
        return Some(4);
    }
    let mut words = name.split(|letter: char| !letter.is_alphanumeric());
    if words.any(|known| known.starts_with(word)) {
        return Some(3);
    }
    if name.contains(word) {
        return Some(2);
    }
    let mut letters = name.chars();
    word.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(1)
}

/// The places of those names that fit, the best first; as they stand where nothing was typed.
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn found(typed: &str, names: &[String]) -> Vec<usize> {
    let mut found: Vec<(u32, usize)> =
        names.iter().enumerate().filter_map(|(at, name)| Some((fits(typed, name)?, at))).collect();
    found.sort_by_key(|(fit, at)| (std::cmp::Reverse(*fit), *at));
    found.into_iter().map(|(_, at)| at).collect()
}

/// Opens the page's own dialog `palette` and does what is chosen in it.
#[island]
pub fn Palette() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(browser::start);
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, rc::Rc};

    use domain::reference::Reference;
    use leptos::{task::spawn_local, wasm_bindgen::JsCast as _};
    use web_sys::{
        Element, Event, HtmlDetailsElement, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent,
    };

    use super::found;
    use crate::islands::dom;

    /// The buttons and links of a page that are its acts.
    const ACTS: &str = "main [data-key], main [data-act] > summary";
    /// So many are shown; who wants another types more.
    const MOST: usize = 60;

    /// What an entry does.
    #[derive(Clone)]
    enum Leads {
        To(String),
        Presses(HtmlElement),
    }

    #[derive(Clone)]
    struct Entry {
        name: String,
        group: String,
        leads: Leads,
    }

    struct Palette {
        dialog: HtmlDialogElement,
        field: HtmlInputElement,
        list: Element,
        said: Element,
        /// Acts of the page, when the dialog was opened.
        acts: Vec<Entry>,
        /// Places; none until they are fetched.
        places: Option<Vec<Entry>>,
        shown: Vec<Entry>,
        active: usize,
    }

    type Shared = Rc<RefCell<Palette>>;

    pub fn start() {
        let Some((document, shared)) = dom::document().zip(find()) else { return };
        let pressed = Rc::clone(&shared);
        dom::listen(&document, "keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(is_call) {
                event.prevent_default();
                toggle(&pressed);
            }
        });
        let clicked = Rc::clone(&shared);
        dom::listen(&document, "click", move |event| {
            if is_plain(&event) && target(&event).is_some_and(|target| within(&target, "[data-palette-open]")) {
                event.prevent_default();
                toggle(&clicked);
            }
        });
        let (field, list) = (shared.borrow().field.clone(), shared.borrow().list.clone());
        let typing = Rc::clone(&shared);
        dom::listen(&field, "input", move |_| show(&typing));
        let moving = Rc::clone(&shared);
        dom::listen(&field, "keydown", move |event| moved(&moving, &event));
        dom::listen(&list, "click", move |event| chosen(&shared, &event));
    }

    fn find() -> Option<Shared> {
        let dialog: HtmlDialogElement = dom::by_id("palette")?;
        let part = |selector: &str| dialog.query_selector(selector).ok().flatten();
        let palette = Palette {
            field: part("input")?.dyn_into().ok()?,
            list: part("[role=listbox]")?,
            said: part("[role=status]")?,
            dialog: dialog.clone(),
            acts: Vec::new(),
            places: None,
            shown: Vec::new(),
            active: 0,
        };
        Some(Rc::new(RefCell::new(palette)))
    }

    fn is_call(event: &KeyboardEvent) -> bool {
        let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        held && !event.repeat() && (event.key().eq_ignore_ascii_case("k") || event.code() == "KeyK")
    }

    /// A press that is meant for this page, not for another tab or window.
    fn is_plain(event: &Event) -> bool {
        event.dyn_ref::<MouseEvent>().is_none_or(|mouse| {
            mouse.button() == 0 && !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key())
        })
    }

    fn target(event: &Event) -> Option<Element> {
        event.target()?.dyn_into().ok()
    }

    fn within(element: &Element, selector: &str) -> bool {
        element.closest(selector).ok().flatten().is_some()
    }

    fn toggle(shared: &Shared) {
        let dialog = shared.borrow().dialog.clone();
        if dialog.open() {
            dialog.close();
            return;
        }
        {
            let mut palette = shared.borrow_mut();
            let group = palette.dialog.get_attribute("data-here").unwrap_or_default();
            palette.acts = acts(&group);
            palette.field.set_value("");
        }
        if dialog.show_modal().is_err() {
            return;
        }
        let _ = shared.borrow().field.focus();
        show(shared);
        if shared.borrow().places.is_none() {
            fetch(shared);
        }
    }

    /// Fetches the places. Without an answer there are the acts of the page, and the link to the page "Go to".
    fn fetch(shared: &Shared) {
        let shared = Rc::clone(shared);
        let url = shared.borrow().dialog.get_attribute("data-list").unwrap_or_default();
        spawn_local(async move {
            let Some(answer) = dom::get(&url, "text/html").await.filter(|answer| answer.status == 200) else { return };
            let Some(read) = dom::document().and_then(|document| document.create_element("div").ok()) else { return };
            read.set_inner_html(&answer.body);
            shared.borrow_mut().places = Some(places(&read));
            show(&shared);
        });
    }

    fn elements(within: &Element, selector: &str) -> Vec<Element> {
        let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
    }

    fn text(element: &Element) -> String {
        let text = element.text_content().unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn places(read: &Element) -> Vec<Entry> {
        let of = |section: Element| {
            let group = section.query_selector("h2").ok().flatten().map(|title| text(&title)).unwrap_or_default();
            let entry = move |link: Element| {
                let leads = Leads::To(link.get_attribute("href")?);
                Some(Entry { name: text(&link), group: group.clone(), leads })
            };
            elements(&section, "a[href]").into_iter().filter_map(entry).collect::<Vec<_>>()
        };
        elements(read, "section").into_iter().flat_map(of).collect()
    }

    fn acts(group: &str) -> Vec<Entry> {
        let Some(body) = dom::document().and_then(|document| document.body()) else { return Vec::new() };
        // Without a selection, what acts on one would only say so.
        let selected = body.query_selector(".select-box input:checked").ok().flatten().is_some();
        let entry = |element: Element| {
            if !selected && within(&element, ".bulk") {
                return None;
            }
            let words = element.query_selector("span").ok().flatten().unwrap_or_else(|| element.clone());
            let button = element.dyn_into::<HtmlElement>().ok()?;
            let visible = button.offset_width() > 0 && button.offset_height() > 0;
            visible.then(|| Entry { name: text(&words), group: group.to_owned(), leads: Leads::Presses(button) })
        };
        elements(&body, ACTS).into_iter().filter_map(entry).filter(|entry| !entry.name.is_empty()).collect()
    }

    /// Shows what fits what is typed, and says how much that is.
    fn show(shared: &Shared) {
        let mut palette = shared.borrow_mut();
        let typed = palette.field.value();
        let typed = typed.trim();
        let all: Vec<Entry> = palette.acts.iter().chain(palette.places.iter().flatten()).cloned().collect();
        let names: Vec<String> = all.iter().map(|entry| format!("{} {}", entry.name, entry.group)).collect();
        let mut shown: Vec<Entry> = report(&palette.dialog, typed).into_iter().collect();
        shown.extend(found(typed, &names).into_iter().filter_map(|at| all.get(at).cloned()));
        shown.truncate(MOST);
        let counted = match shown.len() {
            0 => palette.said.get_attribute("data-none").unwrap_or_default(),
            1 => palette.said.get_attribute("data-one").unwrap_or_default(),
            count => palette.said.get_attribute("data-some").unwrap_or_default().replace("{count}", &count.to_string()),
        };
        palette.said.set_text_content(Some(&counted));
        (palette.shown, palette.active) = (shown, 0);
        draw(&palette);
    }

    /// A whole reference leads to its report.
    fn report(dialog: &Element, typed: &str) -> Option<Entry> {
        let reference: Reference = typed.parse().ok()?;
        let name = dialog.get_attribute("data-report")?.replace("{reference}", reference.as_str());
        let leads = Leads::To(format!("{}?to={reference}", dialog.get_attribute("data-go")?));
        Some(Entry { name, group: String::new(), leads })
    }

    fn draw(palette: &Palette) {
        palette.list.set_text_content(None);
        let Some(document) = dom::document() else { return };
        for (at, entry) in palette.shown.iter().enumerate() {
            let part = |kind: &str, class: &str, text: &str| {
                let part = document.create_element(kind).ok()?;
                part.set_class_name(class);
                part.set_text_content(Some(text));
                Some(part)
            };
            let Some(option) = part("li", "palette__option", "") else { return };
            let _ = option.set_attribute("role", "option");
            option.set_id(&format!("palette-{at}"));
            let name = part("span", "palette__name", &entry.name);
            let group = part("span", "palette__group", &entry.group);
            for part in name.into_iter().chain(group) {
                let _ = option.append_child(&part);
            }
            let _ = palette.list.append_child(&option);
        }
        mark(palette);
    }

    /// Marks the option that Enter chooses.
    fn mark(palette: &Palette) {
        for (at, option) in elements(&palette.list, "[role=option]").into_iter().enumerate() {
            let is_active = at == palette.active;
            let _ = option.set_attribute("aria-selected", if is_active { "true" } else { "false" });
            if is_active {
                let _ = palette.field.set_attribute("aria-activedescendant", &option.id());
                option.scroll_into_view_with_bool(false);
            }
        }
        if palette.shown.is_empty() {
            let _ = palette.field.remove_attribute("aria-activedescendant");
        }
    }

    fn moved(shared: &Shared, event: &Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| !key.is_composing()) else { return };
        let count = shared.borrow().shown.len();
        let active = shared.borrow().active;
        let to = match key.key().as_str() {
            "ArrowDown" if count > 0 => (active + 1) % count,
            "ArrowUp" if count > 0 => (active + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                return carry_out(shared, active);
            }
            _ => return,
        };
        event.prevent_default();
        shared.borrow_mut().active = to;
        mark(&shared.borrow());
    }

    fn chosen(shared: &Shared, event: &Event) {
        let option = target(event).and_then(|target| target.closest("[role=option]").ok().flatten());
        let at = option.and_then(|option| option.id().strip_prefix("palette-")?.parse().ok());
        if let Some(at) = at {
            carry_out(shared, at);
        }
    }

    fn carry_out(shared: &Shared, at: usize) {
        let entry = shared.borrow().shown.get(at).cloned();
        let Some(entry) = entry else { return };
        let dialog = shared.borrow().dialog.clone();
        dialog.close();
        match entry.leads {
            Leads::To(href) => {
                if let Some(window) = dom::window() {
                    let _ = window.location().set_href(&href);
                }
            }
            Leads::Presses(button) => press(&button),
        }
    }

    /// Presses a button; where that opens a form, its first field has the focus then.
    fn press(button: &HtmlElement) {
        let _ = button.focus();
        button.click();
        let fold = button.parent_element().and_then(|parent| parent.dyn_into::<HtmlDetailsElement>().ok());
        let field = match fold.filter(HtmlDetailsElement::open) {
            Some(fold) => fold.query_selector("select, textarea, input:not([type=hidden])").ok().flatten(),
            None => {
                let href = button.get_attribute("href");
                href.and_then(|href| dom::by_id::<Element>(href.strip_prefix('#')?))
            }
        };
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_found_by_beginnings_parts_and_letters() {
        for (typed, name, expected) in [
            ("", "Queue", Some(0)),
            ("que", "Queue", Some(4)),
            ("per", "Report by phone per day", Some(3)),
            ("port", "Report", Some(2)),
            ("rpt", "Report", Some(1)),
            ("QUEUE mine", "Queue: Mine", Some(7)),
            ("mine queue", "Queue: Mine", Some(7)),
            ("tpr", "Report", None),
            ("queue yours", "Queue: Mine", None),
            ("é", "Équipe", Some(4)),
        ] {
            assert_eq!(fits(typed, name), expected, "{typed:?} in {name:?}");
        }
    }

    #[test]
    fn the_best_stands_first_and_equals_stay_in_order() {
        let names = ["Quest", "Search the queue", "Queue", "Queue: Mine", "Team"].map(str::to_owned);
        assert_eq!(found("queue", &names), [2, 3, 1]);
        assert_eq!(found("  ", &names), [0, 1, 2, 3, 4]);
        assert_eq!(found("zz", &names), [0_usize; 0]);
    }
}
