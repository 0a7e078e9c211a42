//! What is due: customers to look at again, decisions that wait for a second person, documents and declarations that end.

use domain::{
    answers::when::long_date,
    customer::{decision::Event, document::standing},
    date::Date,
    risk::Band,
};
use leptos::prelude::*;
use services::{
    customer::{
        decision::{self as decisions, Decision},
        document,
        document::Document,
        review::{self, Review},
    },
    declaration,
};

use super::{
    at,
    decision::{band_status, signed, verdict_status},
    declarations, documents,
};
use crate::{
    components::*,
    pages::licence::confirmed,
    text::{
        customers,
        decision::{Texts, texts},
    },
    web::{Outcome, Page, Req},
};

/// What of it is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    All,
    Reviews,
    Waiting,
    Documents,
}

impl What {
    fn asked(req: &Req) -> Self {
        match req.query.get("what") {
            "reviews" => Self::Reviews,
            "waiting" => Self::Waiting,
            "documents" => Self::Documents,
            _ => Self::All,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Reviews => "reviews",
            Self::Waiting => "waiting",
            Self::Documents => "documents",
        }
    }

    const fn shows(self, part: Self) -> bool {
        matches!(self, Self::All) || self as u8 == part as u8
    }
}

/// The page.
pub(super) async fn page(req: Req) -> Outcome {
    let (t, member) = (texts(req.lang), req.workspace()?.clone());
    let (org, what, band) = (member.org, What::asked(&req), Band::from_code(req.query.get("band")));
    let mut reviews = review::list(req.ctx(), &req.principal, org).await?;
    reviews.retain(|review| band.is_none_or(|band| review.band == Some(band)));
    let decides = domain::access::Action::DecideCustomers.allows(member.role);
    let mut waiting = if decides { decisions::waiting(req.ctx(), &req.principal, org).await? } else { Vec::new() };
    waiting.retain(|made| band.is_none_or(|band| made.band == band));
    let (papers, today) = document::due(req.ctx(), &req.principal, org).await?;
    let declared = declaration::due(req.ctx(), &req.principal, org).await?;
    let ending = services::licence::request::ending(req.ctx(), &req.principal, org).await?;
    Page::new(t.due_page_title, move || {
        let filter = filter(&req, t, what, band);
        let parts = [
            what.shows(What::Reviews).then(|| reviews_part(&req, t, &reviews, today)),
            (decides && what.shows(What::Waiting)).then(|| waiting_part(&req, t, &waiting)),
            // No document has a risk of its own.
            (band.is_none() && what.shows(What::Documents)).then(|| documents_part(&req, &papers, today)),
            (band.is_none() && what.shows(What::Documents)).then(|| declarations::due(&req, &declared)),
            (band.is_none() && what.shows(What::Documents)).then(|| confirmed::ending(&req, &ending)).flatten(),
        ];
        let parts = parts.into_iter().flatten().collect_view();
        let back = customers::texts(req.lang).back_list;
        view! {
            <DeskPage>
                <BackLink href=req.here("/customers") label=back/>
                <PageTitle title=t.due_page_title lead=t.due_page_lead/>
                {filter}
                {parts}
            </DeskPage>
        }
    })
    .into()
}

fn filter(req: &Req, t: &'static Texts, what: What, band: Option<Band>) -> AnyView {
    let parts = [(What::Reviews, t.due_reviews), (What::Waiting, t.due_waiting), (What::Documents, t.due_documents)];
    let parts = parts.into_iter().map(|(what, label)| SelectOption::new(what.code(), label)).collect();
    let bands = Band::ALL.iter().map(|band| SelectOption::new(band.code(), band.label())).collect();
    let (what, band) = (what.code().to_owned(), band.map_or_else(String::new, |band| band.code().to_owned()));
    view! {
        <FilterForm action=req.here("/customers/due")>
            <SelectField name="what" label=t.due_what options=parts value=what blank=t.due_all/>
            <SelectField name="band" label=t.due_band options=bands value=band blank=t.due_any_band/>
        </FilterForm>
    }
    .into_any()
}

/// A part with its table, or why there is none.
fn part(
    id: &'static str,
    title: &'static str,
    none: &'static str,
    columns: Vec<Column>,
    rows: Vec<AnyView>,
) -> AnyView {
    let heading = format!("{id}-title");
    let body = if rows.is_empty() {
        view! { <p class="muted">{none}</p> }.into_any()
    } else {
        let rows = rows.collect_view();
        view! { <DataTable id=id caption=title caption_hidden=true columns>{rows}</DataTable> }.into_any()
    };
    view! {
        // No landmark: the table is one, under the same name.
        <section class="part">
            <h2 id=heading>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn heads(titles: &[&'static str]) -> Vec<Column> {
    titles.iter().map(|title| Column::new(*title)).collect()
}

fn reviews_part(req: &Req, t: &'static Texts, reviews: &[Review], today: Date) -> AnyView {
    let columns = heads(&[t.review_day, t.customer, t.risk, t.decided, t.review_why]);
    let rows = reviews.iter().map(|review| review_row(req, t, review, today)).collect();
    part("reviews", t.reviews_caption, t.reviews_none, columns, rows)
}

fn review_row(req: &Req, t: &'static Texts, review: &Review, today: Date) -> AnyView {
    let href = format!("{}#decision", at(req, review.customer, ""));
    let passed = review.since.is_some() || review.on.is_some_and(|day| day <= today);
    let day = if passed {
        view! { <Status shape=Shape::Triangle word=t.review_now tone=Tone::Warn/> }.into_any()
    } else {
        review.on.map(long_date).unwrap_or_default().into_any()
    };
    let (band, verdict) = (review.band.map(band_status), review.verdict.map(verdict_status));
    let why: Vec<&str> = review.why.iter().map(|event| Event::label(*event)).collect();
    let why = if why.is_empty() { t.review_day_why.to_owned() } else { why.join(". ") };
    let name = review.name.clone();
    view! {
        <tr>
            <th scope="row">{day}</th>
            <td><a href=href><bdi>{name}</bdi></a></td>
            <td>{band}</td>
            <td>{verdict}</td>
            <td>{why}</td>
        </tr>
    }
    .into_any()
}

fn waiting_part(req: &Req, t: &'static Texts, waiting: &[Decision]) -> AnyView {
    let columns = heads(&[t.customer, t.verdict, t.risk, t.who, t.stage]);
    let rows = waiting.iter().map(|made| waiting_row(req, t, made)).collect();
    part("waiting", t.waiting_caption, t.waiting_none, columns, rows)
}

fn waiting_row(req: &Req, t: &'static Texts, made: &Decision) -> AnyView {
    let href = format!("{}#decision", at(req, made.customer, ""));
    let own = req.principal.person.as_ref().is_some_and(|person| person.id == made.by.0);
    let act = if own { t.waiting_own } else { t.waiting_open };
    let (verdict, band, who) = (verdict_status(made.verdict), band_status(made.band), signed(req, t, made));
    let name = made.customer_name.clone();
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{name}</bdi></a></th>
            <td>{verdict}</td>
            <td>{band}</td>
            <td><bdi>{who}</bdi></td>
            <td>{act}</td>
        </tr>
    }
    .into_any()
}

fn documents_part(req: &Req, papers: &[Document], today: Date) -> AnyView {
    let t = customers::texts(req.lang);
    let columns = heads(&[t.due_day, t.state, t.due_customer, t.document]);
    let rows = papers.iter().map(|document| document_row(req, document, today)).collect();
    part("due", t.due_title, t.due_none, columns, rows)
}

fn document_row(req: &Req, document: &Document, today: Date) -> AnyView {
    let t = customers::texts(req.lang);
    let file = at(req, document.customer, "");
    let (href, name) = (format!("{file}/documents/{}", document.id), documents::name(document));
    let day = document.expires.map(long_date).unwrap_or_default();
    let (shape, word, tone) = super::standing(t, standing(document.expires, today), true);
    let customer = document.customer_name.clone();
    view! {
        <tr>
            <th scope="row">{day}</th>
            <td><Status shape word tone/></td>
            <td><a href=file><bdi>{customer}</bdi></a></td>
            <td><a href=href><bdi>{name}</bdi></a></td>
        </tr>
    }
    .into_any()
}
