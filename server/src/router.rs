//! The router: the application's route table, the assets, the signs of life, and the layers around them.

use std::any::Any;

use app::routes::{self, Method, Route};
use axum::{
    Router,
    extract::{Request, State},
    middleware,
    response::{IntoResponse as _, Response},
    routing::{MethodRouter, get, post},
};
use http::StatusCode;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{NotForContentType, Predicate as _, SizeAbove},
    },
    csrf::CsrfLayer,
};

use crate::{
    answer::{self, Around},
    assets, guards, well_known,
};

/// Builds the router.
pub fn router(around: Around) -> Router {
    let table = routes::all()
        .into_iter()
        .fold(Router::new(), |router, route| router.route(route.path, method_router(route, around.clone())));
    let (other, wrong) = (around.clone(), around.clone());
    let compressed = SizeAbove::new(512).and(NotForContentType::IMAGES).and(NotForContentType::SSE);
    table
        .route("/assets/{version}/{name}", get(assets::serve).with_state(around.clone()))
        .route("/healthz", get(health).with_state(around.clone()))
        .merge(well_known::routes(around))
        .method_not_allowed_fallback(move |request: Request| answer::wrong_method(wrong.clone(), request))
        .fallback(move |request: Request| answer::fallback(other.clone(), request))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CompressionLayer::new().compress_when(compressed))
        .layer(middleware::from_fn_with_state((), guards::origin_known))
        .layer(CsrfLayer::new().with_rejection_response(|_| guards::forged()))
        .layer(middleware::from_fn(guards::headers))
}

fn method_router(route: Route, around: Around) -> MethodRouter {
    let method = route.method;
    let handler = move |request: Request| answer::route(around.clone(), route.clone(), request);
    match method {
        Method::Get => get(handler),
        Method::Post => post(handler),
    }
}

async fn health(State(around): State<Around>) -> Response {
    match around.app.ctx.db.ping().await {
        Ok(()) => "ok\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// A panic is our fault: the person is told so, the cause goes to the log, the process goes on.
fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(cause = cause.unwrap_or("unknown"), "a handler panicked");
    let text = "Something went wrong on our side. What you saved before is safe. Go back and try again.";
    (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_panic_says_goes_to_the_log_only() {
        for cause in [Box::new("index 7") as Box<dyn Any + Send>, Box::new("index 7".to_owned()), Box::new(7)] {
            let response = panicked(cause);
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            let body = axum::body::to_bytes(response.into_body(), 1024).await.unwrap();
            let text = std::str::from_utf8(&body).unwrap();
            assert!(text.starts_with("Something went wrong on our side.") && !text.contains('7'), "{text}");
        }
    }
}
