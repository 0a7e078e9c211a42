//! One's own second factor: setting it up, new recovery codes, removing it. Open also to those who may do nothing else
//! before they have one.

use leptos::prelude::*;
use services::{
    Refusal,
    factor::{self, Own, State},
};

use super::{code::code_field, qr};
use crate::{
    components::*,
    format,
    text::factor::{Texts, texts},
    web::{
        Outcome, Page, Reply, Req, cookie,
        paths::with_query,
        typed::{self, Typed},
    },
};

const ENROL: &str = "second factor";
const CODES: &str = "new recovery codes";
const REMOVE: &str = "remove second factor";
/// From so few on the page asks for new ones.
const FEW: i64 = 3;

fn home(req: &Req) -> String {
    req.to("/me/factor")
}

async fn own(req: &Req) -> Result<Own, Refusal> {
    factor::own(req.ctx(), &req.principal, req.session_token.as_deref().unwrap_or_default()).await
}

/// What there is, or how to set it up.
pub(super) async fn page(req: Req) -> Outcome {
    let own = own(&req).await?;
    let typed = Typed::open(&req, ENROL).await?;
    let (t, wrong) = (texts(req.lang), typed.is_wrong());
    Page::new(t.title, move || match &own.state {
        State::None { secret, address } => setting_up(&req, t, own.is_needed, secret, address, &typed).into_any(),
        State::Held { .. } => held(&req, t, &own).into_any(),
    })
    .errors(wrong)
    .into()
}

fn setting_up(
    req: &Req,
    t: &'static Texts,
    is_needed: bool,
    secret: &str,
    address: &str,
    typed: &Typed,
) -> impl IntoView + use<> {
    let needed = (is_needed && !typed.is_wrong()).then(|| {
        view! { <Banner tone=Tone::Info title=t.needed_title body=view! { {t.needed} }.into_any()/> }
    });
    let removed = (req.query.get("done") == "removed").then(|| view! { <Banner tone=Tone::Ok title=t.removed/> });
    let secret = secret.to_owned();
    let by_hand = view! {
        <Details summary=t.type_in>
            <p>{t.type_secret}</p>
            <p><code class="secret" dir="ltr">{secret}</code></p>
        </Details>
    };
    let picture = qr::picture(address, t.picture);
    let form = view! {
        <form class="stack" method="post" action=home(req) novalidate=true>
            {code_field(t, typed.error("code"), false)}
            <p class="muted">{t.confirm_note}</p>
            <Button label=t.confirm_act/>
        </form>
    };
    let parts = view! {
        <Panel title=t.app_title><p>{t.app}</p></Panel>
        <Panel title=t.scan_title><p>{t.scan}</p>{picture}{by_hand}</Panel>
        <Panel title=t.confirm_title>{form}</Panel>
    };
    view! {
        <FormPage>
            <ErrorSummary errors=typed.errors()/>
            {needed}
            {removed}
            <PageTitle title=t.title lead=t.lead/>
            {parts}
        </FormPage>
    }
}

fn held(req: &Req, t: &'static Texts, own: &Own) -> impl IntoView + use<> {
    let State::Held { since, codes_left } = own.state else { return ().into_any() };
    let zone = req.zone();
    let since = view! { <Moment text=format::moment(since, zone) datetime=format::machine(since)/> }.into_any();
    let facts =
        vec![(t.since.to_owned(), since), (t.codes_left.to_owned(), view! { {codes_left.to_string()} }.into_any())];
    let few = (codes_left <= FEW).then(|| view! { <p>{t.codes_few}</p> });
    let (codes, remove) = (req.to("/me/factor/codes"), req.to("/me/factor/remove"));
    let is_admin = req.principal.memberships.iter().any(|member| member.role.is_admin());
    let end = if own.is_needed {
        let more = is_admin.then_some(t.cannot_remove_admin);
        view! { <p class="muted">{t.cannot_remove}{more.map(|more| format!(" {more}"))}</p> }.into_any()
    } else {
        view! { <p><a href=remove>{t.remove}</a></p> }.into_any()
    };
    view! {
        <FormPage>
            <PageTitle title=t.title lead=t.lead/>
            <Panel title=t.held_title>
                <Facts facts/>
                {few}
                <p><LinkButton href=codes label=t.new_codes kind=ButtonKind::Secondary/></p>
                {end}
            </Panel>
        </FormPage>
    }
    .into_any()
}

/// Sets it up and shows the recovery codes. They are the answer itself and stand nowhere else: opened again, the page
/// says only that there is a second factor.
pub(super) async fn enrol(req: Req) -> Outcome {
    let token = req.session_token.as_deref().unwrap_or_default();
    match factor::enrol(req.ctx(), &req.principal, token, req.form.get("code")).await {
        Ok(made) => {
            typed::done(&req).await?;
            let session = cookie::session(&made.session.token);
            codes_page(&req, texts(req.lang).codes_done, made.codes, req.to("/home"), Some(session))
        }
        // It was set up already: the form was sent twice, or in another tab.
        Err(Refusal::Stale) => Ok(Reply::to(home(&req))),
        Err(refusal) => typed::again(&req, ENROL, &home(&req), refusal).await,
    }
}

fn codes_page(req: &Req, done: &'static str, codes: Vec<String>, next: String, session: Option<String>) -> Outcome {
    let t = texts(req.lang);
    let page = Page::new(t.codes_title, move || {
        let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
        view! {
            <FormPage>
                <Banner tone=Tone::Ok title=done/>
                <PageTitle title=t.codes_title lead=t.codes_lead/>
                <ol class="recovery-codes" dir="ltr">{codes}</ol>
                <p><LinkButton href=next label=t.codes_next/></p>
            </FormPage>
        }
    });
    Ok(session.into_iter().fold(page, Page::cookie).into())
}

/// Asks for a code before new recovery codes are made.
pub(super) async fn codes(req: Req) -> Outcome {
    let t = texts(req.lang);
    asking(req, CODES, [t.new_codes_title, t.new_codes_lead, t.new_codes_act], false).await
}

/// Makes new recovery codes and shows them.
pub(super) async fn new_codes(req: Req) -> Outcome {
    match factor::new_codes(req.ctx(), &req.principal, req.form.get("code")).await {
        Ok(codes) => {
            typed::done(&req).await?;
            codes_page(&req, texts(req.lang).codes_made, codes, home(&req), None)
        }
        Err(Refusal::NotFound) => Ok(Reply::to(home(&req))),
        Err(refusal) => typed::again(&req, CODES, &req.path, refusal).await,
    }
}

/// Asks for a code before the second factor is removed.
pub(super) async fn remove_page(req: Req) -> Outcome {
    if own(&req).await?.is_needed {
        return Ok(Reply::to(home(&req)));
    }
    let t = texts(req.lang);
    asking(req, REMOVE, [t.remove_title, t.remove_lead, t.remove_act], true).await
}

/// Removes it.
pub(super) async fn remove(req: Req) -> Outcome {
    match factor::remove(req.ctx(), &req.principal, req.form.get("code")).await {
        Ok(()) => {
            typed::done(&req).await?;
            Ok(Reply::to(with_query(&home(&req), "done", "removed")))
        }
        Err(Refusal::NotFound | Refusal::NotPossible(_)) => Ok(Reply::to(home(&req))),
        Err(refusal) => typed::again(&req, REMOVE, &req.path, refusal).await,
    }
}

/// A page that asks for a code before it does something.
async fn asking(req: Req, form: &'static str, [title, lead, act]: [&'static str; 3], danger: bool) -> Outcome {
    if let State::None { .. } = own(&req).await?.state {
        return Ok(Reply::to(home(&req)));
    }
    let typed = Typed::open(&req, form).await?;
    let wrong = typed.is_wrong();
    let t = texts(req.lang);
    Page::new(title, move || {
        view! {
            <ConfirmPage
                title action=req.path.clone() confirm=act cancel_href=home(&req) danger errors=typed.errors()
            >
                <p>{lead}</p>
                <TextField
                    name="code" label=t.code_field hint=t.prove_hint code=true autocomplete="one-time-code"
                    width=Width::Medium error=typed.error("code")
                />
            </ConfirmPage>
        }
    })
    .errors(wrong)
    .into()
}
