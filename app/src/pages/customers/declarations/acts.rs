//! What can be done with a declaration, by how it stands.

use domain::{
    answers::when::long_date,
    declaration::{Act, State},
};
use leptos::prelude::*;
use services::{
    Refusal,
    declaration::{self, Copy, Whole},
};

use super::{act, at};
use crate::{
    components::*,
    pages::declare::control,
    text::{declarations::Texts, fill},
    web::{Req, typed::Typed},
};

/// What was typed into the forms of the page and could not be taken.
pub(super) struct Forms {
    act: Typed,
    paper: Typed,
    accept: Typed,
    doubt: Typed,
    end: Typed,
    pub(super) order: Typed,
    pub(super) strike: Typed,
    copies: Vec<Copy>,
}

impl Forms {
    /// Looks up what was kept, and the copies among the customer's documents.
    pub(super) async fn open(req: &Req, whole: &Whole) -> Result<Self, Refusal> {
        let (id, template) = (whole.declaration.id, whole.declaration.template);
        let of = async |form: &str| Typed::open(req, &act::name(form, id)).await;
        let on_paper = template.field.iter().map(|field| field.key.as_str());
        let on_paper: Vec<&str> = ["", "document"].into_iter().chain(on_paper).collect();
        Ok(Self {
            act: of("act").await?,
            paper: of("paper").await?.in_order(&on_paper),
            accept: of("accept").await?.in_order(&["", "from", "until", "accept_note"]),
            doubt: of("doubt").await?,
            end: of("end").await?,
            order: of("order").await?.in_order(&["", "item", "day", "quantity", "reference", "report", "reason"]),
            strike: of("strike").await?,
            copies: declaration::copies(req.ctx(), &req.principal, whole.declaration.customer).await?,
        })
    }

    fn all(&self) -> [&Typed; 7] {
        [&self.act, &self.paper, &self.accept, &self.doubt, &self.end, &self.order, &self.strike]
    }

    pub(super) fn is_wrong(&self) -> bool {
        self.all().iter().any(|typed| typed.is_wrong())
    }

    pub(super) fn errors(&self) -> Vec<FieldError> {
        self.all().iter().flat_map(|typed| typed.errors()).collect()
    }
}

/// Where a form goes.
pub(super) fn target(req: &Req, whole: &Whole, act: &str) -> String {
    let one = &whole.declaration;
    at(req, one.customer, &format!("/declarations/{}/{act}", one.id))
}

/// The version that a form builds on.
pub(super) fn version(whole: &Whole) -> Vec<(String, String)> {
    vec![("version".to_owned(), whole.declaration.version.to_string())]
}

fn hidden(whole: &Whole) -> AnyView {
    let version = whole.declaration.version.to_string();
    view! { <input type="hidden" name="version" value=version/> }.into_any()
}

/// The acts that are possible now.
pub(super) fn section(req: &Req, t: &'static Texts, whole: &Whole, forms: &Forms) -> Option<AnyView> {
    if !whole.may_write {
        return None;
    }
    let stored = whole.declaration.stored;
    let parts = [
        stored.allows(Act::Send).then(|| send(req, t, whole)),
        stored.allows(Act::Sign).then(|| paper(req, t, whole, forms)),
        stored.allows(Act::Withdraw).then(|| withdraw(req, t, whole)),
        stored.allows(Act::Accept).then(|| accept(req, t, whole, &forms.accept)),
        stored.allows(Act::Doubt).then(|| doubt(req, t, whole, &forms.doubt)),
        stored.allows(Act::End).then(|| end(req, t, whole, &forms.end)),
    ];
    let parts: Vec<AnyView> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| view! { <div class="stack no-print">{parts}</div> }.into_any())
}

fn send(req: &Req, t: &'static Texts, whole: &Whole) -> AnyView {
    let one = &whole.declaration;
    let again = one.stored != State::Draft;
    let body = if one.email.is_empty() {
        view! { <p>{t.no_email}</p> }.into_any()
    } else {
        let lead = fill(t.send_lead, &[("email", &one.email)]);
        let again_lead = again.then(|| view! { <p>{t.send_again_lead}</p> });
        let (label, kind) = match again {
            true => (t.send_again, ButtonKind::Secondary),
            false => (t.send, ButtonKind::Primary),
        };
        let action = target(req, whole, "send");
        view! { <p><bdi>{lead}</bdi></p>{again_lead}<PostButton action label kind hidden=version(whole)/> }.into_any()
    };
    view! { <section class="stack" aria-labelledby="send"><h2 id="send">{t.send_title}</h2>{body}</section> }.into_any()
}

fn paper(req: &Req, t: &'static Texts, whole: &Whole, forms: &Forms) -> AnyView {
    let (one, typed) = (&whole.declaration, &forms.paper);
    let today = long_date(whole.today);
    let fields = one.template.fields(one.request.licence);
    let fields = fields.map(|field| control(t.day_hint, field, typed, &today)).collect_view();
    let options = forms.copies.iter().map(|copy| SelectOption::new(copy.id.to_string(), copy.name.clone())).collect();
    let (action, add) = (target(req, whole, "paper"), at(req, one.customer, "/documents/new"));
    let body = view! {
        <p>{t.paper_lead}" "<a href=add>{t.paper_add}</a></p>
        <form class="stack" method="post" action=action novalidate=true>
            {hidden(whole)}
            <SelectField name="document" label=t.paper_copy options value=typed.value("document") error=typed.error("document")/>
            {fields}
            <ButtonRow><Button label=t.paper kind=ButtonKind::Secondary/></ButtonRow>
        </form>
    }
    .into_any();
    view! { <Details summary=t.paper_title open=typed.is_wrong()>{body}</Details> }.into_any()
}

fn withdraw(req: &Req, t: &'static Texts, whole: &Whole) -> AnyView {
    let action = target(req, whole, "withdraw");
    let kind = ButtonKind::Secondary;
    let body =
        view! { <p>{t.withdraw_lead}</p><PostButton action label=t.withdraw kind hidden=version(whole)/> }.into_any();
    view! { <Details summary=t.withdraw_title>{body}</Details> }.into_any()
}

fn accept(req: &Req, t: &'static Texts, whole: &Whole, typed: &Typed) -> AnyView {
    let one = &whole.declaration;
    let signed = one.signed.as_ref().map_or(whole.today, |signed| domain::date::Date::of(signed.at));
    let (from, until) = declaration::usual_term(one.template, one.request.period, signed);
    let from = typed.value_or("from", &long_date(from));
    let until = typed.value_or("until", &until.map(long_date).unwrap_or_default());
    let action = target(req, whole, "accept");
    view! {
        <section class="stack" aria-labelledby="check">
            <h2 id="check">{t.check_title}</h2>
            <p>{t.check_lead}</p>
            <form class="stack" method="post" action=action novalidate=true>
                {hidden(whole)}
                <TextField
                    name="from" label=t.from hint=t.day_hint value=from error=typed.error("from") width=Width::Medium
                    autocomplete="off"
                />
                <TextField
                    name="until" label=t.valid_until hint=t.valid_until_hint value=until error=typed.error("until")
                    optional=true width=Width::Medium autocomplete="off"
                />
                <TextField
                    name="accept_note" label=t.accept_note value=typed.value("accept_note")
                    error=typed.error("accept_note") optional=true autocomplete="off"
                />
                <ButtonRow><Button label=t.accept/></ButtonRow>
            </form>
        </section>
    }
    .into_any()
}

fn doubt(req: &Req, t: &'static Texts, whole: &Whole, typed: &Typed) -> AnyView {
    let words = (t.doubt_lead, "doubt_reason", t.doubt_reason, t.doubt);
    reasoned(t.doubt_title, target(req, whole, "doubt"), whole, typed, words)
}

fn end(req: &Req, t: &'static Texts, whole: &Whole, typed: &Typed) -> AnyView {
    let words = (t.end_lead, "end_reason", t.end_reason, t.end);
    reasoned(t.end_title, target(req, whole, "end"), whole, typed, words)
}

/// An act with a reason.
fn reasoned(
    summary: &'static str,
    action: String,
    whole: &Whole,
    typed: &Typed,
    (lead, name, label, act): (&'static str, &'static str, &'static str, &'static str),
) -> AnyView {
    let body = view! {
        <p>{lead}</p>
        <form class="stack" method="post" action=action novalidate=true>
            {hidden(whole)}
            <TextArea name label value=typed.value(name) error=typed.error(name) rows=3/>
            <ButtonRow><Button label=act kind=ButtonKind::Secondary/></ButtonRow>
        </form>
    }
    .into_any();
    view! { <Details summary open=typed.is_wrong()>{body}</Details> }.into_any()
}
