//! The list of a draft's substances, equipment or further parties: look over, add, take out, put back.

use domain::question::{AskedPage, Group};
use leptos::prelude::*;
use services::draft::DraftView;

use super::{place, question::View};
use crate::{
    components::*,
    text::{fill, report},
    web::Req,
};

/// The list page's body.
pub fn body(req: &Req, t: &'static report::Texts, draft: &DraftView, asked: &AskedPage<'_>, group: &Group) -> View {
    let here = Here { section: asked.section.to_owned(), page: asked.slug.clone() };
    let rows = rows(req, t, draft, group, &here);
    let none = rows.is_empty().then_some(t.no_items);
    let removed = removed(req, t, draft, group, &here);
    let add = draft.set.next_item(group, &draft.answers).and_then(|next| first_page(req, draft, group, next));
    let add_label = group.add.clone();
    let next = draft.set.next_page(asked.section, &asked.slug, &draft.answers, &draft.profile);
    let next = next
        .map_or_else(|| place::tasks(req, draft.id), |page| place::question(req, draft.id, page.section, &page.slug));
    Box::new(move || {
        view! {
            {none.map(|none| view! { <p class="muted">{none}</p> })}
            <ul class="item-list" role="list">{rows}</ul>
            {removed}
            <ButtonRow>
                <LinkButton href=next label=t.go_on/>
                {add.map(|href| view! { <LinkButton href label=add_label kind=ButtonKind::Secondary/> })}
            </ButtonRow>
        }
        .into_any()
    })
}

/// The page to come back to.
struct Here {
    section: String,
    page: String,
}

fn rows(req: &Req, t: &'static report::Texts, draft: &DraftView, group: &Group, here: &Here) -> Vec<AnyView> {
    let items = draft.set.filled_items(group, &draft.answers).into_iter();
    let row = |item: domain::question::Item<'_>| {
        let name = item.name(&draft.answers);
        let name = if name.is_empty() { item.title() } else { format!("{}: {name}", item.title()) };
        let change = first_page(req, draft, group, item.number);
        let action = req.here(&format!("/drafts/{}/items/remove", draft.id));
        let hidden = here.hidden([("group", group.id.clone()), ("number", item.number.to_string())]);
        let (about, also) = (name.clone(), name.clone());
        view! {
            <li class="item-list__row">
                <bdi class="item-list__name">{name}</bdi>
                <span class="item-list__acts">
                    {change.map(|href| view! { <LinkButton href label=t.change kind=ButtonKind::Quiet about=about/> })}
                    <PostButton action label=t.remove kind=ButtonKind::Quiet hidden about=also/>
                </span>
            </li>
        }
        .into_any()
    };
    items.map(row).collect()
}

fn removed(req: &Req, t: &'static report::Texts, draft: &DraftView, group: &Group, here: &Here) -> Vec<AnyView> {
    let of_group = draft.removed.iter().filter(|item| item.group == group.id).take(3);
    let row = |item: &services::draft::Removed| {
        let name =
            if item.name.is_empty() { group.title.replace("{n}", "").trim().to_owned() } else { item.name.clone() };
        let text = fill(t.removed, &[("name", &name), ("who", &item.by)]);
        let action = req.here(&format!("/drafts/{}/items/restore", draft.id));
        let hidden = here.hidden([("removed", item.id.to_string())]);
        view! { <p class="item-list__removed"><bdi>{text}</bdi>" "<PostButton action label=t.put_back kind=ButtonKind::Quiet hidden about=name/></p> }.into_any()
    };
    of_group.map(row).collect()
}

impl Here {
    fn hidden<const N: usize>(&self, more: [(&str, String); N]) -> Vec<(String, String)> {
        let place = [("section", self.section.clone()), ("page", self.page.clone())];
        place.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// Address of the first page that asks about an item.
fn first_page(req: &Req, draft: &DraftView, group: &Group, number: u32) -> Option<String> {
    let section = draft.set.section(&group.section)?;
    let of_group = section.pages.iter().filter(|page| page.group.as_deref() == Some(group.id.as_str()));
    let slugs = of_group.map(|page| format!("{}-{number}", page.id));
    let asked = |slug: &String| draft.set.page(&section.id, slug, &draft.answers, &draft.profile).is_some();
    slugs.into_iter().find(asked).map(|slug| place::question(req, draft.id, &section.id, &slug))
}
