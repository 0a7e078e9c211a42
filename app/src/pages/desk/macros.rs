//! The authority's macros: their list, adding, changing and removing one. For supervisors. And what a macro does, in words.

use domain::{
    ids::MacroId,
    report::{Decision, Reasons},
};
use leptos::prelude::*;
use services::{
    Refusal,
    desk::{self, Change, Give, Turn},
    label::{self, Label},
    macros::{self, Macro},
};

use super::{managed::Managed, place::Desk};
use crate::{
    components::*,
    text::{
        bulk::{Texts, texts},
        fill,
    },
    web::{
        Outcome, Page, Reply, Req,
        paths::with_query,
        typed::{self, Typed},
    },
};

const NEW: &str = "new macro";

/// What the authority has to choose from.
#[derive(Debug)]
pub struct Offer {
    /// Its labels.
    pub labels: Vec<Label>,
    /// Its reasons.
    pub reasons: Reasons,
}

impl Offer {
    /// Looks it up.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn of(req: &Req, desk: &Desk) -> Result<Self, Refusal> {
        let labels = label::list(req.ctx(), &req.principal, desk.org).await?;
        Ok(Self { labels, reasons: desk::reasons(req.ctx(), &req.principal, desk.org)? })
    }
}

/// What a change does, line by line.
pub fn does(t: &Texts, change: &Change, offer: &Offer) -> Vec<String> {
    let names = |text: &str, ids: &[domain::ids::LabelId]| {
        let names: Vec<&str> =
            offer.labels.iter().filter(|label| ids.contains(&label.id)).map(|label| label.name.as_str()).collect();
        (!names.is_empty()).then(|| fill(text, &[("names", &names.join(", "))]))
    };
    let reason = |text: &str, decision: Decision, code: &str| {
        let reason = offer.reasons.find(decision, code).map_or(code, |reason| reason.label.as_str());
        fill(text, &[("reason", reason)])
    };
    let given = match change.give {
        Some(Give::ToMe) => Some(t.does_me.to_owned()),
        Some(Give::ToNobody) => Some(t.does_nobody.to_owned()),
        Some(Give::To(_)) | None => None,
    };
    let says = (!change.text.is_empty() && change.turn != Some(Turn::Ask)).then(|| t.does_message.to_owned());
    let turn = change.turn.as_ref().map(|turn| match turn {
        Turn::Ask => t.does_ask.to_owned(),
        Turn::Accept(code) => reason(t.does_accept, Decision::Accept, code),
        Turn::Close(code) => reason(t.does_close, Decision::Close, code),
    });
    [given, names(t.does_add, &change.add), names(t.does_remove, &change.remove), says, turn]
        .into_iter()
        .flatten()
        .collect()
}

/// The list, with a form for a new one.
pub async fn page(req: Req) -> Outcome {
    let (desk, t) = (Desk::of(&req)?, texts(req.lang));
    let found = macros::list(req.ctx(), &req.principal, desk.org).await?;
    let offer = Offer::of(&req, &desk).await?;
    let typed = Typed::open(&req, NEW).await?;
    let done = match req.query.get("done") {
        "added" => Some(t.saved_added),
        "changed" => Some(t.saved_changed),
        "removed" => Some(t.saved_removed),
        _ => None,
    };
    let (title, lead, add_title) = (t.macros, t.macros_lead, t.add_title);
    Managed { room: "/macros", title, lead, add_title, add: t.add, done }.page(desk, typed, move |desk, typed| {
        (list(t, desk, &found, &offer), fields(t, typed, "", &Change::default(), &offer))
    })
}

fn list(t: &'static Texts, desk: &Desk, found: &[Macro], offer: &Offer) -> AnyView {
    if found.is_empty() {
        return view! { <EmptyState title=t.macros_none_title><p>{t.macros_none}</p></EmptyState> }.into_any();
    }
    let row = |one: &Macro| {
        let (href, name) = (desk.at(&format!("/macros/{}", one.id)), one.name.clone());
        let does = does(t, &one.change, offer).join(". ");
        view! {
            <tr>
                <th scope="row"><bdi>{name.clone()}</bdi></th>
                <td>{does}</td>
                <td><a href=href>{t.change_act}<span class="unseen">" "{name}</span></a></td>
            </tr>
        }
    };
    let rows = found.iter().map(row).collect_view();
    let columns = vec![Column::new(t.name), Column::new(t.macro_does), Column::unlabelled(t.change_act)];
    view! { <DataTable id="macros" caption=t.macros_caption caption_hidden=true columns>{rows}</DataTable> }.into_any()
}

/// The fields, with what was typed or what stands in the macro.
fn fields(t: &'static Texts, typed: &Typed, name: &str, change: &Change, offer: &Offer) -> AnyView {
    // Boxes that nobody ticked are not sent: the name tells whether anything was.
    let was_typed = typed.value_or("name", "\u{0}") != "\u{0}";
    let give = match change.give {
        Some(Give::ToMe) => "me",
        Some(Give::ToNobody) => "nobody",
        _ => "",
    };
    let given = typed.value_or("give", give);
    let gives = [("", t.give_keep), ("me", t.give_me), ("nobody", t.give_nobody)];
    let gives = gives.map(|(code, label)| Choice::new(code, label).checked(given == code)).into();
    let turn = typed.value_or("turn", &turn_of(change));
    let turns = std::iter::once(SelectOption::new("ask", t.turn_ask));
    let decided = macros::usable(&offer.reasons).map(|reason| {
        let text = if reason.decision == Decision::Accept { t.turn_accept } else { t.turn_close };
        SelectOption::new(macros::turn_code(reason), fill(text, &[("reason", &reason.label)]))
    });
    let turns = turns.chain(decided).collect();
    let boxes = |field: &'static str, legend: &'static str, now: &[domain::ids::LabelId]| {
        let option = |label: &Label| {
            let code = label.id.to_string();
            let ticked = if was_typed { typed.chose(field, &code) } else { now.contains(&label.id) };
            Choice::new(code, label.name.clone()).checked(ticked)
        };
        let options: Vec<Choice> = offer.labels.iter().map(option).collect();
        let error = typed.error(field);
        (!options.is_empty()).then(|| view! { <Choices name=field legend options many=true error/> })
    };
    let (add, remove) = (boxes("add", t.label_add, &change.add), boxes("remove", t.label_remove, &change.remove));
    let (value, text) = (typed.value_or("name", name), typed.value_or("text", &change.text));
    view! {
        <TextField name="name" label=t.name hint=t.name_hint value error=typed.error("name") width=Width::Medium autocomplete="off"/>
        <Choices name="give" legend=t.give options=gives error=typed.error("give")/>
        <SelectField name="turn" label=t.turn options=turns value=turn blank=t.turn_keep/>
        {add}
        {remove}
        <TextArea name="text" label=t.text hint=t.text_hint value=text error=typed.error("text") optional=true rows=5/>
    }
    .into_any()
}

/// How the form names the step of a change.
fn turn_of(change: &Change) -> String {
    match &change.turn {
        None => String::new(),
        Some(Turn::Ask) => "ask".to_owned(),
        Some(Turn::Accept(code)) => format!("{}.{code}", Decision::Accept.code()),
        Some(Turn::Close(code)) => format!("{}.{code}", Decision::Close.code()),
    }
}

fn back(req: &Req, done: &str) -> Outcome {
    Ok(Reply::to(with_query(&req.here("/macros"), "done", done)))
}

/// Adds one.
pub async fn add(req: Req) -> Outcome {
    let org = req.workspace()?.org;
    match macros::add(req.ctx(), &req.principal, org, &typed::answers(&req.form)).await {
        Ok(_) => {
            typed::done(&req).await?;
            back(&req, "added")
        }
        Err(refusal) => typed::again(&req, NEW, &req.here("/macros"), refusal).await,
    }
}

/// The macro of the address, at this desk.
async fn asked(req: &Req) -> Result<Macro, Refusal> {
    let (desk, id) = (Desk::of(req)?, req.parsed::<MacroId>("macro")?);
    macros::find(req.ctx(), &req.principal, desk.org, id).await
}

fn form(one: &Macro) -> String {
    format!("macro {}", one.id)
}

/// One macro, to be changed.
pub async fn one(req: Req) -> Outcome {
    let (one, t) = (asked(&req).await?, texts(req.lang));
    let offer = Offer::of(&req, &Desk::of(&req)?).await?;
    let typed = Typed::open(&req, &form(&one)).await?;
    let wrong = typed.is_wrong();
    let title = fill(t.change_title, &[("name", &one.name)]);
    Page::new(title.clone(), move || {
        let fields = fields(t, &typed, &one.name, &one.change, &offer);
        let remove = format!("{}/remove", req.path);
        view! {
            <ConfirmPage
                title action=req.path.clone() confirm=t.change cancel_href=req.here("/macros") errors=typed.errors()
            >
                {fields}
                <p><a href=remove>{t.remove}</a></p>
            </ConfirmPage>
        }
    })
    .errors(wrong)
    .into()
}

/// Changes it.
pub async fn change(req: Req) -> Outcome {
    let one = asked(&req).await?;
    match macros::change(req.ctx(), &req.principal, one.id, &typed::answers(&req.form)).await {
        Ok(()) => {
            typed::done(&req).await?;
            back(&req, "changed")
        }
        Err(refusal) => typed::again(&req, &form(&one), &req.path, refusal).await,
    }
}

/// Asks before one is removed.
pub async fn ask(req: Req) -> Outcome {
    let (one, t) = (asked(&req).await?, texts(req.lang));
    let title = fill(t.remove_title, &[("name", &one.name)]);
    Page::new(title.clone(), move || {
        view! {
            <ConfirmPage title action=req.path.clone() confirm=t.remove cancel_href=req.here("/macros") danger=true>
                <p>{t.remove_lead}</p>
            </ConfirmPage>
        }
    })
    .into()
}

/// Removes it.
pub async fn remove(req: Req) -> Outcome {
    let one = asked(&req).await?;
    macros::remove(req.ctx(), &req.principal, one.id).await?;
    back(&req, "removed")
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;

    #[test]
    fn what_a_macro_does_is_said_line_by_line() {
        let t = texts(Lang::En);
        let offer = Offer { labels: Vec::new(), reasons: Reasons::embedded().clone() };
        let reason = macros::usable(&offer.reasons).find(|reason| reason.decision == Decision::Close);
        let code = reason.map_or_else(String::new, |reason| reason.code.clone());
        let change = Change {
            give: Some(Give::ToMe),
            text: "Thank you.".into(),
            turn: Some(Turn::Close(code)),
            ..Change::default()
        };
        let lines = does(t, &change, &offer);
        assert_eq!(lines.len(), 3);
        assert!(lines[2].starts_with("Closes: "));
        assert_eq!(does(t, &Change { turn: Some(Turn::Ask), ..change }, &offer).len(), 2, "the text is the question");
        assert!(does(t, &Change::default(), &offer).is_empty());
    }
}
