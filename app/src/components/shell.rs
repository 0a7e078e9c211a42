//! What surrounds every page: the way past it all, the service's name, the spine of the workspace, the foot.
//!
//! The order in the document is the order on the screen: header, spine, content, foot. On a narrow screen the spine lies
//! at the bottom; the foot's links (help, accessibility, privacy) are at the same place on every page.

use super::{Body, Glyph, Icon, Mark, MaybeText, Part, words::words};
use leptos::prelude::*;

/// Entries of the spine that stay in the bottom bar of a narrow screen; the others go behind "More".
const BAR_ENTRIES: usize = 4;

/// An entry of the spine.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Its glyph.
    pub icon: Icon,
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether the page belongs to it.
    pub current: bool,
    /// Something waiting there, in figures.
    pub count: Option<u64>,
}

/// A plain link of the header or foot.
#[derive(Clone, Debug)]
pub struct FootLink {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
}

impl FootLink {
    /// A link.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// Everything inside `<body>`: skip link, header, spine, main, foot.
#[component]
pub fn Shell(
    /// A [`ServiceHeader`].
    header: AnyView,
    /// A [`SpineNav`], on pages of a workspace.
    #[prop(optional, into)]
    spine: Part,
    /// A [`PageFooter`].
    footer: AnyView,
    /// Above it all: a [`super::TrainingBand`].
    #[prop(optional, into)]
    band: Part,
    /// The page.
    children: Body,
) -> impl IntoView {
    let class = if spine.is_some() { "shell shell--spine" } else { "shell" };
    view! {
        <a class="skip" href="#main">{words().skip}</a>
        {band.get()}
        <div class=class>
            {header}
            {spine.get()}
            <main class="main" id="main" tabindex="-1">{children.view()}</main>
            {footer}
        </div>
    }
}

/// The line on top: mark and name of the service, whose workspace, and what is always at hand.
#[component]
pub fn ServiceHeader(
    /// Name of the service.
    #[prop(into)]
    service: String,
    /// Where mark and name lead.
    #[prop(into)]
    home_href: String,
    /// An [`OrgSwitch`].
    #[prop(optional, into)]
    organisation: Part,
    /// A [`FindBox`].
    #[prop(optional, into)]
    find: Part,
    /// At the end: sign in, account, sign out.
    #[prop(optional, into)]
    end: Part,
) -> impl IntoView {
    view! {
        <header class="top">
            <a class="top__brand" href=home_href><Mark/><span class="top__name">{service}</span></a>
            {organisation.get().map(|part| view! { <div class="top__organisation">{part}</div> })}
            {find.get()}
            {end.get().map(|part| view! { <div class="top__end">{part}</div> })}
        </header>
    }
}

/// The box in the header that looks through everything public.
#[component]
pub fn FindBox(
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// What is looked through, for those who do not see the glyph.
    #[prop(into)]
    label: String,
    /// Name of the button.
    #[prop(into)]
    button: String,
) -> impl IntoView {
    let (name, shown) = (label.clone(), label.clone());
    view! {
        <form class="find no-print" role="search" method="get" action=action aria-label=name>
            <label class="unseen" for="find">{label}</label>
            <input class="input find__words" id="find" name="q" type="search" placeholder=shown autocomplete="off" spellcheck="false"/>
            <button class="find__go" type="submit"><Glyph icon=Icon::Search/><span class="unseen">{button}</span></button>
        </form>
    }
}

/// Whose workspace this is; a menu where a person belongs to several.
#[component]
pub fn OrgSwitch(
    /// Glyph of the kind of workspace.
    icon: Icon,
    /// Name of the organisation.
    #[prop(into)]
    name: String,
    /// The other organisations: name and address.
    #[prop(optional)]
    others: Vec<FootLink>,
) -> impl IntoView {
    if others.is_empty() {
        return view! { <p class="org"><Glyph icon/><bdi class="org__name">{name}</bdi></p> }.into_any();
    }
    let label = words().switch_organisation;
    view! {
        <details class="menu">
            <summary class="org menu__summary">
                <Glyph icon/>
                <span class="unseen">{label}": "</span>
                <bdi class="org__name">{name}</bdi>
                <Glyph icon=Icon::Down/>
            </summary>
            <ul class="menu__list" role="list">{others.into_iter().map(menu_link).collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// A menu that opens under its name: the account, more acts.
#[component]
pub fn Menu(
    /// What is pressed.
    #[prop(into)]
    label: String,
    /// A glyph before it.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Links and one-button forms, each in a `<li>`.
    children: Body,
) -> impl IntoView {
    view! {
        <details class="menu menu--end">
            <summary class="menu__summary">
                {icon.map(|icon| view! { <Glyph icon/> })}
                <bdi class="menu__label">{label}</bdi>
                <Glyph icon=Icon::Down/>
            </summary>
            <ul class="menu__list" role="list">{children.view()}</ul>
        </details>
    }
}

/// A link in a [`Menu`].
#[component]
pub fn MenuLink(
    /// Its name.
    #[prop(into)]
    label: String,
    /// Its address.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    menu_link(FootLink { label, href })
}

/// An act in a [`Menu`] (sign out).
#[component]
pub fn MenuAct(
    /// The act.
    #[prop(into)]
    label: String,
    /// Where it is sent.
    #[prop(into)]
    action: String,
) -> impl IntoView {
    view! {
        <li><form method="post" action=action><button class="menu__item" type="submit">{label}</button></form></li>
    }
}

fn menu_link(link: FootLink) -> impl IntoView {
    view! { <li><a class="menu__item" href=link.href><bdi>{link.label}</bdi></a></li> }
}

/// The strip at the start of the page: ruled like a measuring cylinder, one entry per room of the workspace.
#[component]
pub fn SpineNav(
    /// The rooms, at most eight.
    items: Vec<NavItem>,
    /// Name of the navigation; "Workspace" unless said otherwise.
    #[prop(optional, into)]
    label: MaybeText,
) -> impl IntoView {
    let words = words();
    let label = label.get().unwrap_or_else(|| words.workspace.to_owned());
    let folds = items.len() > BAR_ENTRIES + 1;
    let folded = if folds { items[BAR_ENTRIES..].to_vec() } else { Vec::new() };
    let entries = items.into_iter().enumerate().map(|(index, item)| {
        let class = if folds && index >= BAR_ENTRIES { "spine__entry spine__entry--folds" } else { "spine__entry" };
        spine_entry(class, item)
    });
    let more = folds.then(|| {
        view! {
            <li class="spine__entry spine__more">
                <details class="spine__fold">
                    <summary class="spine__link"><Glyph icon=Icon::More/><span class="spine__label">{words.more}</span></summary>
                    <ul class="spine__rest" role="list">
                        {folded.into_iter().map(|item| spine_entry("spine__entry", item)).collect_view()}
                    </ul>
                </details>
            </li>
        }
    });
    view! { <nav class="spine" aria-label=label><ul class="spine__list" role="list">{entries.collect_view()}{more}</ul></nav> }
}

fn spine_entry(class: &'static str, item: NavItem) -> impl IntoView {
    view! {
        <li class=class>
            <a class="spine__link" href=item.href aria-current=item.current.then_some("page")>
                <Glyph icon=item.icon/>
                <span class="spine__label">{item.label}</span>
                {item.count.filter(|count| *count > 0).map(|count| view! { <span class="spine__count">{count.to_string()}</span> })}
            </a>
        </li>
    }
}

/// A language of the row: tag, own name, and this page in it.
#[derive(Clone, Debug)]
pub struct LanguageLink {
    /// BCP 47.
    pub tag: String,
    /// The language's name in itself.
    pub name: String,
    /// This page in it.
    pub href: String,
    /// Whether the page is in it now.
    pub current: bool,
}

/// This page in other languages. Draws nothing while there is only one.
#[component]
pub fn LanguageRow(
    /// All languages, the current one among them.
    languages: Vec<LanguageLink>,
) -> impl IntoView {
    (languages.len() > 1).then(|| {
        let entries = languages.into_iter().map(|language| {
            let current = language.current.then_some("true");
            view! {
                <li><a class="languages__link" href=language.href lang=language.tag.clone() hreflang=language.tag aria-current=current>{language.name}</a></li>
            }
        });
        view! { <nav class="languages" aria-label=words().languages><ul role="list">{entries.collect_view()}</ul></nav> }
    })
}

/// What a person chose for the look of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// As it is sent and kept in the cookie.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads what was sent; anything unknown follows the system.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// Value of `data-theme` on `<html>`; none when the system decides.
    #[must_use]
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// Light, dark, or as the system says: a form that posts `theme` and `return_to`.
#[component]
pub fn ThemeSwitch(
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// What is chosen now.
    current: Theme,
    /// The page to come back to (path and query).
    #[prop(into)]
    return_to: String,
) -> impl IntoView {
    let words = words();
    let entries =
        [(Theme::System, words.theme_system), (Theme::Light, words.theme_light), (Theme::Dark, words.theme_dark)]
            .map(|(theme, label)| (theme.name(), label, theme == current));
    switch(action, words.theme, "theme", &entries, return_to)
}

/// Tall or low rows in tables: a form that posts `density` (`comfortable` or `compact`) and `return_to`.
#[component]
pub fn DensitySwitch(
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// Whether low rows are chosen.
    compact: bool,
    /// The page to come back to (path and query).
    #[prop(into)]
    return_to: String,
) -> impl IntoView {
    let words = words();
    let entries = [("comfortable", words.comfortable, !compact), ("compact", words.compact, compact)];
    switch(action, words.density, "density", &entries, return_to)
}

fn switch(
    action: String,
    label: &'static str,
    name: &'static str,
    entries: &[(&'static str, &'static str, bool)],
    return_to: String,
) -> impl IntoView + use<> {
    let buttons = entries
        .iter()
        .map(|(value, text, chosen)| {
            let pressed = if *chosen { "true" } else { "false" };
            view! { <button class="switch__button" type="submit" name=name value=*value aria-pressed=pressed>{*text}</button> }
        })
        .collect_view();
    view! {
        <form class="switch" method="post" action=action>
            <fieldset class="switch__group">
                <legend class="switch__legend">{label}</legend>
                <input type="hidden" name="return_to" value=return_to/>
                {buttons}
            </fieldset>
        </form>
    }
}

/// The foot of every page.
#[component]
pub fn PageFooter(
    /// Help, accessibility, privacy, status: the same on every page, help first.
    links: Vec<FootLink>,
    /// A [`LanguageRow`].
    #[prop(optional, into)]
    languages: Part,
    /// A [`ThemeSwitch`].
    #[prop(optional, into)]
    theme: Part,
    /// Who runs the service, which version.
    #[prop(optional, into)]
    imprint: MaybeText,
    /// Until when the person is signed in.
    #[prop(optional, into)]
    signed_in: MaybeText,
) -> impl IntoView {
    view! {
        <footer class="foot">
            {signed_in.get().map(|until| view! { <p class="foot__session">{until}</p> })}
            <nav class="foot__links" aria-label=words().service_links>
                <ul role="list">{links.into_iter().map(|link| view! { <li><a href=link.href>{link.label}</a></li> }).collect_view()}</ul>
            </nav>
            {languages.get()}
            {theme.get()}
            {imprint.get().map(|imprint| view! { <p class="foot__imprint">{imprint}</p> })}
        </footer>
    }
}
