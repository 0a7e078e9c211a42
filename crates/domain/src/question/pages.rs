//! Which pages are asked, in which order, and how far the person has come.
//!
//! A page's address is its section and its name, with the item's number behind it: `substances/amount-2`. A name is
//! stable while answers change; places are not, so places are for showing only.

use serde::{Deserialize, Serialize};

use super::{
    Field, Form, Group, Page, Profile, QuestionSet,
    read::read,
    set::{AskedRow, QuickPage},
};
use crate::{
    answers::{Answers, clean_line, item_key},
    condition::{Condition, Truth},
};

/// A page that is asked of this person.
#[derive(Clone, Debug)]
pub struct AskedPage<'s> {
    /// Its set.
    pub set: &'s QuestionSet,
    /// Its section; `quick` for the quick report.
    pub section: &'s str,
    /// Its name in the address.
    pub slug: String,
    /// The heading.
    pub title: &'s str,
    /// One sentence under the heading.
    pub hint: Option<&'s str>,
    /// The item it asks about.
    pub item: Option<Item<'s>>,
    /// The group whose items it lists.
    pub lists: Option<&'s Group>,
    source: Source<'s>,
}

/// An item of a group.
#[derive(Clone, Copy, Debug)]
pub struct Item<'s> {
    /// The group.
    pub group: &'s Group,
    /// Its number in field paths.
    pub number: u32,
    /// Its place in the list, from 1.
    pub place: usize,
}

#[derive(Clone, Copy, Debug)]
enum Source<'s> {
    Page(&'s Page),
    Quick(&'s QuickPage),
}

/// A field as it is asked on a page.
#[derive(Clone, Debug)]
pub struct AskedField<'s> {
    /// Full path of its answer, and name of its inputs.
    pub key: String,
    /// The field.
    pub field: &'s Field,
    /// The question.
    pub label: &'s str,
    /// Whether the form needs it.
    pub required: bool,
}

/// How far a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing of it has been answered or saved.
    NotStarted,
    /// Begun, but something is missing, wrong or not yet looked at.
    InProgress,
    /// Every page has been saved or filled in and nothing is missing or wrong.
    Completed,
}

impl Item<'_> {
    /// The item's title, such as `Substance 2`.
    #[must_use]
    pub fn title(&self) -> String {
        self.group.title.replace("{n}", &self.place.to_string())
    }

    /// The name it has been given; empty if none.
    #[must_use]
    pub fn name(&self, answers: &Answers) -> String {
        answers.plain(&item_key(&self.group.id, self.number, &self.group.name))
    }
}

impl<'s> AskedPage<'s> {
    /// The fields that are asked on it.
    #[must_use]
    pub fn fields(&self, answers: &Answers, profile: &Profile) -> Vec<AskedField<'s>> {
        match self.source {
            Source::Page(page) => {
                let fields = page.fields.iter();
                fields.filter_map(|field| self.own_field(field, answers, profile)).collect()
            }
            Source::Quick(page) => {
                let fields = page.fields.iter();
                fields.filter_map(|path| self.quick_field(page, path, answers, profile)).collect()
            }
        }
    }

    fn own_field(&self, field: &'s Field, answers: &Answers, profile: &Profile) -> Option<AskedField<'s>> {
        let number = self.item.map(|item| item.number);
        let group = self.item.map(|item| item.group.id.as_str());
        let holds = |when: &Condition| holds(when, answers, profile, group.zip(number));
        if field.when.as_ref().is_some_and(|when| !holds(when)) {
            return None;
        }
        let key = key_of(field, group.zip(number));
        let required = field.required || field.required_when.as_ref().is_some_and(holds);
        Some(AskedField { key, field, label: &field.label, required })
    }

    /// A field of the full set on a page of the quick report: asked if its own page is, needed as the quick page says.
    fn quick_field(
        &self,
        quick: &'s QuickPage,
        path: &str,
        answers: &Answers,
        profile: &Profile,
    ) -> Option<AskedField<'s>> {
        let (section, page, field) = self.set.place(path)?;
        let item = item_of(path).filter(|_| page.group.is_some());
        let shown = |when: &Condition| holds(when, answers, profile, item);
        let hidden = [&page.when, &field.when].into_iter().flatten().any(|when| !shown(when));
        if hidden || !self.set.is_asked(&section.id, &page.id, answers, profile) {
            return None;
        }
        let conditional = quick.required_when.iter().filter(|row| row.field == path);
        let required =
            quick.required.iter().any(|key| key == path) || conditional.into_iter().any(|row| shown(&row.when));
        let label = self.set.quick.labels.get(path).unwrap_or(&field.label);
        Some(AskedField { key: path.to_owned(), field, label, required })
    }

    /// The title of the item it asks about, such as `Substance 2`.
    #[must_use]
    pub fn caption(&self) -> Option<String> {
        self.item.map(|item| item.title())
    }

    fn group_id(&self) -> Option<&'s str> {
        self.item.map(|item| item.group.id.as_str())
    }
}

/// Full path of a field's answer; an item's own field begins with a full stop.
fn key_of(field: &Field, item: Option<(&str, u32)>) -> String {
    match (item, field.key.strip_prefix('.')) {
        (Some((group, number)), Some(own)) => item_key(group, number, own),
        _ => field.key.clone(),
    }
}

/// Group and number in `substance.1.name`.
fn item_of(path: &str) -> Option<(&str, u32)> {
    let (group, rest) = path.split_once('.')?;
    let (number, _) = rest.split_once('.')?;
    Some((group, number.parse().ok()?))
}

fn holds(when: &Condition, answers: &Answers, profile: &Profile, item: Option<(&str, u32)>) -> bool {
    match item {
        Some((group, number)) => {
            matches!(when.judge_item(answers, profile, group, number), Truth::Yes(_))
        }
        None => when.holds(answers, profile),
    }
}

impl QuestionSet {
    /// All pages of the full report that are asked, in order. A group that must not be empty shows a first item.
    #[must_use]
    pub fn pages(&self, answers: &Answers, profile: &Profile) -> Vec<AskedPage<'_>> {
        self.sections.iter().flat_map(|s| self.section_pages(&s.id, answers, profile)).collect()
    }

    /// The pages of one section that are asked, in order; of `quick`, the four questions.
    #[must_use]
    pub fn section_pages(&self, section: &str, answers: &Answers, profile: &Profile) -> Vec<AskedPage<'_>> {
        if section == QUICK {
            return self.quick.pages.iter().map(|page| self.quick_page(page)).collect();
        }
        let Some(section) = self.section(section) else { return Vec::new() };
        // Pages of one group stand together and are asked item by item.
        let mut asked = Vec::new();
        for run in section.pages.chunk_by(|a, b| a.group.is_some() && a.group == b.group) {
            match run[0].group.as_deref().and_then(|id| self.group(id)) {
                None => asked.extend(run.iter().map(|page| self.asked_page(&section.id, page, None))),
                Some(group) => asked.extend(
                    self.items(group, answers)
                        .into_iter()
                        .flat_map(|item| run.iter().map(move |page| self.asked_page(&section.id, page, Some(item)))),
                ),
            }
        }
        asked.retain(|page| self.page_is_asked(page, answers, profile));
        asked
    }

    /// The pages of a form.
    #[must_use]
    pub fn form_pages(&self, form: Form, answers: &Answers, profile: &Profile) -> Vec<AskedPage<'_>> {
        match form {
            Form::Full => self.pages(answers, profile),
            Form::Quick => self.section_pages(QUICK, answers, profile),
        }
    }

    /// The page with this address, if it is asked. A page for the next item of a group is there before the item is.
    #[must_use]
    pub fn page(&self, section: &str, slug: &str, answers: &Answers, profile: &Profile) -> Option<AskedPage<'_>> {
        let asked = self.section_pages(section, answers, profile);
        if let Some(page) = asked.into_iter().find(|page| page.slug == slug) {
            return Some(page);
        }
        let (page, group, number) = self.item_page(section, slug)?;
        let next = self.next_item(group, answers).filter(|next| *next == number)?;
        let place = self.items_in_use(group, answers).len() + 1;
        let section = &self.section(section)?.id;
        let page = self.asked_page(section, page, Some(Item { group, number: next, place }));
        self.page_is_asked(&page, answers, profile).then_some(page)
    }

    /// Every field that a page with this address may ask, whatever the answers: what was typed on a page that another tab
    /// has made superfluous is kept all the same. `None` if the set has no such page, or the item no such number.
    #[must_use]
    pub fn keys_of_page(&self, section: &str, slug: &str) -> Option<Vec<String>> {
        if section == QUICK {
            return self.quick.pages.iter().find(|page| page.id == slug).map(|page| page.fields.clone());
        }
        let keys = |page: &Page, item| page.fields.iter().map(|field| key_of(field, item)).collect();
        if let Some((page, group, number)) = self.item_page(section, slug) {
            return Some(keys(page, Some((group.id.as_str(), number))));
        }
        let page = self.section(section)?.pages.iter().find(|page| page.id == slug && page.group.is_none())?;
        Some(keys(page, None))
    }

    /// The page, the group and the number in the address of a page about an item, asked or not.
    fn item_page(&self, section: &str, slug: &str) -> Option<(&Page, &Group, u32)> {
        let (id, number) = slug.rsplit_once('-')?;
        let page = self.section(section)?.pages.iter().find(|page| page.id == id)?;
        let group = self.group(page.group.as_deref()?)?;
        let known: u32 = number.parse().ok()?;
        // A number is written without sign or leading zero.
        let is_one = (group.first..=Answers::MAX_NUMBER).contains(&known) && known.to_string() == number;
        is_one.then_some((page, group, known))
    }

    /// The page that comes after saving this one; `None` at the end of the section.
    ///
    /// A finished item leads to the list of its group, and so does the way into a group that has items already.
    #[must_use]
    pub fn next_page(&self, section: &str, slug: &str, answers: &Answers, profile: &Profile) -> Option<AskedPage<'_>> {
        let asked = self.section_pages(section, answers, profile);
        let Some(at) = asked.iter().position(|page| page.slug == slug) else {
            // An item that was left blank is gone again: back to the list of its group.
            let (_, group, _) = self.item_page(section, slug)?;
            return asked.into_iter().find(|page| page.lists.is_some_and(|lists| lists.id == group.id));
        };
        let same_item = |page: &AskedPage| {
            page.group_id() == asked[at].group_id()
                && page.item.map(|item| item.number) == asked[at].item.map(|item| item.number)
        };
        let enters = |page: &AskedPage| match page.item {
            None => true,
            Some(item) => same_item(page) || self.items_in_use(item.group, answers).is_empty(),
        };
        let found = asked[at + 1..].iter().position(enters)?;
        asked.into_iter().nth(at + 1 + found)
    }

    /// The page before this one; `None` at the beginning of the section.
    #[must_use]
    pub fn previous_page(
        &self,
        section: &str,
        slug: &str,
        answers: &Answers,
        profile: &Profile,
    ) -> Option<AskedPage<'_>> {
        let mut asked = self.section_pages(section, answers, profile);
        let at = asked.iter().position(|page| page.slug == slug)?;
        (at > 0).then(|| asked.swap_remove(at - 1))
    }

    /// The number a further item of the group gets; `None` when there are as many as can be.
    #[must_use]
    pub fn next_item(&self, group: &Group, answers: &Answers) -> Option<u32> {
        answers.next_item(&group.id).map(|next| next.max(group.first))
    }

    /// The items of the group that have been filled in, in the order of their numbers.
    #[must_use]
    pub fn filled_items<'s>(&'s self, group: &'s Group, answers: &Answers) -> Vec<Item<'s>> {
        let numbers = self.items_in_use(group, answers).into_iter();
        numbers.zip(1..).map(|(number, place)| Item { group, number, place }).collect()
    }

    /// How far a section is.
    #[must_use]
    pub fn status(&self, section: &str, answers: &Answers, profile: &Profile) -> Status {
        let pages = self.section_pages(section, answers, profile);
        let fields: Vec<Vec<AskedField>> = pages.iter().map(|page| page.fields(answers, profile)).collect();
        let seen = |field: &AskedField| answers.seen(&field.key);
        let filled = |field: &AskedField| answers.filled(&field.key);
        let page_done = |page: &Vec<AskedField>| page.is_empty() || page.iter().any(filled) || page.iter().all(seen);
        if !fields.iter().flatten().any(seen) {
            return Status::NotStarted;
        }
        let sound = |field: &AskedField| {
            let read = read(self, field.field, answers.many(&field.key), profile);
            read.is_ok_and(|value| value.is_some() || !field.required)
        };
        if fields.iter().all(page_done) && fields.iter().flatten().all(sound) {
            Status::Completed
        } else {
            Status::InProgress
        }
    }

    fn items_in_use(&self, group: &Group, answers: &Answers) -> Vec<u32> {
        answers.items(&group.id).into_iter().filter(|n| *n >= group.first).collect()
    }

    fn items<'s>(&'s self, group: &'s Group, answers: &Answers) -> Vec<Item<'s>> {
        let filled = self.filled_items(group, answers);
        if filled.is_empty() && !group.optional {
            return vec![Item { group, number: group.first, place: 1 }];
        }
        filled
    }

    fn asked_page<'s>(&'s self, section: &'s str, page: &'s Page, item: Option<Item<'s>>) -> AskedPage<'s> {
        AskedPage {
            set: self,
            section,
            slug: match item {
                Some(item) => format!("{}-{}", page.id, item.number),
                None => page.id.clone(),
            },
            title: &page.title,
            hint: page.hint.as_deref(),
            item,
            lists: page.lists.as_deref().and_then(|id| self.group(id)),
            source: Source::Page(page),
        }
    }

    fn quick_page<'s>(&'s self, page: &'s QuickPage) -> AskedPage<'s> {
        AskedPage {
            set: self,
            section: QUICK,
            slug: page.id.clone(),
            title: &page.title,
            hint: page.hint.as_deref(),
            item: None,
            lists: None,
            source: Source::Quick(page),
        }
    }

    fn page_is_asked(&self, page: &AskedPage, answers: &Answers, profile: &Profile) -> bool {
        let Source::Page(own) = page.source else { return true };
        let item = page.item.map(|item| (item.group.id.as_str(), item.number));
        let hidden = own.when.as_ref().is_some_and(|when| !holds(when, answers, profile, item));
        !hidden && self.is_asked(page.section, &own.id, answers, profile)
    }

    /// Kind × role: whether a row of `asked.toml` wants the page, or none speaks of it.
    pub(super) fn is_asked(&self, section: &str, page: &str, answers: &Answers, profile: &Profile) -> bool {
        let address = format!("{section}/{page}");
        let mut rows = self.asked.iter().filter(|row| row.pages.contains(&address)).peekable();
        rows.peek().is_none() || rows.any(|row| row.fits(&clean_line(answers.one("kind")), profile))
    }
}

impl AskedRow {
    fn fits(&self, kind: &str, profile: &Profile) -> bool {
        let roles = &self.roles;
        (self.kinds.is_empty() || self.kinds.iter().any(|own| own == kind))
            && (roles.is_empty() || profile.roles.iter().any(|role| roles.iter().any(|own| own == role.code())))
    }
}

/// The section of the quick report.
pub(super) const QUICK: &str = "quick";
