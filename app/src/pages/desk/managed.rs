//! What supervisors keep for their desk, such as labels and macros: a page with the list and a form for a new one.

use leptos::prelude::*;

use super::{keys, place::Desk};
use crate::{
    components::*,
    web::{Outcome, Page, typed::Typed},
};

/// What the page says and where its form goes.
pub struct Managed {
    /// Its room: `/labels`.
    pub room: &'static str,
    /// Title.
    pub title: &'static str,
    /// What it is for.
    pub lead: &'static str,
    /// Title of the form.
    pub add_title: &'static str,
    /// Its button.
    pub add: &'static str,
    /// What was just done.
    pub done: Option<&'static str>,
}

impl Managed {
    /// The page. `parts` makes the list, and the fields with what was typed.
    pub fn page(
        self,
        desk: Desk,
        typed: Typed,
        parts: impl FnOnce(&Desk, &Typed) -> (AnyView, AnyView) + Send + 'static,
    ) -> Outcome {
        let wrong = typed.is_wrong();
        Page::new(self.title, move || {
            let crumbs = keys::crumbs(&desk, Some(desk.at("/queue")));
            let done = self.done.filter(|_| !wrong).map(|title| view! { <Banner tone=Tone::Ok title/> });
            let (list, fields) = parts(&desk, &typed);
            view! {
                <FormPage>
                    {crumbs}
                    {done}
                    <ErrorSummary errors=typed.errors()/>
                    <PageTitle title=self.title lead=self.lead/>
                    {list}
                    <section aria-labelledby="add">
                        <h2 id="add">{self.add_title}</h2>
                        <form class="stack" method="post" action=desk.at(self.room) novalidate=true>
                            {fields}
                            <ButtonRow><Button label=self.add/></ButtonRow>
                        </form>
                    </section>
                </FormPage>
            }
        })
        .errors(wrong)
        .into()
    }
}
